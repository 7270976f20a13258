/** Heads and scopes without the address and the browser of whoever made a link. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { headWithoutReader, LEFT_OUT, scopeWithoutReader } from "#live/sharing/without-reader.js";

test("a head keeps what makes a WebSocket; of the rest, only the names", () => {
  const head =
    "GET /a/?x=1&observe=abc.alice HTTP/1.1\r\nhost: h\r\nuser-agent: me\r\nX-New: me\r\nUpgrade: websocket\r\n\r\n";
  assert.equal(
    headWithoutReader(head),
    `GET /a/?x=1 HTTP/1.1\r\nhost: h\r\nuser-agent: ${LEFT_OUT}\r\nX-New: ${LEFT_OUT}\r\nUpgrade: websocket\r\n\r\n`,
  );
});

test("a scope keeps what was asked for; what is not listed goes, over as many lines as it has", () => {
  const scope =
    "{'type': 'websocket',\n 'headers': [(b'a', b'me'),\n             (b'b', b'me')],\n 'path': '/a/',\n 'client': ['me', 1]}";
  assert.equal(
    scopeWithoutReader(scope),
    `{'type': 'websocket',\n 'headers': ${LEFT_OUT},\n 'path': '/a/',\n 'client': ${LEFT_OUT}}`,
  );
});

test("a value that is kept keeps its lines and its braces", () => {
  const scope = "{'type': 'websocket',\n 'url_route': {'args': (),\n               'kwargs': {}}}";
  assert.equal(scopeWithoutReader(scope), scope);
  const more = "{'client': ['me', 1],\n 'url_route': {'args': (),\n               'kwargs': {}}}";
  assert.equal(scopeWithoutReader(more), more.replace("['me', 1]", LEFT_OUT));
});

test("what is no scope that Python printed an entry a line is left out whole", () => {
  assert.equal(scopeWithoutReader("['me']"), LEFT_OUT);
  assert.ok(!scopeWithoutReader("{'type': 'x', 'client': 'me'}").includes("me"));
  assert.ok(!scopeWithoutReader("me\n{'type': 'x'}").includes("me"));
});

test("leaving out twice is leaving out once", () => {
  const scope = "{'type': 'websocket',\n 'client': ['me', 1]}";
  assert.equal(scopeWithoutReader(scopeWithoutReader(scope)), scopeWithoutReader(scope));
});
