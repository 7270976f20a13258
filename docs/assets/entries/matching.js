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
 *
 * @typedef {{clean: string, lines: string[], factors: number[], forms: Form[]}} Paste
 */

import { described } from "./described.js";
import { cleaned, formOf, lowered, PLACEHOLDER } from "./normal.js";
import { rareness } from "./terms.js";

/** @import {Form} from "./normal.js" */

const WORD = /[a-z0-9_]{2,}/g;
const INNER = /[A-Za-z0-9_]/;
const LABEL = /^[\p{L}\p{N}_.-]+ *\| ?/u;

const WHOLE = 0.9;
const LAST_WORD = 2;
const EARLIER_WORD = 1.5;
const FRAME = 0.5;
const WRAPPED = 0.9;
const LATER = 0.1;
const NEARLY = 0.7;
const ENOUGH_WORDS = 5;
const LEAST_WORDS = 3;
const LONGER = 2;
const MOST_LINES = 400;
const MOST_FOUND = 8;

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
 * @param {string} pasted
 * @returns {Paste}
 */
function pasteOf(pasted) {
  const clean = cleaned(pasted);
  const lines = clean.split("\n");
  return { clean, lines, factors: factorsOf(lines), forms: [formOf(clean, true), formOf(clean, false)] };
}

/**
 * How much each line counts.
 * @param {string[]} lines
 */
function factorsOf(lines) {
  const counts = lines.map(() => 1);
  let last = -1;
  let within = false;
  for (const [at, labelled] of lines.entries()) {
    const line = labelled.replace(LABEL, "");
    if (line.includes("Traceback (most recent call last)")) {
      within = true;
    } else if (within && line.trim()) {
      within = " \t|+".includes(line[0]);
      counts[at] = within ? FRAME : EARLIER_WORD;
      if (!within) last = at;
    }
  }
  if (last >= 0) counts[last] = LAST_WORD;
  return counts.map((count, at) => count * (1 + (LATER * at) / lines.length));
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
    const found = Array.from(form.text.matchAll(new RegExp(`(?=(${text.source}))`, "g")), (match) => [
      form.at[match.index],
      form.at[match.index + match[1].length - 1],
    ]).filter(([start, end]) => standsAlone(text, clean, start, end));
    if (found.length > 0) return found.map(([start, end]) => [start, end, number === 0 ? 1 : WRAPPED]);
  }
  return [];
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

/** @param {string} text */
function wordsOf(text) {
  return new Set(lowered(text.replace(PLACEHOLDER, " ")).match(WORD) ?? []);
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

/**
 * Whether so many words of a text, in a line of so many, are more than what any sentence may share with it.
 * @param {number} both
 * @param {number} text
 * @param {number} line
 */
function isEnough(both, text, line) {
  return both >= ENOUGH_WORDS || (both === text && both >= LEAST_WORDS && line <= LONGER * text);
}

/**
 * Entries one of whose texts has most of its words in a line.
 * @param {Entry[]} entries
 * @param {Paste} paste
 */
function nearly(entries, paste) {
  const known = entries.map(({ texts }) => texts.map(({ text }) => ({ text, words: wordsOf(text) })));
  const rare = rareness(known.map((texts) => new Set(texts.flatMap(({ words }) => [...words]))));
  const weigh = (/** @type {Iterable<string>} */ words) => [...words].sort().reduce((sum, word) => sum + rare(word), 0);
  /** @type {Map<number, Found>} */
  const found = new Map();
  const lines = paste.lines
    .map((line, number) => ({ line: line.trim(), number, asked: wordsOf(line) }))
    .filter(({ line, number }) => line && paste.factors[number] >= 1)
    .slice(0, MOST_LINES);
  for (const { line, number, asked } of lines) {
    for (const [entry, texts] of known.entries()) {
      for (const { text, words } of texts) {
        const both = [...words].filter((word) => asked.has(word));
        if (!isEnough(both.length, words.size, asked.size) || weigh(both) < NEARLY * weigh(words)) continue;
        const score = weigh(both) * paste.factors[number];
        if (score > (found.get(entry)?.score ?? -1))
          found.set(entry, { entry, how: "nearly", line: number + 1, came: line, text, score });
      }
    }
  }
  return [...found.values()];
}
