/** Where the keys lead in the diagram. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { destination } from "#live/timeline/grid-keys.js";

const SHOWN = ["js", "wire", "asgi"];
const list = [
  { lane: "js", crossing: "1" },
  { lane: "wire", crossing: "1" },
  { lane: "asgi", crossing: "1" },
  { lane: "asgi", crossing: "2" },
  { lane: "wire", crossing: "2" },
  { lane: "js", crossing: "2" },
  { lane: "js" },
];
const key = (name, at) => destination(name, list, at, SHOWN);

test("up and down, to the ends and not beyond", () => {
  assert.equal(key("ArrowDown", 0), 1);
  assert.equal(key("ArrowUp", 0), 0);
  assert.equal(key("PageDown", 0), 6);
  assert.equal(key("Home", 4), 0);
  assert.equal(key("End", 0), 6);
});

test("left and right follow a message", () => {
  assert.equal(key("ArrowRight", 0), 1);
  assert.equal(key("ArrowRight", 5), 4);
  assert.equal(key("ArrowLeft", 3), 4);
  assert.equal(key("ArrowLeft", 0), 0);
  assert.equal(key("ArrowRight", 2), 2);
});

test("what is of no message leads to its nearest neighbour, past a lane in which there is nothing", () => {
  assert.equal(key("ArrowRight", 6), 4);
  const two = /** @type {any[]} */ ([{ lane: "js" }, { lane: "asgi" }]);
  assert.equal(destination("ArrowRight", two, 0, SHOWN), 1);
});

test("any other key leads nowhere", () => assert.equal(key("a", 0), undefined));
