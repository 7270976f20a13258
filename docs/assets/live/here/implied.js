/**
 * Words of Python's memory that follow from its others. A memory image leaves them out, since nothing compresses them: the
 * hash that a string keeps of itself, where in a dictionary's table its entries are, and the list in which the garbage
 * collector holds its objects, whose order is of no importance. `in_page/build/image.mjs` leaves them out, and makes sure
 * that a page puts them back as they were.
 *
 * What is read here is laid out as CPython 3.14 does for WebAssembly, in words of four bytes. A string is its count of
 * references, its type, its length, its hash, its state, its text (cpython/unicodeobject.h). An object that may be part of a
 * cycle has two words before it, the addresses of the next and of the previous one (pycore_gc.h). Dictionaries are in
 * implied-indices.js.
 */

import { indicesAreLeftOut, keysOf, putIndices } from "./implied-indices.js";

const WORD = 4;

/** From a string's type: its length, its hash, the state that says how its text is kept, and the text. */
export const [LENGTH, HASH, STATE, TEXT] = [1, 2, 3, 4];
/** Such a length is an address. */
const LONGEST = 2 ** 20;
/** In a state: a byte for each character, kept with the string, all ASCII; and which bits say so. Others are rare. */
const [ASCII, KIND] = [0b1100100, 0b1111100];
/** A string's hash that nobody has asked for. */
export const NO_HASH = 0xffffffff;

/** In place of the next object's address. No word of an image has this value otherwise. */
export const LISTED = 0xa5a5a5a4;
/** The lowest bits of both addresses are flags, which stay. */
export const FLAGS = 3;

/** The addresses of Python's types. @typedef {{string: number, dictionary: number}} Types */

/**
 * Whether this word is the type of a string of ASCII, and not by chance the same: such a text ends with a zero.
 * @param {Uint32Array} words
 * @param {number} at
 * @param {Types} types
 */
export function isString(words, at, types) {
  if (words[at] !== types.string || (words[at + STATE] & KIND) !== ASCII) return false;
  return endsWithZero(words, at + TEXT, words[at + LENGTH]);
}

/**
 * @param {Uint32Array} words
 * @param {number} text
 * @param {number} length In bytes.
 */
export function endsWithZero(words, text, length) {
  return length <= LONGEST && ((words[text + (length >> 2)] >> (8 * (length & 3))) & 0xff) === 0;
}

/**
 * @param {Uint32Array} words
 * @param {Iterable<[from: number, to: number]>} runs Of the words that came from the image.
 * @param {Types} types
 * @param {(address: number) => unknown} hash Has Python give the string at this address its hash.
 */
export function putBack(words, runs, types, hash) {
  const { string, dictionary } = types;
  const dictionaries = [];
  let [first, last] = [0, 0];
  for (const [from, to] of runs) {
    for (let at = from; at < to; at += 1) {
      const word = words[at];
      if (word === string) {
        if (words[at + HASH] === NO_HASH && isString(words, at, types)) hash((at - 1) * WORD);
      } else if (word === dictionary) {
        dictionaries.push(at);
      } else if ((word & ~FLAGS) >>> 0 === LISTED && words[at + 1] <= FLAGS) {
        if (first) link(words, last, at);
        else first = at;
        last = at;
      }
    }
  }
  if (first) link(words, last, first);
  for (const at of dictionaries) {
    const keys = keysOf(words, at);
    if (keys && indicesAreLeftOut(words, keys)) putIndices(words, keys);
  }
}

/**
 * @param {Uint32Array} words
 * @param {number} one
 * @param {number} next
 */
export function link(words, one, next) {
  words[one] = (next * WORD) | (words[one] & FLAGS);
  words[next + 1] = (one * WORD) | (words[next + 1] & FLAGS);
}
