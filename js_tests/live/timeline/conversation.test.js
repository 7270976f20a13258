/** What has happened, in order, and bounded. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Conversation, LARGEST, LONGEST } from "#live/timeline/conversation.js";

/** @type {(at: number, ...rest: any[]) => any} */
const happened = (at, lane = "js", crossing = undefined, toward = "", what = "") => ({
  at,
  lane,
  toward,
  crossing,
  connection: "1",
  what,
});

test("what is told late finds its place among what is there", () => {
  const conversation = new Conversation();
  for (const at of [10, 500, 900]) conversation.add(happened(at));
  assert.deepEqual(
    conversation.happenings.map(({ at }) => at),
    [10, 500, 900],
  );
  for (const at of [20, 510]) conversation.add(happened(at, "asgi"));
  assert.deepEqual(
    conversation.happenings.map(({ at }) => at),
    [10, 20, 500, 510, 900],
  );
  assert.equal(conversation.start, 10);
});

test("it knows which lanes have seen a crossing", () => {
  const conversation = new Conversation();
  conversation.add(happened(1, "js", "1 server 1", "server"));
  conversation.add(happened(2, "wire", "1 server 1", "server"));
  assert.deepEqual(Array.from(conversation.seen(happened(0, "js", "1 server 1"))), ["js", "wire"]);
  assert.equal(conversation.seen(happened(0)).size, 0);
});

test("the oldest is let go, and what was known of it", () => {
  const conversation = new Conversation();
  for (let at = 0; at < LONGEST + 5; at += 1) conversation.add(happened(at, "js", `1 page ${at}`, "page"));
  assert.equal(conversation.happenings.length, LONGEST);
  assert.equal(conversation.happenings[0]?.at, 5);
  assert.equal(conversation.dropped, 5);
  assert.equal(conversation.seen(happened(0, "js", "1 page 0")).size, 0);
});

test("few that are large are bounded as many that are small", () => {
  const conversation = new Conversation();
  const what = "x".repeat(LARGEST / 4);
  for (let at = 0; at < 6; at += 1) conversation.add(happened(at, "js", undefined, "", what));
  assert.equal(conversation.happenings.length, 4);
  assert.equal(conversation.dropped, 2);
});
