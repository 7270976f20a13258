/** A link with a changed module: what one holds, and what one is believed that a stranger made. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { editLink, readEditLink } from "#live/editor/edit-link.js";
import { LinkError } from "#live/kit/packed.js";

const PAGE = "http://127.0.0.1:8000/learn/websockets/";
const PATH = "sandbox_server/sandboxes/echo.py";

/**
 * A link as anybody can make one, whatever it holds.
 * @param {unknown} content
 * @param {string} version
 */
async function forged(content, version = "1") {
  const compressed = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `#edit=${version}.${Buffer.from(await new Response(compressed).arrayBuffer()).toString("base64url")}`;
}

/**
 * @param {string} hash
 * @param {RegExp} words
 */
const refused = (hash, words) =>
  assert.rejects(readEditLink(hash), (error) => error instanceof LinkError && words.test(error.message));

test("what goes in comes out, and the link is the page's own address", async () => {
  const text = 'class Echo:\n    """ü, \ud83d\ude00 and <script>"""\n';
  const link = await editLink(PATH, text, `${PAGE}#somewhere`);
  assert.ok(link.startsWith(`${PAGE}#edit=1.`));
  assert.deepEqual(await readEditLink(new URL(link).hash), { path: PATH, text });
});

test("what is damaged, or holds something else, is called damaged", async () => {
  const whole = await forged({ path: PATH, text: "pass\n" });
  const others = [null, [], { path: PATH }, { path: 1, text: "" }, { path: PATH, text: "\n".repeat(2000) }];
  const hashes = [
    "#edit=",
    "#edit=1.",
    "#edit=1.@",
    whole.slice(0, -3),
    ...(await Promise.all(others.map((one) => forged(one)))),
  ];
  for (const hash of hashes) await refused(hash, /damaged/);
});

test("a field that nobody knows is left out", async () => {
  assert.deepEqual(await readEditLink(await forged({ path: PATH, text: "", run: true })), { path: PATH, text: "" });
});

test("a link of another version says so", async () =>
  refused(await forged({ path: PATH, text: "" }, "2"), /another version/));

test("what is longer than any link is not even read", () => refused(`#edit=1.${"a".repeat(8000)}`, /longer/));

test("a small link that grows large is called damaged", async () =>
  refused(await forged({ path: PATH, text: "a".repeat(500_000) }), /damaged/));

test("what is too much for a link is not put into one", async () => {
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(10_000))).toString("hex");
  await assert.rejects(editLink(PATH, noise, PAGE), /too much for a link/);
});
