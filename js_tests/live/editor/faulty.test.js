/** The faulty module of a mend, made of the one that runs. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { breakModule } from "#live/editor/faulty.js";

/** @import {Change} from "#live/editor/faulty.js" */

const MODULE = "import a\n\ndef b():\n    await c()\n    await d()\n";

test("the solution's lines are replaced by the faulty ones", () => {
  /** @type {Change[]} */
  const changes = [["def b():\n    c()\n", "def b():\n    await c()\n"]];
  assert.equal(breakModule(MODULE, changes), "import a\n\ndef b():\n    c()\n    await d()\n");
});

test("at the beginning, and with nothing in their place", () => {
  /** @type {Change[]} */
  const changes = [
    ["import z\n", "import a\n"],
    ["", "    await d()\n"],
  ];
  assert.equal(breakModule(MODULE, changes), "import z\n\ndef b():\n    await c()\n");
});

test("a fault that does not fit says so", () => {
  assert.throws(() => breakModule(MODULE, [["x\n", "await c()\n"]]), /does not fit/); // not from the line's beginning
  assert.throws(() => breakModule(`${MODULE}${MODULE}`, [["x\n", "import a\n"]]), /does not fit/);
});
