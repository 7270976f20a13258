/** An archive as another program reads it: the tests that unpack whole projects use Python's. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { zipped } from "#live/home/zip.js";

test("an archive has each file, its name in UTF-8, and a directory at its end", () => {
  const made = zipped({ "a/café.py": "x = 'é'\n", "b.txt": "" }, new Date(2026, 10, 27, 12, 34, 56));
  const view = new DataView(made.buffer);
  assert.equal(view.getUint32(0, true), 0x04034b50);
  assert.equal(view.getUint16(6, true), 0x0800);
  assert.equal(view.getUint16(10, true), (12 << 11) | (34 << 5) | 28);
  assert.equal(view.getUint16(12, true), (46 << 9) | (11 << 5) | 27);
  assert.equal(view.getUint32(18, true), 9);
  const end = made.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), 2);
  assert.equal(view.getUint32(view.getUint32(end + 16, true), true), 0x02014b50);
});

test("a checksum is the one that everybody uses", () => {
  const made = zipped({ "check.txt": "123456789" }, new Date());
  assert.equal(new DataView(made.buffer).getUint32(14, true), 0xcbf43926);
});
