/**
 * A dictionary of Python's is a table of entries in the order in which they came, and before it one of indices: where an
 * entry is, found by its key's hash. The second follows from the first, where nothing was ever taken out
 * (Objects/dictobject.c, pycore_dict.h, of CPython 3.14).
 */

const WORD = 4;

/** From a dictionary's type: the address of its keys, and that of its values where they lie elsewhere. */
const [KEYS, VALUES] = [5, 6];
/** In the keys: how large the tables are and what is in them, the number of entries, and where the indices begin. */
const [SIZES, ENTRIES, INDICES] = [1, 4, 5];
/** What kind of keys: any, each with its hash; or strings alone. */
const [ANY, STRINGS] = [0, 1];
/** From an object's address, in words: the hash that a string keeps. */
const HASH = 3;
/** The largest tables are those of dictionaries of half a million. */
const [SMALLEST, LARGEST] = [3, 20];
/** Which index is free; and the bytes of one of which something was taken out, here of all that were left out. */
const [FREE, LEFT_OUT] = [-1, 0xfefefefe];
const PERTURB_SHIFT = 5;

/**
 * @typedef {object} Keys
 * @property {number} indices The word where they begin.
 * @property {number} end Theirs, and where the entries begin.
 * @property {number} log2 Of how many there are.
 * @property {number} count Of the entries.
 * @property {number} kind
 */

/**
 * Those of a dictionary, if this word is the type of one.
 * @param {Uint32Array} words
 * @param {number} at
 * @returns {Keys | null}
 */
export function keysOf(words, at) {
  const keys = words[at + KEYS] / WORD;
  if (words[at + VALUES] !== 0 || !Number.isInteger(keys) || keys + INDICES >= words.length) return null;
  const [log2, log2OfBytes, kind] = [0, 8, 16].map((shift) => (words[keys + SIZES] >> shift) & 0xff);
  const bytesOfOne = log2 < 8 ? 0 : log2 < 16 ? 1 : 2;
  if (log2 < SMALLEST || log2 > LARGEST || log2OfBytes !== log2 + bytesOfOne || kind > STRINGS) return null;
  const indices = keys + INDICES;
  const end = indices + 2 ** log2OfBytes / WORD;
  const count = words[keys + ENTRIES];
  return count < 2 ** log2 && end + count < words.length ? { indices, end, log2, count, kind } : null;
}

/**
 * @param {Uint32Array} words
 * @param {Keys} keys
 */
export function indicesAreLeftOut(words, { indices, end }) {
  return words[indices] === LEFT_OUT && words[end - 1] === LEFT_OUT;
}

/**
 * @param {Uint32Array} words
 * @param {Keys} keys
 */
export function leaveIndicesOut(words, { indices, end }) {
  words.fill(LEFT_OUT, indices, end);
}

/**
 * As Python puts them in, one entry after the other.
 * @param {Uint32Array} words
 * @param {Keys} keys
 */
export function putIndices(words, { indices, end, log2, count, kind }) {
  const Table = log2 < 8 ? Int8Array : log2 < 16 ? Int16Array : Int32Array;
  const table = new Table(/** @type {ArrayBuffer} */ (words.buffer), words.byteOffset + indices * WORD, 2 ** log2).fill(
    FREE,
  );
  const mask = table.length - 1;
  const width = kind === ANY ? 3 : 2;
  for (let index = 0; index < count; index += 1) {
    const entry = end + index * width;
    const hash = kind === ANY ? words[entry] : words[words[entry] / WORD + HASH];
    let perturb = hash;
    let slot = hash & mask;
    while (table[slot] !== FREE) {
      perturb >>>= PERTURB_SHIFT;
      slot = (Math.imul(slot, 5) + perturb + 1) & mask;
    }
    table[slot] = index;
  }
}
