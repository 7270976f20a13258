/** WebAssembly's memory grows to its limit here, and no further. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { boundMemory, MOST_BYTES } from "#live/here/bounded-memory.js";

test("memory grows to the limit, and what goes beyond it is refused", () => {
  const { grow } = WebAssembly.Memory.prototype;
  boundMemory();
  try {
    const pages = MOST_BYTES / 65_536;
    const memory = new WebAssembly.Memory({ initial: 1 });
    assert.equal(memory.grow(pages - 1), 1);
    assert.throws(() => memory.grow(1), RangeError);
    assert.equal(memory.buffer.byteLength, MOST_BYTES);
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
});
