/** What a link holds, and what one is believed that a stranger made. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { LinkError } from "#live/kit/packed.js";
import { pack, placeOf, unpack } from "#live/sharing/link.js";
import { OLD_HASH, state } from "./state.js";

const PAGE = "http://127.0.0.1:8000/learn/websockets/";

/** A link as anybody can make one, whatever it holds. */
async function forged(content) {
  const compressed = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `#live=0.${Buffer.from(await new Response(compressed).arrayBuffer()).toString("base64url")}`;
}

/** The state with one happening, changed. */
function withOne(kind, change) {
  const happening = state.happened.find(({ step, observed }) => step?.do === kind || observed?.type === kind);
  return { typed: {}, happened: [change(structuredClone(happening))] };
}

/** Whether a link with this content is opened; if not, it must be called damaged. */
async function taken(content) {
  const hash = await forged(content);
  try {
    await unpack(hash);
    return true;
  } catch (error) {
    assert.ok(error instanceof LinkError);
    assert.match(error.message, /damaged/);
    return false;
  }
}

/** A state with a connection to this path. */
const to = (path) => withOne("connect", (one) => ({ ...one, step: { ...one.step, path } }));

test("what goes in comes out: fields, and each happening with its step, from time 0", async () => {
  const { typed, happened } = await unpack(new URL(await pack(2, state, PAGE)).hash);
  assert.deepEqual(typed, state.typed);
  assert.equal(happened.length, state.happened.length);
  const said = (/** @type {any} */ { lane, client, toward, what, connection, crossing, properties, failed, step }) =>
    JSON.stringify({ lane, client, toward, what, connection, crossing, properties, failed, step });
  assert.deepEqual(happened.map(said), state.happened.map(said));
  assert.deepEqual(
    happened.map(({ at }) => at),
    state.happened.map(({ at }) => Math.round((at - 100.04) * 10) / 10),
  );
});

test("a link is the page's own address, and says which of its sandboxes it is for", async () => {
  const link = await pack(12, state, PAGE);
  assert.ok(link.startsWith(`${PAGE}#live=12.`));
  assert.equal(placeOf(new URL(link).hash), 12);
  assert.equal(placeOf("#anything-else"), 0);
});

const MADE = {
  here: async () => new URL(await pack(0, state, PAGE)).hash,
  "before anything was left out": async () => OLD_HASH,
};
for (const [made, hash] of Object.entries(MADE)) {
  test(`whoever made a link ${made} is not in what it shows`, async () => {
    const shown = JSON.stringify(await unpack(await hash()));
    for (const secret of ["203.0.113.9", "50123", "Mozilla", "tlh-KX", "observe=", "Secret-id", "sessionid"]) {
      assert.ok(!shown.includes(secret), secret);
    }
    for (const told of ["Sec-WebSocket-Key: dGhl", "Origin: http", "'path': '/ws/echo/'", "<alice>", "68656c6c6f"]) {
      assert.ok(shown.includes(told), told);
    }
  });
}

test("what is left out is not in the link itself either, and what is not known is not kept", async () => {
  const { hash } = new URL(await pack(0, state, PAGE));
  const bytes = Buffer.from(hash.split(".")[1], "base64url");
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const held = await new Response(plain).text();
  assert.ok(!held.includes("203.0.113.9"));
  const link = await forged(withOne("frame", (one) => ({ ...one, onclick: "x", __proto__: {} })));
  const [{ observed, ...rest }] = /** @type {any} */ (await unpack(link)).happened;
  assert.ok(!("onclick" in rest));
  assert.ok(!("number" in observed));
});

test("a run that is too long for a link is said so, and a step to another server", async () => {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(9000)), (byte) => byte.toString(36)).join("");
  await assert.rejects(pack(0, { typed: { text: random }, happened: state.happened }, PAGE), /too much for a link/);
  await assert.rejects(pack(0, to("//evil.example/"), PAGE), /cannot go into a link/);
});

