/** The page's connections by the numbers that it gave them, and names for what crosses on each. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Connections, correlationId } from "#live/observing/connections.js";
import { Correlation } from "#live/observing/correlation.js";

test("an event finds its connection by the number that the page gave, whatever else reached the server", () => {
  const connections = new Connections();
  assert.deepEqual([connections.next(), connections.next()], ["1", "2"]);
  const second = connections.find({ client: "alice", connection: "2" });
  assert.equal(second?.connection, correlationId("alice", "2"));
  assert.equal(connections.find({ client: "alice", connection: "2" }), second);
  assert.notEqual(connections.find({ client: "bob", connection: "2" }), second);
});

test("of what is forgotten nothing is told any more, and numbers go on", () => {
  const connections = new Connections();
  connections.next();
  connections.forget();
  assert.equal(connections.find({ client: "", connection: "1" }), null);
  assert.equal(connections.next(), "2");
  assert.ok(connections.find({ client: "", connection: "2" }));
});

test("a number that is none, as a server of another make would give, is not told", () => {
  assert.equal(new Connections().find({ client: "", connection: "a1b2c3d4" }), null);
});

test("each lane counts the messages of each direction alike", () => {
  const crossings = new Correlation("c");
  const named = [
    crossings.message("wire", "server"),
    crossings.message("asgi", "server"),
    crossings.message("wire", "page"),
    crossings.message("wire", "server"),
  ];
  assert.deepEqual(named, ["c server 1", "c server 1", "c page 1", "c server 2"]);
  assert.deepEqual([crossings.handshake("page"), crossings.close("server")], ["c page 0", "c server close"]);
});

test("what JavaScript hears first belongs to the handshake, and a close after an open to the close frame", () => {
  const accepted = new Correlation("c");
  assert.deepEqual(
    ["open", "message", "close"].map((type) => accepted.heard(type)),
    ["c page 0", "c page 1", "c page close"],
  );
  const refused = new Correlation("c");
  assert.deepEqual(
    ["error", "close"].map((type) => refused.heard(type)),
    ["c page 0", "c page 0"],
  );
});
