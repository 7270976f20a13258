/** Where arrows begin: one stroke from who sends to who receives, and none from who sent nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sourceOf } from "#live/timeline/arrows.js";

/** @type {any[]} */
const ALL = ["js", "wire", "asgi", "consumer"];
const from = (lane, toward, shown, seen, properties) =>
  sourceOf(/** @type {any} */ ({ lane, toward, properties }), shown, new Set(seen));

test("from the lane before, where all are open", () => {
  assert.equal(from("wire", "server", ALL, ALL), "js");
  assert.equal(from("asgi", "server", ALL, ALL), "wire");
  assert.equal(from("consumer", "server", ALL, ALL), "asgi");
  assert.equal(from("wire", "page", ALL, ["asgi", "wire", "js"]), "asgi");
  assert.equal(from("js", "page", ALL, ["asgi", "wire", "js"]), "wire");
});

test("across lanes that are folded", () => {
  assert.equal(from("consumer", "server", ["js", "consumer"], ALL), "js");
  assert.equal(from("js", "page", ["js", "consumer"], ["asgi", "wire", "js"]), "consumer");
});

test("what leaves has no second stroke where its arrival is shown, and a short one where it is not", () => {
  assert.equal(from("js", "server", ALL, ["js", "wire"]), "none");
  assert.equal(from("js", "server", ["js", "consumer"], ["js", "wire"]), "leaves");
  assert.equal(from("js", "server", ["js"], ALL), "leaves");
});

test("what the application sends comes from the consumer, which has no happening of its own for it", () => {
  assert.equal(from("asgi", "page", ALL, ["asgi"]), "consumer");
  assert.equal(from("asgi", "page", ["js", "asgi"], ["asgi"]), "edge");
});

test("from the edge, what the browser or the server sent of itself, or what a folded lane sent", () => {
  assert.equal(from("wire", "server", ALL, []), "edge");
  assert.equal(from("wire", "page", ALL, ["wire"]), "edge");
  assert.equal(from("asgi", "server", ["asgi"], ALL), "edge");
  assert.equal(from("asgi", "server", ["js", "asgi"], ["wire", "asgi"]), "edge");
  assert.equal(from("js", "page", ["js"], []), "edge");
});

test("nobody sent what a connection's loss brings, nor what crosses nothing", () => {
  assert.equal(from("asgi", "server", ALL, ["asgi"]), "none");
  assert.equal(from("js", "page", ALL, ["js"], { "event.wasClean": "false" }), "none");
  assert.equal(from("js", "page", ALL, ["js"], { "event.type": '"error"' }), "none");
  assert.equal(from("consumer", "", ALL, ALL), "none");
});
