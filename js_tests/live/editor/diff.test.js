/** What a reader has changed, line by line. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { diff } from "#live/editor/diff.js";

const shown = (before, after) => diff(before, after).map(({ mark, text }) => mark + text);

test("what is the same is no difference", () => {
  assert.deepEqual(diff("a\nb\n", "a\nb\n"), []);
});

test("a changed line stands as it was, then as it is, with two lines around it", () => {
  assert.deepEqual(shown("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n"), [" b", " c", "-d", "+D", " e", " f"]);
});

test("lines that came or went are told as such", () => {
  assert.deepEqual(shown("a\nb", "a\nx\ny\nb"), [" a", "+x", "+y", " b"]);
  assert.deepEqual(shown("a\nb\nc", "a\nc"), [" a", "-b", " c"]);
  assert.deepEqual(shown("", "a"), ["-", "+a"]);
});
