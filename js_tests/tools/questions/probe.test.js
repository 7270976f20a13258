/** What the probe makes of the ways in which a WebSocket fails. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { probe, whichStep } from "../../../docs/assets/tools/questions/probe.js";

/** A socket that does what the test says. */
class Socket extends EventTarget {
  readyState = 0;
  /** @type {string[]} */
  sent = [];

  /** @param {string} text */
  send(text) {
    this.sent.push(text);
  }

  close() {
    this.readyState = 2;
  }

  /**
   * @param {string} type
   * @param {number} readyState
   * @param {object} properties
   */
  fire(type, readyState, properties = {}) {
    this.readyState = readyState;
    this.dispatchEvent(Object.assign(new Event(type), properties));
  }
}

/** A probe of such a socket, what it has logged and found, and a clock that the test sets. */
function begin() {
  const socket = new Socket();
  const clock = { at: 0 };
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const verdicts = [];
  probe(
    /** @type {WebSocket} */ (/** @type {unknown} */ (socket)),
    (line) => lines.push(line),
    (verdict) => verdicts.push(verdict),
    () => clock.at,
  );
  return { socket, clock, lines, verdicts };
}

test("what never opens is step 1 or 2, and the log has the states", () => {
  const { socket, clock, lines, verdicts } = begin();
  clock.at = 7;
  socket.fire("error", 3);
  socket.fire("close", 3, { code: 1006, wasClean: false });
  assert.deepEqual(lines, [
    "new WebSocket(): readyState 0 CONNECTING",
    "error, which says nothing more, after 7 ms: readyState 3 CLOSED",
    "close 1006, wasClean false, after 7 ms: readyState 3 CLOSED",
  ]);
  assert.match(verdicts.join(), /^Step 1 or 2/);
});

test("a close right after open is step 3, and a later one step 5", () => {
  for (const [at, step] of /** @type {[number, RegExp][]} */ ([
    [20, /^Step 3.* 4401\.$/],
    [900, /^Step 5.* 4401\.$/],
  ])) {
    const { socket, clock, verdicts } = begin();
    socket.fire("open", 1);
    clock.at = at;
    socket.fire("close", 3, { code: 4401, wasClean: true });
    assert.match(verdicts.join(), step);
  }
});

test("silence is step 4 after three seconds without a message, and is told once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { socket, lines, verdicts } = begin();
  socket.fire("open", 1);
  assert.deepEqual(socket.sent, ["hello"]);
  mock.timers.tick(2000);
  socket.fire("message", 1, { data: "working" });
  mock.timers.tick(2000);
  assert.deepEqual(verdicts, []);
  mock.timers.tick(1000);
  assert.deepEqual(verdicts, ["Step 4: open, and silent."]);
  assert.equal(socket.readyState, 2);
  socket.fire("close", 3, { code: 1000, wasClean: true });
  assert.equal(verdicts.length, 1);
  assert.match(lines.at(-1) ?? "", /^message working/);
  mock.timers.reset();
});

test("which step it was needs no socket", () => {
  assert.match(whichStep({ opened: 1, closed: undefined }), /^Step 4/);
});
