/** The outbox that a page prints: each message goes out under one id until it is acknowledged or given up. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "#examples/durable-outbox.js";

const PATIENCE_MS = 1;
const LONG_MS = 60_000;
const away = { transmit: () => false, probe: () => {} };

/** An outbox on a connection that takes everything, what it was given, and the states it told of. */
function connected(patience) {
  const sent = [];
  const told = [];
  const connection = { transmit: (message) => sent.push(message) > 0, probe: () => outbox.resend("overdue") };
  const outbox = new Outbox(connection, patience);
  outbox.addEventListener("change", (event) => told.push(/** @type {CustomEvent} */ (event).detail.state));
  return { outbox, sent, told };
}

test("a message that nobody acknowledges is tried three times under one id and then given up", async () => {
  const { outbox, sent, told } = connected(PATIENCE_MS);
  await assert.rejects(outbox.add({ text: "x" }), /not acknowledged/);
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  assert.deepEqual(told, ["sent", "overdue", "sent", "overdue", "sent", "overdue", "given up"]);
});

test("an acknowledged one is kept, and a second acknowledgement changes nothing", async () => {
  const { outbox, sent, told } = connected(LONG_MS);
  const kept = outbox.add({ text: "x" });
  outbox.acknowledge(sent[0].id);
  outbox.acknowledge(sent[0].id);
  await kept;
  assert.deepEqual(told, ["sent", "acknowledged"]);
});

test("what was under way when the connection was lost goes again, in its order", async () => {
  const { outbox, sent } = connected(LONG_MS);
  const kept = ["a", "b"].map((text) => outbox.add({ text }));
  outbox.pause();
  outbox.resend("waiting");
  assert.deepEqual(
    sent.map(({ text }) => text),
    ["a", "b", "a", "b"],
  );
  for (const { id } of sent.slice(0, 2)) outbox.acknowledge(id);
  await Promise.all(kept);
});

test("fifty wait at the most, and whoever adds another is told", async () => {
  const outbox = new Outbox(away, LONG_MS);
  const kept = Array.from({ length: 50 }, () => outbox.add({}));
  await assert.rejects(outbox.add({}), /50 messages are waiting already/);
  outbox.end();
  const fates = await Promise.allSettled(kept);
  assert.deepEqual(new Set(fates.map(({ status }) => status)), new Set(["rejected"]));
});
