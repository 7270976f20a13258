/**
 * The words of a text as they are compared when somebody describes what happens: live_docs/entries/terms.py does the same,
 * and says how.
 */

import { PLACEHOLDER } from "./normal.js";

const WORD = /[A-Za-z0-9_]{2,}|\b[0-9]\b/g;
const PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const HUMP = /_|[a-z][A-Z]/;
const DIGIT = /^[0-9]$/;
/** A word that no entry has weighs as one that so many have. */
const UNKNOWN = 8;
const VOWEL = /[aeiouy]/;
const ENDINGS = ["ing", "ed"];
const LITTLE = new Set(
  (
    "about after again all also always am an and another any anyone are as at be because been before being but by can " +
    "cannot could did do does doesn doing don down else even ever every for from get gets getting give given go goes going " +
    "got had has have having help here how however if in into is isn issue it its just keep keeps like make makes many may me " +
    "more most much must my need never no nobody not now of off on once only or our out over own please problem really same " +
    "should so some something still such than that the their them then there these they thing this those though through to " +
    "too tried try trying up us use used using ve very want wants was way we well were what when where whether which while who " +
    "why will with without won work working works would yes yet you your"
  ).split(" "),
);

/**
 * Each word's stem, in the order in which they stand; of a name of several words, those as well.
 * @param {string} text
 */
export function terms(text) {
  const words = text.replace(PLACEHOLDER, " ").match(WORD) ?? [];
  return words
    .flatMap((word) => [word, ...(HUMP.test(word) ? (word.match(PART) ?? []) : [])])
    .map((part) => part.toLowerCase())
    .filter((small) => (small.length > 1 || DIGIT.test(small)) && !LITTLE.has(small))
    .map(stem);
}

/**
 * A word in small letters, without what differs between its forms.
 * @param {string} whole
 */
export function stem(whole) {
  let word = whole;
  if (word.length > 4 && word.endsWith("ies")) word = `${word.slice(0, -3)}y`;
  else if (word.length > 3 && /(?<![sui])s$/.test(word)) word = word.slice(0, -1);
  const ending = ENDINGS.find(
    (one) => word.endsWith(one) && word.length - one.length > 2 && VOWEL.test(word.slice(0, -one.length)),
  );
  if (ending) word = word.slice(0, -ending.length);
  if (word.length > 6) word = word.replace(/ion$/, "");
  if (word.length > 3 && /([^aeious0-9])\1$/.test(word)) word = word.slice(0, -1);
  return word.length > 3 ? word.replace(/e$/, "") : word;
}

/**
 * What a word says, given those of each entry: the more, the fewer have it.
 * @param {Iterable<string>[]} own
 */
export function rareness(own) {
  const common = new Map();
  for (const words of own) for (const word of words) common.set(word, (common.get(word) ?? 0) + 1);
  return (/** @type {string} */ word) => Math.log(1 + own.length / (common.get(word) ?? UNKNOWN));
}
