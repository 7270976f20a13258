/** What a stream's text comes to, as HTML's section on server-sent events has it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { EventStream } from "../../../docs/assets/tools/three-ways/event-stream.js";

/** @param {string} text */
const events = (text) => new EventStream().push(text);

test("an event ends with an empty line, and not before", () => {
  const stream = new EventStream();
  assert.deepEqual(stream.push("id: 1\ndata: bread\n"), []);
  assert.deepEqual(stream.push("\n"), [{ id: "1", type: "message", data: "bread" }]);
});

test("a piece may be cut anywhere, within a line end too", () => {
  const stream = new EventStream();
  const came = Array.from("id: 1\r\ndata: bread\r\n\r\n").flatMap((letter) => stream.push(letter));
  assert.deepEqual(came, [{ id: "1", type: "message", data: "bread" }]);
});

test("lines of data are put together, and one space after the colon is taken off", () => {
  assert.deepEqual(events("data:  two\rdata\rdata:lines\r\r\n"), [{ id: "", type: "message", data: " two\n\nlines" }]);
});

test("a comment and an event without data are none", () => {
  assert.deepEqual(events(": still here\n\nevent: full\n\ndata: bread\n\n"), [
    { id: "", type: "message", data: "bread" },
  ]);
});

test("an event has the type that it names", () => {
  assert.deepEqual(events("event: full\ndata: 30\n\n"), [{ id: "", type: "full", data: "30" }]);
});

test("the last id is kept from event to event, and counts without data", () => {
  const stream = new EventStream();
  stream.push("id: 7\n\ndata: bread\n\n");
  assert.equal(stream.lastId, "7");
  stream.push("id: 8\0\n\n");
  assert.equal(stream.lastId, "7");
  stream.push("id\n\n");
  assert.equal(stream.lastId, "");
});

test("the stream says how long to wait, in digits alone", () => {
  const stream = new EventStream();
  stream.push("retry: 1000\nretry: soon\nretry: -5\n\n");
  assert.equal(stream.retryMs, 1000);
});
