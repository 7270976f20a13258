/**
 * Entries one of whose texts has most of its words in a line: other versions say the same in other words.
 * live_docs/entries/nearly.py does the same.
 */

import { lowered, PLACEHOLDER } from "./normal.js";
import { rareness } from "./terms.js";

/**
 * @import {Entry, Found} from "./matching.js"
 * @import {Paste} from "./paste.js"
 */

const WORD = /[a-z0-9_]{2,}/g;
const NAME = /\b([A-Za-z0-9_]{2,})\(\)|'([A-Za-z0-9_]{2,})'\)?\.?$/g;
const NUMBER = /\b[0-9]+\b/g;

const NEARLY = 0.7;
const ENOUGH_WORDS = 5;
const LEAST_WORDS = 3;
const LONGER = 2;
const MOST_LINES = 400;

/** @param {string} text */
function wordsOf(text) {
  return new Set(lowered(text.replace(PLACEHOLDER, " ")).match(WORD) ?? []);
}

/**
 * The names and the numbers without which no line is nearly a text: `takes 3` is not `takes 1`.
 * @param {string} text
 */
function needed(text) {
  const names = Array.from(text.matchAll(NAME), ([, called, ended]) => called ?? ended);
  return { names: [...wordsOf(names.join(" "))], numbers: [...numbersOf(text.replace(PLACEHOLDER, " "))] };
}

/** @param {string} text */
function numbersOf(text) {
  return new Set(text.match(NUMBER) ?? []);
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

/** @param {Entry[]} entries */
function taken(entries) {
  const known = entries.map(({ texts }) => texts.map(({ text }) => ({ text, words: wordsOf(text), ...needed(text) })));
  return { known, rare: rareness(known.map((texts) => new Set(texts.flatMap(({ words }) => [...words])))) };
}

/** @type {WeakMap<Entry[], ReturnType<typeof taken>>} The entries' words, for each time that somebody asks. */
const takenApart = new WeakMap();

/**
 * Entries one of whose texts has most of its words in a line.
 * @param {Entry[]} entries
 * @param {Paste} paste
 */
export function nearly(entries, paste) {
  const { known, rare } = takenApart.get(entries) ?? taken(entries);
  takenApart.set(entries, { known, rare });
  const weigh = (/** @type {Iterable<string>} */ words) => [...words].sort().reduce((sum, word) => sum + rare(word), 0);
  /** @type {Map<number, Found>} */
  const found = new Map();
  const lines = paste.lines
    .map((line, number) => ({ line: line.trim(), number, asked: wordsOf(line), counted: numbersOf(line) }))
    .filter(({ line, number }) => line && paste.factors[number] >= 1)
    .slice(0, MOST_LINES);
  for (const { line, number, asked, counted } of lines) {
    for (const [entry, texts] of known.entries()) {
      for (const { text, words, names, numbers } of texts) {
        const both = [...words].filter((word) => asked.has(word));
        if (!names.every((name) => asked.has(name)) || !numbers.every((figure) => counted.has(figure))) continue;
        if (!isEnough(both.length, words.size, asked.size) || weigh(both) < NEARLY * weigh(words)) continue;
        const score = weigh(both) * paste.factors[number];
        if (score > (found.get(entry)?.score ?? -1))
          found.set(entry, { entry, how: "nearly", line: number + 1, came: line, text, score });
      }
    }
  }
  return [...found.values()];
}
