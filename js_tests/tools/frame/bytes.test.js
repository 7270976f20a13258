/** Frames to bytes and back, and the first rule that they break. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex, toHex } from "#live/kit/hex.js";
import { decode, encode, spell } from "#tools/frame/bytes.js";
import { findFault } from "#tools/frame/rules.js";

const KEY = fromHex("37 fa 21 3d");
const text = (words) => new TextEncoder().encode(words);
const fault = (hex) => findFault(decode(fromHex(hex)).frames);

test("the RFC's own examples", () => {
  assert.equal(toHex(encode({ opcode: 1, payload: text("Hello"), key: KEY })), "81 85 37 fa 21 3d 7f 9f 4d 51 58");
  assert.equal(toHex(encode({ opcode: 1, payload: text("Hello"), key: null })), "81 05 48 65 6c 6c 6f");
  const fragments = encode({ opcode: 1, payload: text("abcd"), key: null, fragments: 2 });
  assert.equal(toHex(fragments), "01 02 61 62 80 02 63 64");
});

test("a length takes as few bytes as it needs, or as many as it is told to", () => {
  assert.deepEqual(spell(125), [125]);
  assert.deepEqual(spell(126), [126, 0, 126]);
  assert.deepEqual(spell(65536), [127, 0, 0, 0, 0, 0, 1, 0, 0]);
  assert.deepEqual(spell(5, 16), [126, 0, 5]);
});

test("what was encoded is decoded, and the beginning of a frame is left over", () => {
  const bytes = encode({ opcode: 2, payload: Uint8Array.of(1, 2, 3), key: KEY });
  const { frames, rest } = decode(Uint8Array.of(...bytes, 0x81));
  assert.equal(frames.length, 1);
  assert.deepEqual(frames[0].payload, Uint8Array.of(1, 2, 3));
  assert.deepEqual([frames[0].fin, frames[0].opcode, frames[0].announced], [true, 2, 3]);
  assert.deepEqual(rest, Uint8Array.of(0x81));
});

for (const [says, hex, code] of [
  ["a masked text breaks no rule", "81 85 37 fa 21 3d 7f 9f 4d 51 58", undefined],
  ["an unmasked one does", "81 05 48 65 6c 6c 6f", 1002],
  ["a reserved bit", "c1 80 00 00 00 00", 1002],
  ["a reserved opcode", "83 80 00 00 00 00", 1002],
  ["a ping in fragments", "09 80 00 00 00 00", 1002],
  ["a continuation of nothing", "80 80 00 00 00 00", 1002],
  ["a text inside a text", "01 80 00 00 00 00 81 80 00 00 00 00", 1002],
  ["a length that takes more bytes than it needs", "81 fe 00 00 00 00 00 00", 1002],
  ["text that is no UTF-8", "81 81 00 00 00 00 ff", 1007],
  ["a character cut by fragments", "01 81 00 00 00 00 c3 80 81 00 00 00 00 a9", undefined],
  ["half a close code", "88 81 00 00 00 00 03", 1002],
  ["a close code that no frame may hold", "88 82 00 00 00 00 03 ee", 1002],
  ["nothing is read after a close", "88 80 00 00 00 00 c1 80 00 00 00 00", undefined],
]) {
  test(`${says}: ${code ?? "allowed"}`, () => assert.equal(fault(hex)?.code, code));
}
