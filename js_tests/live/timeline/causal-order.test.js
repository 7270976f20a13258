/** The order of what two clocks tell of: by time, except that nothing arrives before it was sent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange } from "#live/timeline/causal-order.js";

const happened = (lane, toward, at, crossing, connection = "1") => ({ lane, toward, at, crossing, connection });
const times = (happenings) => arrange(happenings).map(({ at }) => at);

test("by time, whichever half and whichever connection told first", () => {
  const told = [
    happened("js", "", 3),
    happened("asgi", "", 5),
    happened("asgi", "", 4, "", "2"),
    happened("js", "", 6),
  ];
  assert.deepEqual(times(told), [3, 4, 5, 6]);
});

test("where the clocks' error turns cause and effect around, the order is mended and the times are left", () => {
  const told = [
    happened("js", "server", 10.0, "1 server 1"),
    happened("js", "page", 11.0, "1 page 1"),
    happened("wire", "server", 9.8, "1 server 1"),
    happened("asgi", "server", 9.9, "1 server 1"),
    happened("wire", "page", 11.2, "1 page 1"),
    happened("consumer", "", 11.3, "1 server 1"),
  ];
  assert.deepEqual(times(told), [10.0, 9.8, 9.9, 11.2, 11.0, 11.3]);
});

test("each half keeps the order in which it told, even against its own times", () => {
  const told = [happened("asgi", "server", 2), happened("asgi", "page", 1), happened("js", "server", 1.5)];
  assert.deepEqual(times(told), [1.5, 2, 1]);
});

test("one connection does not wait for another's message of the same place", () => {
  const told = [
    happened("js", "server", 10, "1 server 1"),
    happened("wire", "server", 5, "2 server 1", "2"),
    happened("wire", "server", 9.9, "1 server 1"),
  ];
  assert.deepEqual(times(told), [5, 10, 9.9]);
});

test("an arrival whose departure nobody told of is shown all the same", () => {
  const told = [happened("js", "page", 1, "1 page 1"), happened("wire", "server", 2, "1 server 1")];
  assert.deepEqual(times(told), [1, 2]);
});

test("halves that wait for each other end nothing: all is shown, the soonest first", () => {
  const told = [
    happened("js", "page", 1, "1 page 1"),
    happened("js", "server", 2, "1 server 1"),
    happened("wire", "server", 3, "1 server 1"),
    happened("wire", "page", 4, "1 page 1"),
  ];
  assert.deepEqual(times(told), [1, 2, 3, 4]);
});

test("nothing is nothing", () => assert.deepEqual(arrange([]), []));