test("what cannot be unpacked is a damaged link", async () => {
  for (const hash of ["#live=0.AAAA", "#live=99.zzz", "#live=", "", "#live=0.%%"]) {
    await assert.rejects(unpack(hash), /damaged/);
  }
  await assert.rejects(unpack(`#live=0.${"A".repeat(9000)}`), /longer than any/);
});

test("a small link that grows without bound is not unpacked to its end", async () => {
  await assert.rejects(unpack(await forged({ typed: { text: "x".repeat(500_000) }, happened: [] })), /damaged/);
});

test("a step goes to a path on the sandbox server or nowhere", async () => {
  assert.equal(await taken(to("/ws/echo/")), true);
  for (const path of ["//evil.example/", "@evil.example/", "https://evil.example/", "/\\evil.example", "", 7, null]) {
    assert.equal(await taken(to(path)), false, String(path));
  }
});

test("every happening of a real run is taken as it is", async () => {
  for (const one of state.happened) assert.equal(await taken({ typed: {}, happened: [one] }), true, one.what);
});

for (const [says, kind, change] of [
  ["a lane that there is not", "accepted", (one) => ({ ...one, lane: "constructor" })],
  ["a time that is none", "accepted", (one) => ({ ...one, at: "1" })],
  ["a direction that there is not", "accepted", (one) => ({ ...one, toward: "me" })],
  ["a line that is no text", "accepted", (one) => ({ ...one, what: ["x"] })],
  ["a connection that is no text", "accepted", (one) => ({ ...one, connection: {} })],
  ["a crossing that is no text", "accepted", (one) => ({ ...one, crossing: 7 })],
  ["properties that are no texts", "accepted", (one) => ({ ...one, properties: { "event.type": {} } })],
  ["a list for properties", "accepted", (one) => ({ ...one, properties: ["x"] })],
  ["a failure that is neither true nor false", "accepted", (one) => ({ ...one, failed: "no" })],
  ["a step that the notation has not", "accepted", (one) => ({ ...one, step: { do: "evaluate" } })],
  ["a step that objects inherit", "accepted", (one) => ({ ...one, step: { do: "toString" } })],
  ["a step without its fields", "accepted", (one) => ({ ...one, step: { do: "send" } })],
  ["a step with a list for text", "send", (one) => ({ ...one, step: { ...one.step, data: ["x"] } })],
  ["bytes that are none", "send", (one) => ({ ...one, step: { do: "send", data: "zz", binary: true } })],
  ["subprotocols that are no list", "connect", (one) => ({ ...one, step: { ...one.step, subprotocols: "a" } })],
  [
    "a method that the notation has not",
    "accepted",
    (one) => ({ ...one, step: { do: "request", method: "DELETE", path: "/", body: null } }),
  ],
  ["something observed that the server never tells", "frame", (one) => ({ ...one, observed: { type: "script" } })],
  ["a handler without a name", "handler", (one) => ({ ...one, observed: { ...one.observed, handler: 7 } })],
  ["a duration that is no number", "handler.end", (one) => ({ ...one, observed: { ...one.observed, took: "long" } })],
  ["a payload that is no hexadecimal", "frame", (one) => ({ ...one, observed: { ...one.observed, payload: "<b>" } })],
  ["a length below nothing", "frame", (one) => ({ ...one, observed: { ...one.observed, length: -1 } })],
  ["added keys that are no list", "scope", (one) => ({ ...one, observed: { ...one.observed, added: "user" } })],
  ["a handshake without a text", "handshake.request", (one) => ({ ...one, observed: { ...one.observed, text: null } })],
  ["an exception whose text is an object", "exception", (one) => ({ ...one, observed: { ...one.observed, text: {} } })],
]) {
  test(`${says}: a damaged link`, async () => {
    assert.equal(await taken(withOne(kind, change)), false);
  });
}

test("fields that are no texts, or no list of happenings: a damaged link", async () => {
  for (const content of [
    null,
    [],
    {},
    { typed: { path: 7 }, happened: [] },
    { typed: {}, happened: {} },
    { typed: {} },
  ]) {
    assert.equal(await taken(content), false, JSON.stringify(content));
  }
});
