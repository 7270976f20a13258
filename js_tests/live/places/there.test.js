/** Whether a sandbox server on the network answers this page: nobody there is told from somebody who refuses, and neither is pestered. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { There } from "#live/places/there.js";

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
let there = new There();

beforeEach(() => {
  asked = [];
  there = new There();
  leaving = new AbortController();
  Object.assign(globalThis, {
    location: new URL("http://127.0.0.1:8000/learn/wsgi/"),
    document: { getElementById: () => ({ textContent: '{"port": 8001}' }) },
  });
});
afterEach(() => {
  leaving.abort();
  globalThis.fetch = fetch;
});

test("one that answers is up", async () => {
  answering(ours);
  assert.equal(await there.check(), true);
  assert.deepEqual([there.state, there.isMissing, there.versions], ["up", false, { Django: "5.2" }]);
});

test("where nobody answers, it is away", async () => {
  answering(nobody);
  assert.equal(await there.check(), false);
  assert.deepEqual([there.state, there.whyMissing], ["away", "The server is away."]);
});

test("one that answers, but not to this page, refuses it", async () => {
  answering(aStranger);
  assert.equal(await there.check(), false);
  assert.deepEqual([there.state, there.whyMissing], ["refusing", "The server refuses this page."]);
});

for (const page of ["<h1>", "{}"]) {
  test(`a file server answers with ${page}, and is not our server`, async () => {
    answering(() => Promise.resolve({ json: async () => JSON.parse(page) }));
    assert.equal(await there.check(), false);
    assert.equal(there.state, "away");
    assert.equal(asked.length, 1);
  });
}

test("one that says nothing in time is away, and is not waited for twice", async () => {
  answering(() => Promise.reject(new DOMException("signal timed out", "TimeoutError")));
  assert.equal(await there.check(), false);
  assert.equal(there.state, "away");
  assert.equal(asked.length, 1);
});

test("what is asked of it carries this page's cookies, and passes caches by", async () => {
  answering(ours);
  await there.fetch("/names/", { method: "POST" });
  assert.deepEqual(asked, [{ method: "POST", credentials: "include", cache: "no-store" }]);
});

test("many sandboxes that ask at once share one question", async () => {
  answering(ours);
  assert.deepEqual(await Promise.all([there.check(), there.check(), there.check()]), [true, true, true]);
  assert.equal(asked.length, 1);
});

test("a change is told, and no state twice", async () => {
  let told = 0;
  there.addEventListener("change", () => told++);
  answering(nobody);
  await there.check();
  await there.check();
  assert.equal(told, 1);
  answering(aStranger);
  await there.check();
  assert.equal(told, 2);
});

test("it is looked for ever more seldom, at least once a minute, and by nobody when nobody waits", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  there.keepLooking(leaving.signal);
  answering(nobody);
  await there.check();
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
