/** What counts as the same: the cases that Python's matching is held to by live_docs/tests/test_matching.py as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { match } from "#live/notation/matching.js";

const file = new URL("../../../live_docs/tests/matching_cases.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf-8"));

test("there are cases that match and cases that do not", () => {
  assert.ok(cases.some(({ matches }) => matches));
  assert.ok(cases.some(({ matches }) => !matches));
});

for (const { says, expected, got, matches, captures = {} } of cases) {
  test(says, () => {
    const found = match(expected, got);
    assert.deepEqual(found && Object.fromEntries(found), matches ? captures : null);
  });
}
