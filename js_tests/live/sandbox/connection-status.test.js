/** What a sandbox's status says: all that concerns the reader, and never more than one can listen to. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inBrief, isNews } from "#live/sandbox/connection-status.js";

const happening = { at: 0, client: "", what: "", properties: {} };

test("what comes to the page is news, and so is a call of which nothing came", () => {
  assert.equal(isNews({ ...happening, lane: "js", toward: "page" }), true);
  assert.equal(isNews({ ...happening, lane: "js", toward: "", failed: true }), true);
  assert.equal(isNews({ ...happening, lane: "js", toward: "server" }), false);
  assert.equal(isNews({ ...happening, lane: "asgi", toward: "page" }), false);
});

test("short words are said as they are", () => {
  assert.equal(inBrief("close(1001) threw InvalidAccessError"), "close(1001) threw InvalidAccessError");
});

test("of a long message the beginning and the end are said, and how much is between", () => {
  const said = inBrief(`send("${"a".repeat(5000)}") in silence: lost`);
  assert.match(said, /^send\("a+… 4,825 characters, in the diagram …a+"\) in silence: lost$/);
  assert.ok(said.length < 240);
});
