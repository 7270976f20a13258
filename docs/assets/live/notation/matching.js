/**
 * What was expected against what came: the same rules as `live_docs/notation/matching.py`, which explains them.
 * Both are held to live_docs/tests/matching_cases.json.
 */

import { CAPTURE, CAPTURED } from "./captures.js";

export const ANYTHING = "\u0000...";
const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|[[\]{}:,]|[^\s"[\]{}:,]+/gs;

const WILD = new RegExp(`\\.\\.\\.|${CAPTURE.source}`, "g");

/** @typedef {Map<string, string>} Captures */

/**
 * What was captured from the text that came, or null if it is not the text that was expected.
 * @param {string} expected
 * @param {string} got
 * @returns {Captures | null}
 */
export function match(expected, got) {
  /** @type {Captures} */
  const captures = new Map();
  return matches(expected, got, captures) ? captures : null;
}

/**
 * @param {string} expected
 * @param {string} got
 * @param {Captures} captures
 */
function matches(expected, got, captures) {
  if (/^[{[]/.test(expected)) {
    const pattern = readJson(spellOut(expected));
    if (pattern !== undefined) {
      const value = readJson(got);
      return value !== undefined && matchesValue(pattern, value, captures);
    }
  }
  return matchesText(expected, got, captures);
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
 * Characters against characters, `...` for any run of them; what is captured twice must be the same twice.
 * @param {string} expected
 * @param {string} got
 * @param {Captures} captures
 */
function matchesText(expected, got, captures) {
  let pattern = "";
  let at = 0;
  const seen = new Set();
  for (const wild of expected.matchAll(WILD)) {
    const name = wild[1];
    pattern += escapeRegExp(expected.slice(at, wild.index));
    if (name === undefined) pattern += ".*";
    else pattern += seen.has(name) ? `\\k<${name}>` : `(?<${name}>${CAPTURED})`;
    seen.add(name);
    at = wild.index + wild[0].length;
  }
  const found = new RegExp(`^${pattern + escapeRegExp(expected.slice(at))}$`, "s").exec(got);
  for (const [name, text] of Object.entries(found?.groups ?? {})) {
    if ((captures.get(name) ?? text) !== text) return false;
    captures.set(name, text);
  }
  return found !== null;
}

/** @param {string} text */
function escapeRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * The JSON with each bare `...` turned into something that JSON can say.
 * @param {string} expected
 */
export function spellOut(expected) {
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
 * @param {Captures} captures
 * @returns {boolean}
 */
function matchesValue(pattern, value, captures) {
  if (pattern === ANYTHING) return true;
  if (typeof pattern === "string") return typeof value === "string" && matchesText(pattern, value, captures);
  if (Array.isArray(pattern)) return Array.isArray(value) && matchesList(pattern, value, captures);
  if (isObject(pattern)) return isObject(value) && matchesObject(pattern, value, captures);
  return pattern === value;
}

/**
 * @param {unknown[]} pattern
 * @param {unknown[]} value
 * @param {Captures} captures
 */
function matchesList(pattern, value, captures) {
  const openEnded = pattern.at(-1) === ANYTHING;
  const wanted = openEnded ? pattern.slice(0, -1) : pattern;
  const fits = openEnded ? value.length >= wanted.length : value.length === wanted.length;
  return fits && wanted.every((item, at) => matchesValue(item, value[at], captures));
}

/**
 * @param {Record<string, unknown>} pattern
 * @param {Record<string, unknown>} value
 * @param {Captures} captures
 */
function matchesObject(pattern, value, captures) {
  const wanted = Object.keys(pattern).filter((key) => key !== ANYTHING);
  const fits = ANYTHING in pattern || Object.keys(value).length === wanted.length;
  return fits && wanted.every((key) => Object.hasOwn(value, key) && matchesValue(pattern[key], value[key], captures));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
