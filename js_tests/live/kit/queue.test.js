/** What has arrived, and waiting for what has not: nothing is lost, nothing is given twice, nothing is left behind. */

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";

import { Queue } from "#live/kit/queue.js";

const LONG = 60_000;
const { signal: never } = new AbortController();

test("what is there is given at once, oldest first", async () => {
  const queue = new Queue();
  queue.push("a");
  queue.push("b");
  assert.equal(await queue.next(0, never), "a");
  assert.equal(await queue.next(LONG, never), "b");
});

test("what comes later is given to whoever has waited longest, one each", async () => {
  const queue = new Queue();
  const waiting = [queue.next(LONG, never), queue.next(LONG, never)];
  queue.push("a");
  queue.push("b");
  queue.push("c");
  assert.deepEqual(await Promise.all(waiting), ["a", "b"]);
  assert.equal(await queue.next(0, never), "c");
});

test("nothing came in time: undefined, and what comes then is for the next who asks", async () => {
  const queue = new Queue();
  assert.equal(await queue.next(1, never), undefined);
  queue.push("late");
  assert.equal(await queue.next(0, never), "late");
});

test("no time left is no error and no wait", async () => {
  const queue = new Queue();
  assert.equal(await queue.next(0, never), undefined);
  assert.equal(await queue.next(-5, never), undefined);
});

test("the signal ends the wait with its reason, and before it, the asking", async () => {
  const queue = new Queue();
  const leaving = new AbortController();
  const waiting = queue.next(LONG, leaving.signal);
  leaving.abort(new Error("gone"));
  await assert.rejects(waiting, /gone/);
  await assert.rejects(queue.next(LONG, leaving.signal), /gone/);
  queue.push("for another");
  assert.equal(await queue.next(0, never), "for another");
});

test("clearing forgets what has arrived, not who waits", async () => {
  const queue = new Queue();
  queue.push("old");
  queue.clear();
  const waiting = queue.next(LONG, never);
  queue.clear();
  queue.push("new");
  assert.equal(await waiting, "new");
});

test("however a wait ends, no listener and no waiter is left behind", async () => {
  const queue = new Queue();
  const leaving = new AbortController();
  const came = queue.next(LONG, leaving.signal);
  queue.push("a");
  await came;
  await queue.next(1, leaving.signal);
  assert.equal(getEventListeners(leaving.signal, "abort").length, 0);
  const ended = queue.next(LONG, leaving.signal);
  assert.equal(getEventListeners(leaving.signal, "abort").length, 1);
  leaving.abort();
  await assert.rejects(ended);
  assert.equal(getEventListeners(leaving.signal, "abort").length, 0);
  assert.equal(queue.waiting.length, 0);
});

test("of what nobody asks for, no more is kept than a page can hold: the newest", async () => {
  const queue = new Queue();
  for (let number = 0; number < 1010; number += 1) queue.push(number);
  assert.equal(await queue.next(0, never), 10);
});
