/** What happened, said in the notation. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ofArrival, ofObserved, provesHandshake } from "#live/notation/to-steps.js";

const ended = (code) => /** @type {const} */ ({ type: "close", code, reason: "why", wasClean: true });
const observed = (event) => ofObserved(/** @type {any} */ (event));

test("an open event is an accepted handshake, with its subprotocol if there is one", () => {
  assert.deepEqual(ofArrival({ type: "open", subprotocol: "" }, false), { do: "accepted", subprotocol: null });
  assert.deepEqual(ofArrival({ type: "open", subprotocol: "chat" }, false), { do: "accepted", subprotocol: "chat" });
});

test("text is received as it came, bytes as the notation's digits without spaces", () => {
  const text = /** @type {const} */ ({ type: "message", data: "a b", binary: false });
  assert.deepEqual(ofArrival(text, false), { do: "receive", data: "a b", binary: false });
  const bytes = /** @type {const} */ ({ type: "message", data: "00 ff", binary: true });
  assert.deepEqual(ofArrival(bytes, false), { do: "receive", data: "00ff", binary: true });
});

test("a close is the server's only if it was the server that closed", () => {
  assert.deepEqual(ofArrival(ended(4400), true), { do: "closed", code: 4400, reason: "why" });
  assert.equal(ofArrival(ended(1000), false), undefined);
});

test("a close code proves the handshake, unless the browser made it up", () => {
  assert.deepEqual(
    [1000, 1005, 4400, 1006, 1015].map((code) => provesHandshake(ended(code))),
    [true, true, true, false, false],
  );
});

test("a handshake's response is a refusal, with its true status, unless it is 101", () => {
  const response = (text) => observed({ type: "handshake.response", text });
  assert.equal(response("HTTP/1.1 101 Switching Protocols\r\n\r\n"), undefined);
  assert.deepEqual(response("HTTP/1.1 403 Access denied\r\n\r\n"), { do: "refused", status: 403 });
});

test("an exception has its name and its text, an ASGI event its type and the rest as JSON", () => {
  const exception = { type: "exception", name: "ValueError", text: "no", where: "x.py, line 1" };
  assert.deepEqual(observed(exception), { do: "raised", name: "ValueError", text: "no" });
  const event = { type: "event", event: { type: "websocket.close", code: 4400 } };
  assert.deepEqual(observed(event), { do: "event", type: "websocket.close", json: '{"code":4400}' });
});

test("frames, scopes and handlers are no steps", () => {
  for (const type of ["frame", "scope", "handler", "handler.end", "handshake.request"]) {
    assert.equal(observed({ type }), undefined);
  }
});
