/** What happened, as lines that can be played again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { playable } from "#live/sharing/replay.js";
import { state } from "./state.js";

/** @returns {any[]} */
const again = (step) => playable(/** @type {any} */ ([{ client: "alice", step }]));

test("what the client did is played as it was, by whoever did it", () => {
  for (const step of [
    { do: "connect", path: "/", origin: null, subprotocols: [], user: null },
    { do: "send", data: "x", binary: false },
    { do: "close", code: 1000, reason: "" },
    { do: "request", method: "GET", path: "/", body: null },
  ]) {
    assert.deepEqual(again(step), [{ client: "alice", step }]);
  }
});

test("of what came, as much as there was, whatever it says now; bytes and statuses must be the same", () => {
  assert.equal(again({ do: "receive", data: "room 7", binary: false })[0].step.data, "...");
  assert.equal(again({ do: "receive", data: "00ff", binary: true })[0].step.data, "00ff");
  assert.deepEqual(again({ do: "closed", code: 4400, reason: "why" })[0].step, {
    do: "closed",
    code: 4400,
    reason: null,
  });
  assert.deepEqual(again({ do: "response", status: 404, body: "no" })[0].step, {
    do: "response",
    status: 404,
    body: null,
  });
  for (const step of [{ do: "refused", status: 403 }, { do: "unanswered" }])
    assert.deepEqual(again(step)[0].step, step);
});

test("what the server's half showed is seen again, not claimed", () => {
  for (const step of [
    { do: "raised", name: "ValueError", text: "" },
    { do: "event", type: "websocket.send", json: null },
  ]) {
    assert.deepEqual(again(step), []);
  }
  assert.deepEqual(again(undefined), []);
});

test("a run is its steps, in order", () => {
  assert.deepEqual(
    playable(state.happened).map(({ step }) => step.do),
    ["connect", "send", "receive"],
  );
});
