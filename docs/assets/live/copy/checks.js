/**
 * What was expected of a text, as checks that any language can write down. The rules are those of ../matching.js.
 * A `${name}` that is not known yet is learnt; one that is known is what was learnt.
 */

import { CAPTURE } from "../notation/captures.js";
import { ANYTHING, spellOut } from "../notation/matching.js";

/**
 * @typedef {{text: string} | {any: true} | {learn: string} | {known: string}} Part Of a text that may have gaps.
 * @typedef {(string | number)[]} At Where in the JSON that came; [] is all of it.
 *
 * @typedef {{at: At} & (
 *   | {is: "equal", value: unknown}
 *   | {is: "keys", keys: string[]}
 *   | {is: "key", key: string}
 *   | {is: "length", length: number, more: boolean}
 *   | {is: "start" | "end" | "within", text: string}
 *   | {is: "pattern", parts: Part[]}
 *   | {is: "learnt", name: string}
 * )} Check In a value that is equal, a string may hold names that are known.
 */

const GAP = new RegExp(`\\.\\.\\.|${CAPTURE.source}`, "g");

/**
 * @param {string} expected
 * @param {Set<string>} known Grows by what is learnt.
 * @returns {{isJson: boolean, checks: Check[]}}
 */
export function checksOf(expected, known) {
  const value = /^[{[]/.test(expected) ? readJson(spellOut(expected)) : undefined;
  const isJson = value !== undefined;
  const checks = Array.from(isJson ? ofValue(value, [], known) : ofText(expected, [], known));
  return { isJson, checks };
}

/**
 * @param {unknown} value
 * @param {At} at
 * @param {Set<string>} known
 * @returns {Generator<Check>}
 */
function* ofValue(value, at, known) {
  if (value === ANYTHING) return;
  if (!hasGaps(value, known)) yield { is: "equal", at, value };
  else if (typeof value === "string") yield* ofText(value, at, known);
  else if (Array.isArray(value)) yield* ofList(value, at, known);
  else yield* ofObject(/** @type {Record<string, unknown>} */ (value), at, known);
}

/**
 * @param {unknown[]} list
 * @param {At} at
 * @param {Set<string>} known
 * @returns {Generator<Check>}
 */
function* ofList(list, at, known) {
  const more = list.at(-1) === ANYTHING;
  const items = more ? list.slice(0, -1) : list;
  if (items.length || !more) yield { is: "length", at, length: items.length, more };
  for (const [index, item] of items.entries()) yield* ofValue(item, [...at, index], known);
}

/**
 * @param {Record<string, unknown>} object
 * @param {At} at
 * @param {Set<string>} known
 * @returns {Generator<Check>}
 */
function* ofObject(object, at, known) {
  const keys = Object.keys(object).filter((key) => key !== ANYTHING);
  const more = ANYTHING in object;
  if (!more) yield { is: "keys", at, keys };
  for (const key of keys) {
    if (more && object[key] === ANYTHING) yield { is: "key", at, key };
    yield* ofValue(object[key], [...at, key], known);
  }
}

/**
 * @param {string} text
 * @param {At} at
 * @param {Set<string>} known
 * @returns {Generator<Check>}
 */
function* ofText(text, at, known) {
  if (text === "...") return;
  const parts = partsOf(text, known);
  const shape = parts.map((part) => Object.keys(part)[0]).join(" ");
  const words = parts.flatMap((part) => ("text" in part ? [part.text] : []))[0] ?? "";
  if (!hasGaps(text, known)) yield { is: "equal", at, value: text };
  else if (shape === "text any") yield { is: "start", at, text: words };
  else if (shape === "any text") yield { is: "end", at, text: words };
  else if (shape === "any text any") yield { is: "within", at, text: words };
  else if (parts.length === 1 && "learn" in /** @type {Part} */ (parts[0]))
    yield { is: "learnt", at, name: /** @type {{learn: string}} */ (parts[0]).learn };
  else yield { is: "pattern", at, parts };
  for (const part of parts) if ("learn" in part) known.add(part.learn);
}

/**
 * @param {string} text
 * @param {Set<string>} known
 * @returns {Part[]}
 */
export function partsOf(text, known) {
  /** @type {Part[]} */
  const parts = [];
  let at = 0;
  for (const gap of text.matchAll(GAP)) {
    if (gap.index > at) parts.push({ text: text.slice(at, gap.index) });
    const name = gap[1];
    if (name === undefined) parts.push({ any: true });
    else parts.push(known.has(name) ? { known: name } : { learn: name });
    at = gap.index + gap[0].length;
  }
  if (at < text.length || text === "") parts.push({ text: text.slice(at) });
  return parts;
}

/**
 * Text with names in it, where nothing else is a gap: `...` stands for itself in what a client says.
 * @param {string} text
 * @returns {({text: string} | {known: string})[]}
 */
export function wordsOf(text) {
  const parts = text.split(CAPTURE); // text and names by turns
  return parts
    .map((part, at) => (at % 2 ? { known: part } : { text: part }))
    .filter((part) => !("text" in part && part.text === ""));
}

/**
 * Whether anything in a value is left open, so that it cannot be compared as a whole.
 * @param {unknown} value
 * @param {Set<string>} known
 * @returns {boolean}
 */
function hasGaps(value, known) {
  if (typeof value === "string")
    return value === ANYTHING || partsOf(value, known).some((part) => "any" in part || "learn" in part);
  if (typeof value !== "object" || value === null) return false;
  return ANYTHING in value || Object.values(value).some((item) => hasGaps(item, known));
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
