/** Whether the sandbox server answers this page: nobody there is told from somebody who refuses, and neither is pestered. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { server } from "#live/places/server.js";

/** @type {RequestInit[]} What was asked. */
let asked = [];
/** @param {(options: RequestInit) => Promise<unknown>} answer */
const answering = (answer) => {
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ _url, /** @type {RequestInit} */ options) => {
      asked.push(options);
      return answer(options);
    }
  );
};
const nobody = () => Promise.reject(new TypeError("Failed to fetch"));
const aStranger = (/** @type {RequestInit} */ { mode }) => (mode === "no-cors" ? Promise.resolve({}) : nobody());
const ours = () => Promise.resolve({ json: async () => ({ versions: { Django: "5.2" } }) });

const { fetch } = globalThis;
let leaving = new AbortController();

beforeEach(() => {
  asked = [];
  leaving = new AbortController();
  Object.assign(globalThis, {
    location: new URL("http://127.0.0.1:8000/learn/wsgi/"),
    document: { getElementById: () => ({ textContent: '{"port": 8001}' }) },
  });
});
afterEach(async () => {
  leaving.abort();
  answering(ours);
  await server.check(); // the next test begins with a server that answers
  globalThis.fetch = fetch;
});

test("one that answers is up", async () => {
  answering(ours);
  assert.equal(await server.check(), true);
  assert.deepEqual([server.state, server.isMissing, server.versions], ["up", false, { Django: "5.2" }]);
});

test("where nobody answers, it is away", async () => {
  answering(nobody);
  assert.equal(await server.check(), false);
  assert.deepEqual([server.state, server.whyMissing], ["away", "The server is away."]);
});

test("one that answers, but not to this page, refuses it", async () => {
  answering(aStranger);
  assert.equal(await server.check(), false);
  assert.deepEqual([server.state, server.whyMissing], ["refusing", "The server refuses this page."]);
});

test("what has another shape than our server's answer is not our server", async () => {
  answering(() => Promise.resolve({ json: async () => JSON.parse("<h1>") }));
  assert.equal(await server.check(), false);
  assert.equal(server.state, "refusing");
});

test("many sandboxes that ask at once share one question", async () => {
  answering(ours);
  assert.deepEqual(await Promise.all([server.check(), server.check(), server.check()]), [true, true, true]);
  assert.equal(asked.length, 1);
});

test("a change is told, and no state twice", async () => {
  let told = 0;
  server.watch(() => told++, leaving.signal);
  answering(nobody);
  await server.check();
  await server.check();
  assert.equal(told, 1);
  answering(aStranger);
  await server.check();
  assert.equal(told, 2);
});

test("it is looked for ever more seldom, at least once a minute, and by nobody when nobody waits", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  server.watch(() => {}, leaving.signal);
  answering(nobody);
  await server.check();
  const looks = [];
  for (let seconds = 1; seconds <= 300; seconds++) {
    const before = asked.length;
    t.mock.timers.tick(1000);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    if (asked.length > before) looks.push(seconds);
  }
  assert.deepEqual(looks, [2, 6, 14, 30, 62, 122, 182, 242]);
  leaving.abort();
  const before = asked.length;
  t.mock.timers.tick(600_000);
  assert.equal(asked.length, before);
});
