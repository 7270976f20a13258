/** What the server tells of its half is believed only if it is what an observer can be told. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readMessage } from "#live/observing/observed-shapes.js";

const told = { client: "", connection: "1", at: 5 };
const handler = { ...told, lane: "consumer", type: "handler", handler: "receive" };
const event = {
  ...told,
  lane: "asgi",
  type: "event",
  way: "in",
  event: { type: "websocket.receive", text: "hi", bytes: null },
  python: "{}",
};

test("what an observer can be told is taken, an event with all that it has", () => {
  for (const message of [
    { kind: "ready" },
    { kind: "clock", page_time: null, server_time: 1.5 },
    { kind: "lost", count: 3 },
    { kind: "observed", events: [handler, event] },
  ])
    assert.deepEqual(readMessage(message), message);
});

const WRONG = [
  null,
  { kind: "toString" },
  { kind: "lost", count: -1 },
  { kind: "observed", events: {} },
  { kind: "observed", events: [{ ...handler, type: "unknown" }] },
  { kind: "observed", events: [{ ...handler, lane: "wire" }] },
  { kind: "observed", events: [{ ...handler, handler: { toString: 1 } }] },
  { kind: "observed", events: [{ ...event, event: {} }] },
];
for (const message of WRONG)
  test(`${JSON.stringify(message)} is not taken`, () => assert.throws(() => readMessage(message), TypeError));
