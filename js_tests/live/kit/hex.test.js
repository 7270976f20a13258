/** Bytes as the notation writes them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex, toHex } from "#live/kit/hex.js";

test("two digits a byte, whatever holds the bytes", () => {
  assert.equal(toHex(Uint8Array.of(0, 10, 255)), "00 0a ff");
  assert.equal(toHex(Uint8Array.of(1, 2).buffer), "01 02");
  assert.equal(toHex(new Uint8Array()), "");
});

test("digits are read with spaces or without, in either case", () => {
  assert.deepEqual(fromHex("00 0a\nFF"), Uint8Array.of(0, 10, 255));
  assert.deepEqual(fromHex("000aff"), Uint8Array.of(0, 10, 255));
  assert.deepEqual(fromHex(""), new Uint8Array());
});

test("what is no pairs of digits is an error that says how bytes are written", () => {
  for (const text of ["0", "0g", "000", "0x00"]) {
    assert.throws(() => fromHex(text), { name: "SyntaxError", message: /pairs of hexadecimal digits/ });
  }
});
