/** What a browser lost of a connection is asked for again, a bounded number of times. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { firstArrival } from "#live/player/first-arrival.js";

const lost = { type: "close", code: 4001, reason: "", wasClean: false };
const opened = { type: "open", subprotocol: "" };
const failed = { type: "close", code: 1006, reason: "", wasClean: false };

/** What came in the end, how often it connected, and how often it told that something was lost. */
async function play(...arrivals) {
  const seen = { connected: 0, told: 0 };
  const arrival = await firstArrival(
    async () => void (seen.connected += 1),
    async () => arrivals.shift(),
    () => (seen.told += 1),
  );
  return { arrival, ...seen };
}

test("a connection that opens, or fails, is opened once", async () => {
  for (const arrival of [opened, failed]) {
    assert.deepEqual(await play(arrival), { arrival, connected: 1, told: 0 });
  }
});

test("a close without the open before it is told, and the connection opened again", async () => {
  assert.deepEqual(await play(lost, opened), { arrival: opened, connected: 2, told: 1 });
});

test("the third loss is what came", async () => {
  assert.deepEqual(await play(lost, lost, lost), { arrival: lost, connected: 3, told: 2 });
});
