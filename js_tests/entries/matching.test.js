/** Which entries a paste is about: the cases that Python is held to by live_docs/tests/test_entry_matching.py as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { find, isCut, loadEntries, unknown } from "#entries/matching.js";

const file = new URL("../../live_docs/tests/entry_cases.json", import.meta.url);
const { entries, cases } = JSON.parse(readFileSync(file, "utf-8"));

for (const { says, pasted, found, unknown: last = "", cut = false } of cases) {
  test(says, () => {
    const came = find(entries, pasted);
    assert.deepEqual(
      came.map(({ entry, how, line, text }) => [entries[entry].name, how, line, text]),
      found,
    );
    assert.equal(unknown(pasted, came), last);
    assert.equal(isCut(pasted), cut);
  });
}

test("the list is loaded once, and again if that failed", async (context) => {
  const answers = [
    { ok: false, status: 503 },
    { ok: true, json: async () => entries },
  ];
  const asked = context.mock.method(globalThis, "fetch", async () => answers.shift());
  await assert.rejects(loadEntries(), /503/);
  assert.equal(await loadEntries(), entries);
  assert.equal(await loadEntries(), entries);
  assert.equal(asked.mock.callCount(), 2);
});
