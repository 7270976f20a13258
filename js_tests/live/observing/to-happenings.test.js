/** What the server tells of its half: in one line, where it was going, and with what it crossed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Correlation } from "#live/observing/correlation.js";
import { ServerHalf } from "#live/observing/observed-inbox.js";
import { closing, happening } from "#live/observing/to-happenings.js";

const told = (event, crossings = new Correlation("c")) => {
  const common = { client: "", connection: "1", at: 5 };
  return happening(/** @type {any} */ ({ ...common, ...event }), 42, crossings);
};
const line = (event) => told(event).what;
const frame = (opcode, payload, more = {}) => {
  return { lane: "wire", type: "frame", way: "in", fin: true, cut: false, opcode, payload, ...more };
};
const event = (way, type, more = {}) => ({ lane: "asgi", type: "event", way, event: { type, ...more } });
const handler = (name, more = {}) => ({ lane: "consumer", type: "handler", handler: name, ...more });

test("a handshake is its first line, without what the page asked for itself", () => {
  const text = "GET /ws/echo/?q=1&observe=abc.alice.1 HTTP/1.1\r\nHost: h\r\n\r\n";
  assert.equal(line({ lane: "wire", type: "handshake.request", text }), "GET /ws/echo/?q=1 HTTP/1.1");
  const response = told({ lane: "wire", type: "handshake.response", text: "HTTP/1.1 403 Forbidden\r\n\r\n" });
  assert.equal(response.what, "HTTP/1.1 403 Forbidden");
  assert.deepEqual([response.toward, response.crossing], ["page", "c page 0"]);
  assert.deepEqual(response.step, { do: "refused", status: 403 });
});

test("a frame is its opcode and its payload, text as text and bytes as bytes", () => {
  assert.equal(line(frame(1, "68 69")), 'text "hi"');
  assert.equal(line(frame(2, "00ff")), "binary 00 ff");
  assert.equal(line(frame(1, "68", { cut: true, fin: false })), 'text "h"…, more follows');
  assert.equal(line(frame(9, "")), "ping");
  assert.equal(line(frame(11, "")), "opcode 11");
  assert.equal(line(frame(8, "0fa1 627965")), "close 4001 bye");
});

test("a close frame's payload is a code and a reason, or nothing", () => {
  assert.equal(closing(Uint8Array.of()), "without a code");
  assert.equal(closing(Uint8Array.of(3, 232)), "1000");
});

test("a scope says what the layers added, an event its fields, a handler its name and how long it took", () => {
  assert.equal(line({ lane: "asgi", type: "scope", layer: "server", added: [] }), "scope");
  assert.equal(
    line({ lane: "asgi", type: "scope", layer: "consumer", added: ["user", "session"] }),
    "scope + user, session",
  );
  const fields = { text: "hi", bytes: null, code: 1000, headers: [] };
  assert.equal(line(event("in", "websocket.receive", fields)), 'websocket.receive text="hi" code=1000 headers=…');
  assert.equal(line(handler("EchoConsumer.receive")), "EchoConsumer.receive()");
  assert.equal(line(handler("EchoConsumer.receive", { type: "handler.end", took: 1.234 })), "receive() took 1.23 ms");
  assert.equal(line({ lane: "consumer", type: "exception", name: "KeyError", text: "'a'" }), "KeyError: 'a'");
});

test("a frame and its event cross as one, and the handler and its exception belong to that event", () => {
  const crossings = new Correlation("c");
  const rows = [
    frame(1, "61"),
    frame(9, ""),
    event("in", "websocket.receive"),
    handler("A.receive"),
    handler("A.helper"),
    handler("A.helper", { type: "handler.end", took: 0 }),
    event("out", "websocket.send"),
    { lane: "consumer", type: "exception", name: "E", text: "" },
    frame(8, "03e8", { way: "out" }),
    event("in", "websocket.disconnect"),
  ].map((row) => told(row, crossings));
  assert.deepEqual(
    rows.map(({ crossing }) => crossing),
    [
      "c server 1",
      undefined,
      ...Array(4).fill("c server 1"),
      "c page 1",
      "c server 1",
      "c page close",
      "c server close",
    ],
  );
  assert.deepEqual(
    rows.map(({ toward }) => toward),
    ["server", "server", "server", "server", "", "", "page", "", "page", "server"],
  );
});

test("a connect, an accept and a denial cross with the handshake", () => {
  for (const [way, type, crossing] of [
    ["in", "websocket.connect", "c server 0"],
    ["out", "websocket.accept", "c page 0"],
    ["out", "websocket.http.response.start", "c page 0"],
    ["out", "websocket.close", "c page close"],
  ])
    assert.equal(told(event(way, type)).crossing, crossing, type);
});

test("what a step may ask for is kept apart: events, exceptions, and statuses with their connection", () => {
  const half = new ServerHalf();
  const exception = { lane: "consumer", type: "exception", name: "E", text: "no" };
  const response = { lane: "wire", type: "handshake.response", text: "HTTP/1.1 404 Not Found\r\n\r\n" };
  for (const row of [event("in", "a.b"), exception, response, frame(1, ""), handler("A.connect")]) half.add(told(row));
  half.add({ ...told(exception), observed: undefined });
  assert.deepEqual(half.events.items, [{ type: "a.b" }]);
  assert.deepEqual(
    half.exceptions.items.map(({ name }) => name),
    ["E"],
  );
  assert.deepEqual(half.statuses.items, [{ connection: "c", status: 404 }]);
  half.clear();
  assert.deepEqual([half.events.items, half.exceptions.items, half.statuses.items], [[], [], []]);
});
