/** The server in this page, as a place: found before it is loaded, started once, and said in plain words when it cannot be. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Here } from "#live/places/here.js";

import { FakeHereServer, FakeStorage, files, loadFake, MANIFEST, noStorage, theWorker } from "./stage.js";

const { fetch, WebAssembly } = globalThis;
/** @param {unknown} storage */
const keepIn = (storage) => Object.assign(globalThis, { localStorage: storage });

let here = new Here(loadFake);

beforeEach(() => {
  FakeHereServer.made = [];
  Object.assign(globalThis, { fetch: files });
  keepIn(new FakeStorage());
  here = new Here(loadFake);
});
afterEach(() => void Object.assign(globalThis, { fetch, WebAssembly }));

/** Found, and started. */
async function running() {
  await here.find();
  const start = here.start();
  await new Promise(setImmediate);
  theWorker().boot();
  await start;
  return theWorker();
}

test("it is found with its size, and nothing of it is loaded", async () => {
  await here.find();
  assert.deepEqual([here.state, here.isPossible, here.size], ["asleep", true, 8_000_000]);
  assert.equal(here.whyMissing, "The server starts in this page at the first press.");
  assert.deepEqual(FakeHereServer.made, []);
});

test("where a site compresses what it sends, that is its size", async () => {
  const headers = { "content-encoding": "br" };
  Object.assign(globalThis, { fetch: (/** @type {URL} */ url) => files(url, Response.json(MANIFEST, { headers })) });
  await here.find();
  assert.equal(here.size, 3_000_000);
});

test("what cannot be run here has a reason, by how its path begins", async () => {
  await here.find();
  assert.equal(here.whyNot("/ws/raw/?x=1"), "A page cannot open a TCP connection.");
  assert.equal(here.whyNot("/ws/echo/"), "");
});

test("it starts once for all who ask, tells how far it is, and says who answers", async () => {
  await here.find();
  let told = 0;
  here.addEventListener("progress", () => told++);
  const starts = [here.start(), here.start()];
  await new Promise(setImmediate);
  assert.deepEqual([here.state, here.isRunning, FakeHereServer.made.length], ["starting", true, 1]);
  theWorker().progress(4_000_000, 8_000_000);
  assert.deepEqual([told, here.progress], [1, 0.5]);
  theWorker().boot();
  await Promise.all(starts);
  assert.deepEqual([here.state, here.versions, here.whyMissing], ["up", { Channels: "4.3.2" }, ""]);
});

test("the first request is its own: the answer brings the cookie by which observers are known", async () => {
  assert.deepEqual((await running()).asked, [["/server/"]]);
});

test("a socket is opened at the same address as on the network, one from elsewhere with its origin", async () => {
  const worker = await running();
  worker.asked = [];
  here.open("ws://127.0.0.1:8001/ws/echo/", ["chat"]);
  await here.openFromElsewhere("ws://127.0.0.1:8001/ws/echo/", []);
  await here.fetch("/names/", { method: "GET" });
  assert.deepEqual(worker.asked, [
    ["ws://127.0.0.1:8001/ws/echo/", ["chat"]],
    ["ws://127.0.0.1:8001/ws/echo/", [], { origin: "null" }],
    ["/names/", { method: "GET" }],
  ]);
});

test("a start that fails says why, and can be tried again", async () => {
  await here.find();
  const start = here.start();
  await new Promise(setImmediate);
  const first = theWorker();
  first.fail("Python did not start.");
  await start;
  assert.deepEqual([here.state, here.whyMissing, first.stopped], ["failed", "Python did not start.", true]);
  await running();
  assert.deepEqual([here.state, theWorker() === first], ["up", false]);
});

test("a module that does not load is no riddle", async () => {
  here = new Here(() => Promise.reject(new TypeError("error loading dynamically imported module")));
  await here.find();
  await here.start();
  assert.equal(here.whyMissing, "What the server in this page is made of did not load. The next press tries again.");
});

test("when its worker has ended, nothing is opened, and the next start is a new one", async () => {
  const worker = await running();
  worker.dispatchEvent(new Event("lost"));
  const words = "The server in this page has ended. The next press starts it again.";
  assert.deepEqual([here.state, here.whyMissing], ["asleep", words]);
  assert.throws(() => here.open("ws://127.0.0.1:8001/ws/echo/"), { message: words });
  await running();
  assert.equal(here.state, "up");
});

test("stopped while it starts, it stays stopped", async () => {
  await here.find();
  const start = here.start();
  await new Promise(setImmediate);
  here.stop();
  await start;
  assert.deepEqual([here.state, theWorker().stopped], ["asleep", true]);
});

test("stopped before its module has come, it is not made", async () => {
  await here.find();
  void here.start();
  here.stop();
  await new Promise(setImmediate);
  assert.deepEqual([here.state, FakeHereServer.made], ["asleep", []]);
});

/** @type {[string, () => Promise<Response>, string][]} */
const absent = [
  [
    "that was built without it",
    () => files(new URL("file:///manifest.json"), new Response("", { status: 404 })),
    "without the server",
  ],
  ["whose files do not come", () => Promise.reject(new TypeError("Failed to fetch")), "did not load"],
];
for (const [site, answer, words] of absent) {
  test(`a site ${site} says so`, async () => {
    Object.assign(globalThis, { fetch: answer });
    await here.find();
    assert.deepEqual([here.state, here.isPossible, here.whyMissing.includes(words)], ["absent", false, true]);
  });
}

test("what did not come is looked for again", async () => {
  Object.assign(globalThis, { fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
  await here.find();
  Object.assign(globalThis, { fetch: files });
  await here.find();
  assert.equal(here.state, "asleep");
});

test("a browser without WebAssembly is told so, and asked for nothing", async () => {
  Object.assign(globalThis, { WebAssembly: undefined, fetch: () => assert.fail("asked") });
  await here.find();
  assert.equal(here.state, "absent");
  assert.match(here.whyMissing, /no WebAssembly/);
});

test("that it was loaded is remembered for this build of it", async () => {
  await running();
  const later = new Here(loadFake);
  await later.find();
  assert.equal(later.isLoaded, true);
  later.build = "another";
  assert.equal(later.isLoaded, false);
});

test("where storage is switched off it runs all the same, and nothing is remembered", async () => {
  keepIn(noStorage);
  await running();
  assert.deepEqual([here.state, here.isLoaded], ["up", false]);
});
