/** Where a page's recorded runs are, and what is said of one. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, dayOf, happeningsOf, recordedRun, versionsOf } from "#live/recorded/recorded-run.js";

const SITE = "https://example.org/docs/";
/** As they are written, and as they are packed. */
const MODULES = [`${SITE}assets/live/recorded/recorded-run.js`, `${SITE}assets/live-sandbox-ABCDEFGH.js`];

for (const module of MODULES) {
  for (const [page, file] of [
    ["learn/websockets/#challenges", "learn/websockets"],
    ["learn/websockets.html", "learn/websockets"],
    ["symptoms/", "symptoms"],
    ["symptoms/index.html", "symptoms"],
    ["?q=1", "index"],
    ["index.html", "index"],
  ]) {
    test(`${module} finds the runs of ${page}`, () => {
      assert.equal(addressOf(SITE + page, module), `${SITE}recorded/${file}.json`);
    });
  }
}

test("a run says when it was, and with what", () => {
  const run = { on: "2026-11-07", with: { Channels: "4.3.2", Daphne: "4.2.3" }, happened: [] };
  assert.equal(dayOf(run), "7 November 2026");
  assert.equal(dayOf(run, "short"), "7 Nov 2026");
  assert.equal(versionsOf(run), "Channels 4.3.2, Daphne 4.2.3");
});

test("what is empty of a happening is left out of the file, and is there for the timeline", () => {
  const run = { on: "2026-11-07", with: {}, happened: [{ at: 1.5, lane: /** @type {const} */ ("js"), what: "open" }] };
  const [happening] = happeningsOf(run);
  assert.deepEqual(happening, { at: 1.5, lane: "js", what: "open", client: "", toward: "", connection: "" });
});

test("a page asks for its runs once, again after a failure, and another page for its own", async () => {
  const site = new URL("../../../docs/", import.meta.url);
  /** @type {string[]} */
  const asked = [];
  let answers = false;
  const { fetch } = globalThis;
  globalThis.fetch = async (address) => {
    asked.push(String(address).slice(site.href.length));
    if (!answers) throw new TypeError("no network");
    return Response.json({ one: { on: "2026-11-07", with: {}, happened: [] } });
  };
  const go = (/** @type {string} */ page) =>
    Object.assign(globalThis, { location: /** @type {any} */ ({ href: site.href + page }) });
  try {
    go("learn/wsgi/");
    assert.equal(await recordedRun("one"), undefined);
    answers = true;
    assert.equal((await recordedRun("one"))?.on, "2026-11-07");
    assert.equal(await recordedRun("none"), undefined);
    assert.deepEqual(asked, ["recorded/learn/wsgi.json", "recorded/learn/wsgi.json"]);
    go("");
    await Promise.all([recordedRun("one"), recordedRun("two")]);
    assert.deepEqual(asked.slice(2), ["recorded/index.json"]);
  } finally {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, "location");
  }
});
