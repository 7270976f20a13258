/** Which sandboxes a transcript talks to is known from its paths. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sandboxesOf } from "#live/catalog/sandboxes.js";

const routes = [
  { protocol: "http", pattern: "^asgi/$", module: "bare_asgi" },
  { protocol: "websocket", pattern: "^ws/asgi/$", module: "bare_asgi" },
  { protocol: "websocket", pattern: "^ws/echo/$", module: "echo" },
  { protocol: "http", pattern: "^notes/$", module: "notes" },
  { protocol: "websocket", pattern: "^ws/odd/(?<room>[\\p{L}\\p{N}_]+)/$", module: "odd" },
  { protocol: "websocket", pattern: "ws/odd/neither/", module: "odd" },
];

const found = (...steps) => /** @type {any} */ (sandboxesOf)(steps, { routes });
const connect = (path) => ({ do: "connect", path });
const get = (path) => ({ do: "request", path });

test("each sandbox is named once, in the order in which it is met", () => {
  assert.deepEqual(found(connect("/ws/echo/"), get("/notes/?q=1"), connect("/ws/echo/"), { do: "accepted" }), [
    "echo",
    "notes",
  ]);
});

test("a path is compared as the server does: decoded, without its query, and anywhere if a pattern says so", () => {
  assert.deepEqual(found(connect("/ws/odd/f%C3%AAte/")), ["odd"]);
  assert.deepEqual(found(connect("/evil/ws/odd/neither/")), ["odd"]);
  assert.deepEqual(found(connect("/ws/odd/caf%E9/")), ["odd"]);
});

test("a path that is wrong on purpose belongs to what it was meant for", () => {
  assert.deepEqual(found(get("/ws/echo/")), ["echo"]);
  assert.deepEqual(found(connect("/notes/")), ["notes"]);
  assert.deepEqual(found(get("/asgi")), ["bare_asgi"]);
  assert.deepEqual(found(connect("/ws/odd")), ["odd"]);
});

test("a path that leads nowhere belongs to nothing", () => {
  assert.deepEqual(found(connect("/ws/nowhere/"), get("/"), get("/elsewhere/")), []);
});
