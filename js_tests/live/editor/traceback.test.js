/** Where in the edited module a traceback leads, and what was raised. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readTraceback } from "#live/editor/traceback.js";

const RAISED = `Traceback (most recent call last):
  File "/lib/channels/consumer.py", line 63, in dispatch
    await handler(message)
  File "/home/app/sandboxes/echo.py", line 9, in receive
    self.helper()
  File "/home/app/sandboxes/echo.py", line 12, in helper
    raise RuntimeError("no")
  File "/home/app/sandboxes/not_echo.py", line 99, in other
    other()
RuntimeError: no
`;

const SYNTAX = `  File "/home/app/sandboxes/echo.py", line 7
    async def receive(self
                     ^
SyntaxError: '(' was never closed
`;

test("an exception is at the innermost line of the module that it went through", () => {
  assert.deepEqual(readTraceback(RAISED, "app/sandboxes/echo.py"), { line: 12, words: "RuntimeError: no" });
});

test("a syntax error is at its line", () => {
  assert.deepEqual(readTraceback(SYNTAX, "app/sandboxes/echo.py"), {
    line: 7,
    words: "SyntaxError: '(' was never closed",
  });
});

test("what did not go through the module has no line in it", () => {
  assert.deepEqual(readTraceback(RAISED, "app/sandboxes/chat.py"), { line: undefined, words: "RuntimeError: no" });
  assert.deepEqual(readTraceback("The worker ended", "a.py"), { line: undefined, words: "The worker ended" });
});
