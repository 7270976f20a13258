/** Values and text as JavaScript would write them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { printed, quoted } from "#live/kit/quoting.js";

test("text stands in whichever quotes need less escaping", () => {
  assert.equal(quoted("hello"), '"hello"');
  assert.equal(quoted('{"a": 1}'), `'{"a": 1}'`);
  assert.equal(quoted(`it's "so"`), `"it's \\"so\\""`);
});

test("what has to be escaped is, in either case", () => {
  assert.equal(quoted("a\nb"), '"a\\nb"');
  assert.equal(quoted('"a\nb"'), '"\\"a\\nb\\""');
  assert.equal(quoted('"\\"'), '"\\"\\\\\\""');
});

test("every quoted text reads back as the same text", () => {
  for (const text of ["", "é", "\\", '"', "'", `'"`, "a\r\n\tb", '"\\n"']) {
    assert.equal(Function(`return ${quoted(text)}`)(), text);
  }
});

test("values are JSON, bytes say how many they are, and what JSON cannot say is said as text", () => {
  assert.equal(printed({ a: [1, null] }), '{"a":[1,null]}');
  assert.equal(printed(Uint8Array.of(0, 255).buffer), "ArrayBuffer(2) 00 ff");
  assert.equal(printed(undefined), "undefined");
});
