/** Two clocks brought together: the round trip that was shortest says most. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { align, words } from "#live/observing/clock.js";

/** Asks that come back as listed: sent, received, and the server's time. */
function asks(...rounds) {
  const rest = rounds.map(([sent, received, server]) => ({ sent, received, server }));
  return async () => rest.shift() ?? assert.fail("asked too often");
}

test("of five round trips the shortest is believed, and half of it may be wrong", async () => {
  const ask = asks([0, 10, 1000], [20, 24, 1022], [30, 40, 1050], [50, 60, 1099], [70, 90, 1000]);
  assert.deepEqual(await align(ask), { offset: 1000, error: 2 });
});

test("a trip that a coarse clock shows as none took up to one of its ticks", async () => {
  const ask = asks([0, 0.1, 5], [1, 1, 6], [2, 2, 7], [3, 3, 8], [4, 4.1, 9]);
  const { offset, error } = await align(ask);
  assert.equal(offset, 5);
  assert.ok(Math.abs(error - 0.05) < 1e-9);
});

test("it is said in words, with what may be wrong", () => {
  assert.match(words({ offset: 3, error: 0.456 }), /exact to ±0\.46 ms: half the shortest of 5 round trips/);
});
