/** What the worker says is believed only if it is what the server's half can say. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readTold } from "#live/here/told.js";

/** @type {any[]} */
const WHOLE = [
  { tell: "progress", id: 1, loaded: 5, total: 10, what: "Django" },
  { tell: "ready", id: 1, versions: { Python: "3.14" }, waits: true, from: "image" },
  { tell: "failed", id: 1, message: "no" },
  { tell: "opened", id: 2, protocol: "" },
  { tell: "message", id: 2, data: "hello" },
  { tell: "message", id: 2, data: Uint8Array.of(0, 255) },
  { tell: "closed", id: 2, code: 1006, reason: "", wasClean: false },
  { tell: "response", id: 3, status: 404, headers: [["content-type", "text/plain"]] },
  { tell: "part", id: 3, data: Uint8Array.of(1) },
  { tell: "finished", id: 3, whole: true },
  { tell: "edited", id: 4, traceback: "" },
  { tell: "completed", id: 4, failed: "" },
  { tell: "raised", id: 0, traceback: "Traceback" },
  { tell: "pong", id: 5 },
];

for (const told of WHOLE) {
  test(`"${told.tell}" is taken as it is, and nothing that it should not have`, () => {
    assert.deepEqual(readTold({ ...told, more: "than that" }), told);
  });
  test(`"${told.tell}" without one of its fields is not taken`, () => {
    for (const field of Object.keys(told)) {
      const { [field]: _, ...rest } = told;
      assert.throws(() => readTold(rest), TypeError);
    }
  });
}

const LINE = { number: 2, text: "> hi", spoken: "client sends:", client: "", notes: ["a note"] };
const STEP = { do: "send", data: "hi", binary: false };

/** @param {unknown} transcript What Python has read, which crosses as JSON. */
const read = (transcript) => readTold({ tell: "read", id: 6, transcript: JSON.stringify(transcript) });

test("a transcript that was read is taken, with its steps", () => {
  const transcript = { lines: [{ ...LINE, step: STEP }], problems: [] };
  assert.deepEqual(read(transcript), { tell: "read", id: 6, transcript });
  const problems = [{ line: 1, message: "no step" }];
  assert.deepEqual(read({ lines: [], problems }), { tell: "read", id: 6, transcript: { lines: [], problems } });
});

test("a transcript with a step that there is not is not taken", () => {
  for (const step of [null, { do: "format" }, { do: "connect", path: "//elsewhere/" }])
    assert.throws(() => read({ lines: [{ ...LINE, step }], problems: [] }), TypeError);
  assert.throws(() => readTold({ tell: "read", id: 6, transcript: "{" }), SyntaxError);
});

const WRONG = [
  null,
  "pong",
  { tell: "start", id: 1 },
  { tell: "toString", id: 1 },
  { tell: "pong", id: -1 },
  { tell: "message", id: 2, data: { toString: 1 } },
  { tell: "closed", id: 2, code: 99, reason: "", wasClean: true },
  { tell: "response", id: 3, status: 999, headers: [] },
  { tell: "response", id: 3, status: 200, headers: [["a\nb", "c"]] },
  { tell: "part", id: 3, data: [1, 2] },
];
for (const told of WRONG)
  test(`${JSON.stringify(told)} is not taken`, () => assert.throws(() => readTold(told), TypeError));
