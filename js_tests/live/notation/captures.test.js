/** Captures: a name stands for what was captured, wherever a step has text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fill } from "#live/notation/captures.js";

const KNOWN = new Map([["token", "abc"]]);
const CONNECT = {
  do: "connect",
  path: "/ws/?${token}",
  origin: null,
  subprotocols: ["bearer", "${token}"],
  user: null,
};

test("a name is filled in wherever a step has a text, or a list of texts", () => {
  const filled = { ...CONNECT, path: "/ws/?abc", subprotocols: ["bearer", "abc"] };
  assert.deepEqual(fill(/** @type {any} */ (CONNECT), KNOWN), filled);
});

test("what is not known stays as it is written, and what is no text as it is", () => {
  assert.deepEqual(fill(/** @type {any} */ (CONNECT), new Map()), CONNECT);
  assert.deepEqual(fill({ do: "close", code: 1000, reason: "${token}" }, KNOWN), {
    do: "close",
    code: 1000,
    reason: "abc",
  });
});
