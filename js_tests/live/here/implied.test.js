import assert from "node:assert/strict";
import test from "node:test";
import { putBack } from "../../../docs/assets/live/here/implied.js";
import { leaveOut, settle } from "../../../in_page/build/implied.mjs";

/** What Python's memory holds here, in words; and Python's own hash, of which only that it is one matters. */
const TYPES = { string: 4, dictionary: 8, bytes: 12 };
const ASCII = 0b1100100;
const NO_HASH = 0xffffffff;

/** A piece of memory as dlmalloc gives it, then a string: the address of what begins at a word is four times that. */
function string(words, at, text, hash, rest = 0) {
  const bytes = new TextEncoder().encode(text);
  const length = Math.max(16, (20 + bytes.length + 1 + 4 + 7) & -8);
  words.set([length | 3, 1, TYPES.string, bytes.length, hash, ASCII | (rest << 8)], at - 1);
  const end = (at + 5) * 4 + bytes.length;
  new Uint8Array(words.buffer).fill(rest, end, (end + 4) & -4);
  new Uint8Array(words.buffer).set([...bytes, 0], (at + 5) * 4);
  return at * 4;
}

/** A dictionary of strings, of eight slots, whose indices are those given. */
function dictionary(words, at, keys, indices) {
  words.set([1, TYPES.dictionary, keys.length, 0, 0, 0, (at + 10) * 4, 0], at);
  words.set([1, 3 | (3 << 8) | (1 << 16), 0, 5 - keys.length, keys.length], at + 10);
  new Int8Array(words.buffer, (at + 15) * 4, 8).set(indices);
  keys.forEach((key, index) => words.set([key, 77], at + 17 + 2 * index));
}

function memory() {
  const words = new Uint32Array(400);
  const hashes = { [80 * 4]: 5, [100 * 4]: 13, [120 * 4]: 0xfffffff0 };
  const keys = [
    string(words, 80, "to", 5, 9),
    string(words, 100, "from", 13),
    string(words, 120, "never asked", NO_HASH, 7),
  ];
  // 13 wants the slot of 5, and goes on to (5 * 5 + (13 >> 5) + 1) & 7
  dictionary(words, 200, keys.slice(0, 2), [-1, -1, 1, -1, -1, 0, -1, -1]);
  // what is taken out leaves a trace behind, which nothing tells of
  dictionary(words, 240, keys.slice(0, 1), [-1, -1, -2, -1, -1, 0, -1, -1]);
  ring(words, [300, 350, 310, 330], 1);
  return { words, hash: (of) => (address) => (of[address / 4 + 3] = hashes[address]) };
}

function ring(words, members, flags) {
  members.forEach((at, index) => {
    words[at] = (members[(index + 1) % members.length] * 4) | flags;
    words[at + 1] = members.at(index - 1) * 4;
  });
}

function settled() {
  const { words, hash } = memory();
  const bytes = Buffer.from(words.buffer);
  settle(bytes, TYPES, { _PyObject_Hash: (address) => hash(words)(address) });
  return { words, bytes, hash };
}

function withoutImplied(bytes) {
  const left = leaveOut(bytes, TYPES);
  return new Uint32Array(left.buffer, left.byteOffset, left.length / 4);
}

test("what a page puts back is what was left out, word for word", () => {
  const { words, bytes, hash } = settled();
  const page = withoutImplied(bytes);
  assert.notDeepEqual(page, words);
  putBack(page, [[0, page.length]], TYPES, hash(page));
  assert.deepEqual(page, words);
});

test("every string has its hash, also one that nobody had asked for", () => {
  assert.equal(settled().words[120 + 3], 0xfffffff0);
});

test("the garbage collector's list is in the order of addresses, with its flags", () => {
  const { words } = settled();
  const next = [300, 310, 330, 350].map((at) => words[at]);
  assert.deepEqual(
    next,
    [310, 330, 350, 300].map((at) => (at * 4) | 1),
  );
});

test("what a string holds past its end, and beside its state, is cleared", () => {
  const { words } = settled();
  assert.equal(words[80 + 4], ASCII);
  assert.equal(words[80 + 5], Buffer.from("to\0\0").readUInt32LE());
});

test("of indices where something was taken out nothing is left out", () => {
  const { words, bytes } = settled();
  const page = withoutImplied(bytes);
  assert.deepEqual(page.slice(255, 257), words.slice(255, 257));
  assert.notDeepEqual(page.slice(215, 217), words.slice(215, 217));
});

test("memory that only looks like a string is left as it is", () => {
  const { words } = memory();
  words.set([0, 1, TYPES.string, 2, 5, ASCII, 0x99990000], 379); // no such piece was given out
  const before = words.slice(379, 386);
  settle(Buffer.from(words.buffer), TYPES, { _PyObject_Hash: (address) => words[address / 4 + 3] });
  assert.deepEqual(words.slice(379, 386), before);
});
