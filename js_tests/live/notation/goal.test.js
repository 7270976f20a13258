/** When a challenge's goal has been reached. Python's half of the rules is live_docs/notation/challenge.py. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Goal } from "#live/notation/goal.js";

/** @typedef {[client: string, step: any]} Said */

/** @returns {Said} */
const connect = (path, client = "", more = {}) => [
  client,
  { do: "connect", path, origin: null, subprotocols: [], user: null, ...more },
];
/** @returns {Said} */
const receive = (data, client = "") => [client, { do: "receive", data, binary: false }];
/** @returns {Said} */
const refused = (status) => ["", { do: "refused", status }];

/** Lines as they are printed, but for their elements, which a goal does not look at. */
const lines = (said) => said.map(([client, step]) => ({ client, step, element: null }));

/** How many lines have come true after each fact. */
function seen(wanted, facts) {
  const goal = new Goal(lines(wanted));
  return facts.map(([client, fact]) => {
    goal.see(client, fact);
    return goal.done.length;
  });
}

test("lines come true in their order, whatever happens between them", () => {
  const facts = [receive("b"), receive("a"), receive("x"), receive("b")];
  assert.deepEqual(seen([receive("a"), receive("b")], facts), [0, 1, 1, 2]);
});

test("what follows a connect belongs to that connection", () => {
  const wanted = [connect("/a/"), receive("1"), receive("2")];
  const facts = [
    connect("/a/"),
    receive("1"),
    connect("/b/"),
    receive("2"),
    connect("/a/"),
    receive("1"),
    receive("2"),
  ];
  assert.deepEqual(seen(wanted, facts), [1, 2, 0, 0, 1, 2, 3]);
});

test("another client's connection changes nothing", () => {
  const wanted = [connect("/a/", "alice"), receive("1", "alice")];
  const facts = [connect("/a/", "alice"), connect("/b/", "bob"), receive("1", "bob"), receive("1", "alice")];
  assert.deepEqual(seen(wanted, facts), [1, 1, 1, 2]);
});

test("what a lost connection captured is lost with it", () => {
  const wanted = [connect("/${a}/"), receive("${a}")];
  assert.deepEqual(seen(wanted, [connect("/x/"), connect("/y/"), receive("y")]), [1, 1, 2]);
});

test("a name stands for what it captured", () => {
  const wanted = [receive("id ${id}"), receive("${id}")];
  assert.deepEqual(seen(wanted, [receive("id 7"), receive("8"), receive("7")]), [1, 1, 2]);
});

test("the server's half has an order of its own", () => {
  assert.deepEqual(seen([receive("1"), refused(403)], [refused(404), refused(403), receive("1")]), [0, 1, 2]);
});

test("a line without a client is anybody's, and one with a client only theirs", () => {
  assert.deepEqual(seen([receive("a")], [receive("a", "bob")]), [1]);
  assert.deepEqual(seen([receive("a", "alice")], [receive("a", "bob"), receive("a", "alice")]), [0, 1]);
});

test("what the goal does not write is not compared, and who logs in is not seen on the wire", () => {
  const closed = (reason) => ["", { do: "closed", code: 4400, reason }];
  assert.deepEqual(seen([closed(null)], [closed("whatever")]), [1]);
  assert.deepEqual(seen([closed("wanted")], [closed("another"), closed("wanted")]), [0, 1]);
  assert.deepEqual(seen([connect("/a/", "", { user: "alice" })], [connect("/a/")]), [1]);
});

test("numbers and lists are compared too", () => {
  assert.deepEqual(
    seen([["", { do: "close", code: 1000, reason: "" }]], [["", { do: "close", code: 1001, reason: "" }]]),
    [0],
  );
  const offers = (...subprotocols) => connect("/a/", "", { subprotocols });
  assert.deepEqual(seen([offers("a", "b")], [offers("b"), offers("a", "b")]), [0, 1]);
});

test("bytes are not text", () => {
  const bytes = ["", { do: "receive", data: "61", binary: true }];
  assert.deepEqual(seen([bytes], [receive("61"), bytes]), [0, 1]);
});

test("a goal is reached when all of it has come true, and anew after a restart", () => {
  const goal = new Goal(lines([receive("a"), refused(403)]));
  assert.equal(goal.reached, false);
  goal.see(...receive("a"));
  assert.equal(goal.reached, false);
  goal.see(...refused(403));
  assert.equal(goal.reached, true);
  goal.restart();
  assert.equal(goal.reached, false);
  assert.deepEqual(goal.done, []);
});
