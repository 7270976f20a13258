/** What was expected, as checks that any language can write down. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { checksOf, wordsOf } from "#live/copy/checks.js";

const checks = (expected, known = new Set()) => checksOf(expected, known).checks;

test("what has no gaps is compared as a whole", () => {
  assert.deepEqual(checksOf("hello", new Set()), { isJson: false, checks: [{ is: "equal", at: [], value: "hello" }] });
  const json = { isJson: true, checks: [{ is: "equal", at: [], value: { a: [1] } }] };
  assert.deepEqual(checksOf('{"a": [1]}', new Set()), json);
  assert.equal(checksOf("{no JSON", new Set()).isJson, false);
});

test("text with gaps is compared where it has none", () => {
  assert.deepEqual(checks("..."), []);
  assert.deepEqual(checks("a..."), [{ is: "start", at: [], text: "a" }]);
  assert.deepEqual(checks("...a"), [{ is: "end", at: [], text: "a" }]);
  assert.deepEqual(checks("...a..."), [{ is: "within", at: [], text: "a" }]);
  assert.deepEqual(checks("a...b"), [{ is: "pattern", at: [], parts: [{ text: "a" }, { any: true }, { text: "b" }] }]);
});

test("JSON is compared key by key, and may have more of them", () => {
  assert.deepEqual(checks('{"a": ..., "b": 1}'), [
    { is: "keys", at: [], keys: ["a", "b"] },
    { is: "equal", at: ["b"], value: 1 },
  ]);
  assert.deepEqual(checks('{"a": ..., ...}'), [{ is: "key", at: [], key: "a" }]);
  assert.deepEqual(checks('[1, "x...", ...]'), [
    { is: "length", at: [], length: 2, more: true },
    { is: "equal", at: [0], value: 1 },
    { is: "start", at: [1], text: "x" },
  ]);
  assert.deepEqual(checks("[...]"), []);
});

test("a name is learnt once, and from then on it is what was learnt", () => {
  const known = new Set();
  assert.deepEqual(checks('{"room": "${room}"}', known).at(-1), { is: "learnt", at: ["room"], name: "room" });
  assert.deepEqual(checks("in ${room}", known), [{ is: "equal", at: [], value: "in ${room}" }]);
  assert.deepEqual(checks("${who} in ${room}", known), [
    { is: "pattern", at: [], parts: [{ learn: "who" }, { text: " in " }, { known: "room" }] },
  ]);
});

test("in what a client says only names stand for something else", () => {
  assert.deepEqual(wordsOf("a ${b}..."), [{ text: "a " }, { known: "b" }, { text: "..." }]);
});
