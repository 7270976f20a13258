/**
 * Which entries a description is about: a question or a symptom, in somebody's own words, in which no message is quoted.
 * live_docs/entries/described.py does the same, and says how.
 *
 * @typedef {object} Described
 * @property {number} entry Its place in the list.
 * @property {boolean} surely It has most of what was said.
 * @property {number} score
 *
 * @typedef {{terms: Record<string, number>}} Weighed
 */

import { rareness, terms } from "./terms.js";

const MOST_LINES = 6;
const MOST_TERMS = 40;
const BEGINNING = 3;
const WORDS = 0.7;
const GUESS = 0.4;
const GUESSED_TERMS = 2;
const LONG_SHARE = 0.2;
const LONG_SCORE = 20;
const LONG_TERMS = 4;
const BESIDE_BEST = 0.6;
const MOST_FOUND = 4;

/**
 * The entries that are meant, best first.
 * @param {Weighed[]} entries
 * @param {string[]} lines
 * @returns {Described[]}
 */
export function described(entries, lines) {
  if (lines.length > MOST_LINES) return [];
  const owned = entries.map(({ terms }) => new Map(Object.entries(terms)));
  const known = new Set(owned.flatMap((own) => [...own.keys()]));
  const weigh = rareness(owned.map((own) => own.keys()));
  const asked = [...new Set(lines.flatMap((line) => terms(line)))].slice(0, MOST_TERMS);
  const meant = asked.map((word) => begunOrWhole(word, known));
  const total = meant.reduce((sum, [word]) => sum + weigh(word), 0);
  const found = owned
    .flatMap((own, entry) => scored(entry, own, meant, weigh, total) ?? [])
    .sort((a, b) => rank(b) - rank(a) || a.entry - b.entry);
  return found.filter(({ score }) => score >= BESIDE_BEST * found[0].score).slice(0, MOST_FOUND);
}

/** @param {Described} one */
function rank({ score }) {
  return Math.round(score * 1000);
}

/**
 * The word, if an entry has it; else the known words that begin with it; else the unknown word.
 * @param {string} word
 * @param {Set<string>} known
 */
function begunOrWhole(word, known) {
  if (known.has(word) || word.length < BEGINNING) return [word];
  const begun = [...known].filter((other) => other.startsWith(word)).sort();
  return begun.length > 0 ? begun : [word];
}

/**
 * What an entry has of what was said; nothing if it is too little.
 * @param {number} entry
 * @param {Map<string, number>} own
 * @param {string[][]} meant
 * @param {(word: string) => number} weigh
 * @param {number} total
 * @returns {Described | undefined}
 */
function scored(entry, own, meant, weigh, total) {
  const there = meant.flatMap((words) => best(words, own) ?? []);
  const had = there.reduce((sum, { word, weight }) => sum + weight * weigh(word), 0);
  const share = total && there.reduce((sum, { word, weight }) => sum + Math.min(1, weight) * weigh(word), 0) / total;
  const surely = share >= WORDS;
  const score = had * (0.5 + share);
  const short = share >= GUESS && there.length >= GUESSED_TERMS;
  const long = share >= LONG_SHARE && there.length >= LONG_TERMS && score >= LONG_SCORE;
  return surely || short || long ? { entry, surely, score } : undefined;
}

/**
 * Of words that may be meant, the one that says most of the entry.
 * @param {string[]} words
 * @param {Map<string, number>} own
 */
function best(words, own) {
  return words
    .map((word) => ({ word, weight: own.get(word) ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? 1 : -1))
    .at(0);
}
