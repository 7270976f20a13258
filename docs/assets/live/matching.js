/**
 * What was expected against what came: the same rules as `live_docs/matching.py`, which explains them.
 * Both are held to live_docs/tests/matching_cases.json.
 */

const ANYTHING = "\u0000...";
const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|[[\]{}:,]|[^\s"[\]{}:,]+/gs;

/**
 * Whether the text that came is the text that was expected.
 * @param {string} expected
 * @param {string} got
 * @returns {boolean}
 */
export function matches(expected, got) {
  if (/^[{[]/.test(expected)) {
    const pattern = readJson(spellOut(expected));
    if (pattern !== undefined) {
      const value = readJson(got);
      return value !== undefined && matchesValue(pattern, value);
    }
  }
  return matchesText(expected, got);
}

/**
 * @param {string} text
 * @returns {unknown} undefined if the text is not JSON
 */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} expected
 * @param {string} got
 */
function matchesText(expected, got) {
  const parts = expected.split("...").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(got);
}

/**
 * The JSON with each bare `...` turned into something that JSON can say.
 * @param {string} expected
 */
function spellOut(expected) {
  let out = "";
  let previous = "";
  /** @type {string[]} */
  const inside = [];
  for (const [token] of expected.matchAll(TOKEN)) {
    if (token === "{" || token === "[") inside.push(token);
    else if (token === "}" || token === "]") inside.pop();
    if (token === "...") {
      const isMember = inside.at(-1) === "{" && (previous === "{" || previous === ",");
      out += JSON.stringify(ANYTHING) + (isMember ? ":null" : "");
    } else {
      out += token;
    }
    previous = token;
  }
  return out;
}

/**
 * @param {unknown} pattern
 * @param {unknown} value
 * @returns {boolean}
 */
function matchesValue(pattern, value) {
  if (pattern === ANYTHING) return true;
  if (typeof pattern === "string") return typeof value === "string" && matchesText(pattern, value);
  if (Array.isArray(pattern)) return Array.isArray(value) && matchesList(pattern, value);
  if (isObject(pattern)) return isObject(value) && matchesObject(pattern, value);
  return pattern === value;
}

/**
 * @param {unknown[]} pattern
 * @param {unknown[]} value
 */
function matchesList(pattern, value) {
  const openEnded = pattern.at(-1) === ANYTHING;
  const wanted = openEnded ? pattern.slice(0, -1) : pattern;
  const fits = openEnded ? value.length >= wanted.length : value.length === wanted.length;
  return fits && wanted.every((item, at) => matchesValue(item, value[at]));
}

/**
 * @param {Record<string, unknown>} pattern
 * @param {Record<string, unknown>} value
 */
function matchesObject(pattern, value) {
  const wanted = Object.keys(pattern).filter((key) => key !== ANYTHING);
  const fits = ANYTHING in pattern || Object.keys(value).length === wanted.length;
  return fits && wanted.every((key) => Object.hasOwn(value, key) && matchesValue(pattern[key], value[key]));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
