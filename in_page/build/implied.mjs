// The build's half of docs/assets/live/here/implied.js: brings the words that follow from the others into the state in which
// a page puts them back, and leaves them out.

import { endsWithZero, FLAGS, HASH, isString, LENGTH, LISTED, link, NO_HASH, STATE, TEXT } from "../../docs/assets/live/here/implied.js";
import { keysOf, leaveIndicesOut, putIndices } from "../../docs/assets/live/here/implied-indices.js";

const WORD = 4;
/** Of a string's state the rest of the word is nothing, and was never cleared. */
const STATE_BITS = 0xff;
/** From the type of bytes: what they are. Their length is where that of a string is (cpython/bytesobject.h). */
const BYTES = 3;
const IN_USE = 2;

/**
 * In place: every string knows its hash; the garbage collector's longest list is in the order of addresses; and bits that
 * mean nothing are zero.
 */
export function settle(memory, types, module) {
  const words = wordsOf(memory);
  for (const at of strings(words, types)) {
    words[at + HASH] = module._PyObject_Hash((at - 1) * WORD);
    if (isAllocated(words, at, TEXT)) {
      words[at + STATE] &= STATE_BITS;
      clearPastEnd(words, at + TEXT, words[at + LENGTH]);
    }
  }
  for (const at of byteStrings(words, types)) clearPastEnd(words, at + BYTES, words[at + LENGTH]);
  const list = longestList(words);
  list.forEach((at, index) => link(words, at, list[(index + 1) % list.length]));
}

/** A copy of the memory without those words. */
export function leaveOut(memory, types) {
  const without = Buffer.from(memory);
  const words = wordsOf(without);
  for (const keys of tables(words, types)) if (followsFromEntries(words, keys)) leaveIndicesOut(words, keys);
  for (const at of strings(words, types)) words[at + HASH] = NO_HASH;
  for (const at of longestList(words)) {
    words[at] = LISTED | (words[at] & FLAGS);
    words[at + 1] &= FLAGS;
  }
  return without;
}

function wordsOf(memory) {
  return new Uint32Array(memory.buffer, memory.byteOffset, memory.byteLength / WORD);
}

function* strings(words, types) {
  for (let at = 0; at < words.length; at += 1) if (isString(words, at, types)) yield at;
}

function* byteStrings(words, types) {
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === types.bytes && isAllocated(words, at, BYTES)) yield at;
  }
}

/**
 * Whether an object that ends with a text begins before its type: then that piece of memory was given out, and is as long as
 * such an object has to be. Before each piece there is its length, of which the lowest bits are flags (dlmalloc).
 */
function isAllocated(words, at, text) {
  const bytes = (1 + text) * WORD + words[at + LENGTH] + 1;
  const [length, flags] = [words[at - 2] & -8, words[at - 2] & 7];
  const least = Math.max(16, (bytes + WORD + 7) & -8);
  return (flags & IN_USE) !== 0 && (length === least || length === least + 8) && endsWithZero(words, at + text, words[at + LENGTH]);
}

/** What the last word of a text holds after the zero with which it ends was never cleared. */
function clearPastEnd(words, text, length) {
  words[text + (length >> 2)] &= 2 ** (8 * (length & 3)) - 1;
}

function* tables(words, types) {
  for (let at = 0; at < words.length; at += 1) {
    const keys = words[at] === types.dictionary && keysOf(words, at);
    if (keys) yield keys;
  }
}

/** It does not where something was taken out since. */
function followsFromEntries(words, keys) {
  const before = words.slice(keys.indices, keys.end);
  putIndices(words, keys);
  const follows = before.every((word, index) => word === words[keys.indices + index]);
  words.set(before, keys.indices);
  return follows;
}

/** By address: where each object of the longest ring of links begins, in which the next one's previous is oneself. */
function longestList(words) {
  const next = (at) => (words[at] & ~FLAGS) / WORD;
  const leads = (at) => next(at) > 0 && next(at) < words.length - 1 && (words[next(at) + 1] & ~FLAGS) / WORD === at;
  const seen = new Set();
  let longest = [];
  for (let start = 0; start < words.length - 1; start += 1) {
    if (seen.has(start) || !leads(start)) continue;
    const ring = [];
    let at = start;
    for (; leads(at) && !seen.has(at); at = next(at)) {
      seen.add(at);
      ring.push(at);
    }
    if (at === start && ring.length > longest.length) longest = ring;
  }
  return longest.sort((one, other) => one - other);
}
