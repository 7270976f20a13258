/** Each happening in one sentence. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sentence } from "#live/timeline/sentence.js";

const first = Symbol("first");
const said = (lane, toward, what, more = {}, /** @type {any} */ before = { at: 0 }) =>
  sentence({ at: 0.8, lane, toward, what, client: "", ...more }, before === first ? undefined : before);

test("how much later, who, and what, as the lane writes it", () => {
  assert.equal(said("js", "server", 'send("hi")'), '0.8 ms later your JavaScript calls send("hi")');
  assert.equal(said("js", "page", "open"), "0.8 ms later your JavaScript is told: open");
  assert.equal(said("wire", "server", 'text "hi"'), '0.8 ms later on the wire, to the server: text "hi"');
  assert.equal(
    said("asgi", "server", "websocket.connect"),
    "0.8 ms later the server tells the application: websocket.connect",
  );
  assert.equal(said("asgi", "page", "websocket.accept"), "0.8 ms later the application sends websocket.accept");
  assert.equal(
    said("consumer", "server", "Echo.receive()"),
    "0.8 ms later the server calls your consumer's Echo.receive()",
  );
  assert.equal(said("consumer", "", "receive() took 1.00 ms"), "0.8 ms later in your consumer: receive() took 1.00 ms");
});

test("what failed, what was lost, and what was raised is told as that", () => {
  assert.match(said("js", "", "send() threw", { failed: true }), /calls in vain: send\(\) threw$/);
  assert.match(said("asgi", "", "websocket.disconnect code=1006"), /the server tells the application: websocket/);
  assert.match(said("asgi", "", "scope", { observed: { type: "scope" } }), /in ASGI there is the scope$/);
  assert.match(
    said("consumer", "", "ValueError: no", { observed: { type: "exception" } }),
    /out of your consumer comes/,
  );
});

test("the first has no time, two at once say so, and several clients are told apart", () => {
  assert.equal(said("js", "page", "open", {}, first), "your JavaScript is told: open");
  assert.equal(said("js", "page", "open", {}, { at: 0.79 }), "At the same time your JavaScript is told: open");
  assert.equal(said("js", "page", "open", {}, { at: 2 }), "At the same time your JavaScript is told: open");
  assert.equal(said("js", "page", "open", { at: 2500 }), "2.5 s later your JavaScript is told: open");
  assert.equal(said("js", "page", "open", { client: "bob" }), "0.8 ms later for bob your JavaScript is told: open");
});
