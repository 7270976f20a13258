/** The socket to the server here does what a browser's own does: WHATWG's WebSockets, and what both browsers do. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { HereSocket } from "#live/here/here-socket.js";

/**
 * A socket, what it has posted, and what has happened to it.
 * @param {string | string[]} [protocols]
 * @param {string} [url]
 */
function opened(protocols = [], url = "ws://127.0.0.1:8000/ws/echo/") {
  /** @type {any[]} */
  const posted = [];
  const socket = new HereSocket(url, protocols, "http://127.0.0.1:8000", 7, (order) => posted.push(order));
  /** @type {Event[]} */
  const events = [];
  for (const type of ["open", "message", "error", "close"])
    socket.addEventListener(type, (event) => events.push(event));
  return { socket, posted, events, types: () => events.map(({ type }) => type) };
}

/** @param {HereSocket} socket */
const open = (socket, protocol = "") => socket.hear({ tell: "opened", id: 7, protocol });

/**
 * @param {() => void} act
 * @param {string} name
 */
const throws = (act, name) => assert.throws(act, (error) => error instanceof DOMException && error.name === name);

test("it asks for a connection as it is made", () => {
  const { socket, posted } = opened("chat", "http://127.0.0.1:8000/ws/echo/?a=1");
  const url = "ws://127.0.0.1:8000/ws/echo/?a=1";
  assert.deepEqual(posted, [{ do: "open", id: 7, url, protocols: ["chat"], origin: "http://127.0.0.1:8000" }]);
  assert.deepEqual([socket.readyState, socket.url, socket.protocol, socket.extensions], [0, url, "", ""]);
});

test("what is no address, or no subprotocol, is a SyntaxError", () => {
  for (const url of ["/no/host", "ftp://127.0.0.1/", "ws://127.0.0.1/#part"])
    throws(() => opened([], url), "SyntaxError");
  for (const protocols of ["", "a b", ["a", "a"]]) throws(() => opened(protocols), "SyntaxError");
});

test("it opens with the subprotocol that was chosen", () => {
  const { socket, types } = opened(["a", "b"]);
  /** @type {string[]} */
  const heard = [];
  socket.onopen = ({ type }) => heard.push(type);
  open(socket, "b");
  open(socket, "a");
  assert.deepEqual([socket.readyState, socket.protocol, types(), heard], [1, "b", ["open"], ["open"]]);
});

test("messages are text, an ArrayBuffer or a Blob", async () => {
  const { socket, events } = opened();
  open(socket);
  socket.onmessage = () => {};
  const bytes = () => Uint8Array.of(0, 255);
  socket.hear({ tell: "message", id: 7, data: "hello" });
  socket.hear({ tell: "message", id: 7, data: bytes() });
  socket.binaryType = "arraybuffer";
  socket.hear({ tell: "message", id: 7, data: bytes() });
  const [text, blob, buffer] = events.slice(1).map((event) => /** @type {MessageEvent} */ (event).data);
  assert.equal(text, "hello");
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes());
  assert.deepEqual(new Uint8Array(buffer), bytes());
});

test("send() waits for the handshake, copies bytes, and mends half a surrogate pair", () => {
  const { socket, posted } = opened();
  throws(() => socket.send("too early"), "InvalidStateError");
  open(socket);
  const bytes = Uint8Array.of(1, 2, 3);
  socket.send(bytes.subarray(1));
  socket.send(bytes.buffer);
  bytes.fill(9);
  socket.send("\ud83d");
  socket.send(/** @type {any} */ (5));
  const data = posted.slice(1).map((order) => order.data);
  assert.deepEqual(data, [Uint8Array.of(2, 3), Uint8Array.of(1, 2, 3), "\ufffd", "5"]);
});

test("a Blob is read first, and all that is sent after it, and the close, keep their turn", async () => {
  const { socket, posted } = opened();
  open(socket);
  socket.send(new Blob(["one"]));
  socket.send("two");
  socket.send(new Blob([Uint8Array.of(3)]));
  assert.deepEqual([socket.bufferedAmount, posted.length], [7, 1]);
  socket.close(1000, "bye");
  while (posted.length < 5) await new Promise((turn) => setTimeout(turn));
  const encoded = new TextEncoder().encode("one");
  assert.deepEqual(
    posted.slice(1, 4).map(({ data }) => data),
    [encoded, "two", Uint8Array.of(3)],
  );
  assert.deepEqual(posted[4], { do: "close", id: 7, code: 1000, reason: "bye" });
  assert.equal(socket.bufferedAmount, 0);
});

test("once all Blobs are read, nothing waits any more", async () => {
  const { socket, posted } = opened();
  open(socket);
  socket.send(new Blob(["one"]));
  while (posted.length < 2) await new Promise((turn) => setTimeout(turn));
  socket.send("two");
  assert.equal(posted.at(-1).data, "two");
});

test("what is sent once it closes is counted, and lost", () => {
  const { socket, posted } = opened();
  open(socket);
  socket.close();
  socket.send("ü");
  socket.send(Uint8Array.of(1, 2, 3));
  assert.deepEqual([socket.bufferedAmount, posted.length], [5, 2]);
});

test("close() takes a page's codes, and a reason that fits", () => {
  const { socket, posted } = opened();
  open(socket);
  for (const code of [0, 999, 1001, 2999, 5000]) throws(() => socket.close(code), "InvalidAccessError");
  throws(() => socket.close(1000, "ü".repeat(62)), "SyntaxError");
  socket.close(3001, "bye");
  socket.close(4000, "again");
  assert.deepEqual(posted.slice(1), [{ do: "close", id: 7, code: 3001, reason: "bye" }]);
  assert.equal(socket.readyState, 2);
});

test("a reason without a code closes with 1000", () => {
  const { socket, posted } = opened();
  socket.close(undefined, "bye");
  assert.deepEqual(posted[1], { do: "close", id: 7, code: 1000, reason: "bye" });
});

test("nothing is heard once it closes, but its end", () => {
  const { socket, types } = opened();
  open(socket);
  socket.close();
  socket.hear({ tell: "message", id: 7, data: "late" });
  /** @type {any[]} */
  const ends = [];
  socket.onclose = ({ code, reason, wasClean }) => ends.push([code, reason, wasClean]);
  socket.hear({ tell: "closed", id: 7, code: 1005, reason: "", wasClean: true });
  socket.hear({ tell: "closed", id: 7, code: 4000, reason: "", wasClean: true });
  assert.deepEqual([socket.readyState, types(), ends], [3, ["open", "close"], [[1005, "", true]]]);
});

test("a handshake that fails is an error, and 1006", () => {
  const { socket, types } = opened();
  /** @type {string[]} */
  const heard = [];
  socket.onerror = ({ type }) => heard.push(type);
  socket.hear({ tell: "closed", id: 7, code: 1006, reason: "", wasClean: false });
  assert.deepEqual([types(), heard], [["error", "close"], ["error"]]);
});
