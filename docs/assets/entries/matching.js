/**
 * Which entries a paste is about, best first, and why. live_docs/entries/matching.py does the same, and says how:
 * live_docs/tests/entry_cases.json holds both to it. The entries come with their patterns, in entries.json beside this.
 *
 * @typedef {{text: string, source: string, weight: number, opens: boolean, ends: boolean}} Text
 * @typedef {object} Entry
 * @property {string} name
 * @property {string} title
 * @property {string} url From the site's folder.
 * @property {string} why
 * @property {string} mend
 * @property {boolean} general
 * @property {Text[]} texts
 * @property {Record<string, number>} terms What each word says of it.
 *
 * @typedef {object} Found
 * @property {number} entry Its place in the list.
 * @property {"text" | "nearly" | "words" | "guess"} how `guess`: it has some of what was described.
 * @property {number} line Counted from 1.
 * @property {string} came
 * @property {string} text
 * @property {number} score
 * @property {boolean} [whole] Of a text: it is all that the line says.
 */

import { described } from "./described.js";
import { nearly } from "./nearly.js";
import { LABEL, LAST_WORD, pasteOf } from "./paste.js";

/** @import {Paste} from "./paste.js" */

export { isCut } from "./paste.js";

const INNER = /[A-Za-z0-9_]/;
const RAISED = /^[A-Za-z_][A-Za-z0-9_.]*(?::\s|$)/;

const WHOLE = 0.9;
const WRAPPED = 0.9;
const MOST_FOUND = 8;

/** @type {Map<string, RegExp>} */
const patterns = new Map();

/** @type {Promise<Entry[]> | undefined} */
let loading;

/** The site's entries: loaded once; again, if that failed. */
export function loadEntries() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Entry[]>} */
async function load() {
  const response = await fetch(new URL("entries.json", import.meta.url));
  if (!response.ok) throw new Error(`the list of messages was answered with ${response.status}`);
  return response.json();
}

/**
 * The entries that are meant.
 * @param {Entry[]} entries
 * @param {string} pasted
 * @returns {Found[]}
 */
export function find(entries, pasted) {
  const paste = pasteOf(pasted);
  if (!paste.clean.trim()) return [];
  const found = entries.flatMap((entry, at) => byText(at, entry, paste) ?? []);
  const isAll = paste.lines.filter((line) => line.trim()).length === 1 && found.some(({ whole }) => whole);
  if (found.every(({ entry }) => entries[entry].general) && !isAll) {
    const taken = new Set(found.map(({ entry }) => entry));
    const almost = nearly(entries, paste);
    const more = almost.length > 0 ? almost : byDescription(entries, paste);
    found.push(...more.filter(({ entry }) => !taken.has(entry)));
  }
  found.sort(
    (a, b) => Number(saysLittle(entries, a)) - Number(saysLittle(entries, b)) || rank(b) - rank(a) || a.entry - b.entry,
  );
  return found.slice(0, MOST_FOUND);
}

/**
 * What a traceback ends with, if those found by a text are about what led there only. Empty if one is about the last
 * line, if none has a text, or if there is no traceback.
 * @param {string} pasted
 * @param {Found[]} found
 */
export function unknown(pasted, found) {
  const { lines, factors } = pasteOf(pasted);
  const last = factors.findIndex((factor) => factor >= LAST_WORD);
  const about = found.filter(({ how }) => how === "text" || how === "nearly");
  if (last < 0 || about.length === 0 || about.some(({ line }) => line > last)) return "";
  const said = lines[last].replace(LABEL, "").trim();
  return RAISED.test(said) ? said : "";
}

/**
 * Whether it is only that a text of many causes is there: what a description has in common with the entry says more.
 * @param {Entry[]} entries
 * @param {Found} one
 */
function saysLittle(entries, { entry, how }) {
  return entries[entry].general && (how === "text" || how === "nearly");
}

/** @param {Found} one */
function rank({ score }) {
  return Math.round(score * 1000);
}

/**
 * The best of an entry's texts that are in the paste.
 * @param {number} at
 * @param {Entry} entry
 * @param {Paste} paste
 */
function byText(at, entry, paste) {
  /** @type {Found | undefined} */
  let best;
  for (const text of entry.texts) {
    for (const [start, end, factor] of placesOf(text, paste)) {
      const line = paste.clean.slice(0, end).split("\n").length - 1;
      const score = text.weight * factor * paste.factors[line];
      if (best && score <= best.score) continue;
      const came = paste.lines[line].trim();
      const whole = end - start + 1 >= WHOLE * came.length;
      best = { entry: at, how: "text", line: line + 1, came, text: text.text, score, whole };
    }
  }
  return best;
}

/**
 * Where a text begins and ends in the paste: in its lines, else in what they are when run together. Each beginning is looked at, also
 * within what began before: `ConnectionError: Error 111` has two.
 * @param {Text} text
 * @param {Paste} paste
 * @returns {number[][]}
 */
function placesOf(text, { clean, forms }) {
  for (const [number, form] of forms.entries()) {
    const found = everywhere(text.source, form.text)
      .map(([from, length]) => [form.at[from], form.at[from + length - 1]])
      .filter(([start, end]) => standsAlone(text, clean, start, end));
    if (found.length > 0) return found.map(([start, end]) => [start, end, number === 0 ? 1 : WRAPPED]);
  }
  return [];
}

/**
 * Where a pattern begins, and how long it is, each time. It is compiled once: there are some thousands, and who types asks often.
 * @param {string} source
 * @param {string} text
 */
function everywhere(source, text) {
  const pattern = patterns.get(source) ?? new RegExp(`(?=(${source}))`, "g");
  patterns.set(source, pattern);
  const places = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    places.push([match.index, match[1].length]);
    pattern.lastIndex = match.index + 1;
  }
  return places;
}

/**
 * It begins and ends with a word, and not within one.
 * @param {Text} text
 * @param {string} clean
 * @param {number} start
 * @param {number} end
 */
function standsAlone({ opens, ends }, clean, start, end) {
  if (!opens && start > 0 && INNER.test(clean[start]) && INNER.test(clean[start - 1])) return false;
  return ends || end + 1 === clean.length || !(INNER.test(clean[end]) && INNER.test(clean[end + 1]));
}

/**
 * @param {Entry[]} entries
 * @param {Paste} paste
 * @returns {Found[]}
 */
function byDescription(entries, { lines }) {
  const said = lines.map((line) => line.trim()).filter(Boolean);
  return described(entries, said).map(({ entry, surely, score }) => {
    return { entry, how: surely ? "words" : "guess", line: 1, came: said[0], text: "", score };
  });
}
