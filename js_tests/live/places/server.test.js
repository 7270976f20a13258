/** Where the server runs: on the network if one answers, in the page if none does or the reader wants it so. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Here } from "#live/places/here.js";
import { SandboxServer } from "#live/places/server.js";
import { There } from "#live/places/there.js";

import { FakeHereServer, FakeStorage, files, loadFake, noStorage, theWorker } from "./stage.js";

const { fetch } = globalThis;
/** Whether a server on the network answers. @type {"yes" | "no" | "in silence"} */
let answers = "yes";
/** Whether the site was built with what runs in a page. */
let isBuilt = true;

class FakeThere extends There {
  /** @type {There["fetch"]} */
  async fetch() {
    if (answers === "in silence") await new Promise(() => {});
    if (answers === "yes") return Response.json({ versions: { Daphne: "4.2.3" } });
    throw new TypeError("Failed to fetch");
  }
}

let loads = 0;
const load = async () => {
  loads += 1;
  return new Here(loadFake);
};
let server = new SandboxServer(new FakeThere(), load);

beforeEach(() => {
  [answers, isBuilt, loads, FakeHereServer.made] = ["yes", true, 0, []];
  const missing = () => new Response("", { status: 404 });
  const fetch = (/** @type {URL} */ url) => files(url, isBuilt ? undefined : missing());
  Object.assign(globalThis, { fetch, localStorage: new FakeStorage(), sessionStorage: new FakeStorage() });
  server = new SandboxServer(new FakeThere(), load);
});
afterEach(() => void Object.assign(globalThis, { fetch }));

const turn = () => new Promise(setImmediate);

/** Started in the page. */
async function startHere() {
  const start = server.here?.start();
  await turn();
  theWorker().boot();
  await start;
}

test("a server that answers is used, and nothing for the page is looked at", async () => {
  assert.equal(await server.check(), true);
  assert.deepEqual([server.isHere, server.isUp, server.versions, loads], [false, true, { Daphne: "4.2.3" }, 0]);
});

test("where none answers it would run in the page, and is not missing", async () => {
  answers = "no";
  assert.equal(await server.check(), false);
  assert.deepEqual([server.isHere, server.canStart, server.isMissing, server.state], [true, true, false, "asleep"]);
  assert.deepEqual(FakeHereServer.made, []);
});

test("where none answers and the page cannot run it, it is missing", async () => {
  answers = "no";
  isBuilt = false;
  assert.equal(await server.check(), false);
  assert.deepEqual([server.isHere, server.canStart, server.isMissing], [false, false, true]);
  assert.equal(server.whyMissing, "The server is away.");
});

test("nobody is told that it is away who is told next that it runs here", async () => {
  answers = "no";
  /** @type {string[]} */
  const told = [];
  server.addEventListener("change", () => told.push(server.state));
  await server.check();
  await turn();
  assert.deepEqual(new Set(told), new Set(["asleep"]));
});

test("one that has started in the page is asked for everything", async () => {
  answers = "no";
  await server.check();
  await startHere();
  assert.equal(await server.check(), true);
  server.open("ws://127.0.0.1:8001/ws/echo/");
  await server.fetch("/names/");
  assert.deepEqual(theWorker().asked.slice(1), [
    ["ws://127.0.0.1:8001/ws/echo/", []],
    ["/names/", {}],
  ]);
  assert.deepEqual(server.versions, { Channels: "4.3.2" });
});

test("before it has started in the page, a server that comes is used", async () => {
  answers = "no";
  await server.check();
  answers = "yes";
  await server.check();
  assert.deepEqual([server.isHere, server.isUp], [false, true]);
});

test("once it has started in the page, a server that comes takes nobody's conversation away", async () => {
  answers = "no";
  await server.check();
  await startHere();
  answers = "yes";
  await server.there.check();
  assert.deepEqual([server.isHere, server.isUp], [true, true]);
});

test("a server that dies leaves its place to the page", async () => {
  await server.check();
  answers = "no";
  await server.check();
  assert.deepEqual([server.isHere, server.canStart], [true, true]);
});

test("whoever presses before an answer has come has it in the page", async () => {
  answers = "in silence";
  void server.check();
  await server.hurry(["/ws/echo/"]);
  assert.deepEqual([server.isHere, server.state], [true, "starting"]);
});

test("unless the page cannot run just that: then the answer is waited for", async () => {
  answers = "in silence";
  let done = false;
  void server.hurry(["/ws/raw/"]).then(() => (done = true));
  await turn();
  assert.deepEqual([done, server.state, FakeHereServer.made], [false, "unknown", []]);
});

test("a reader moves it into the page while a server answers, and what is open is told", async () => {
  await server.check();
  let moved = 0;
  server.addEventListener("moved", () => moved++);
  assert.equal(await server.move("here"), true);
  assert.deepEqual([server.isHere, server.canStart, moved], [true, true, 1]);
  await startHere();
  assert.equal(await server.move("there"), true);
  assert.deepEqual([server.isHere, server.isUp, moved, theWorker().stopped], [false, true, 2, true]);
});

test("there is no moving to where nothing is", async () => {
  isBuilt = false;
  await server.check();
  assert.deepEqual([await server.move("here"), server.isHere], [false, false]);
  [isBuilt, answers] = [true, "no"];
  server = new SandboxServer(new FakeThere(), load);
  await server.check();
  assert.deepEqual([await server.move("there"), server.isHere], [false, true]);
});

test("the next page of this tab has it where the reader wanted it", async () => {
  await server.move("here");
  const next = new SandboxServer(new FakeThere(), load);
  assert.equal(await next.check(), false);
  assert.deepEqual([next.isHere, next.state, next.there.state], [true, "asleep", "up"]);
});

test("where storage is switched off, the choice is kept for the page", async () => {
  Object.assign(globalThis, { sessionStorage: noStorage });
  server = new SandboxServer(new FakeThere(), load);
  assert.equal(await server.move("here"), true);
  assert.equal(server.isHere, true);
});

test("what cannot be run in the page has a reason there, and none where a server answers", async () => {
  await server.check();
  assert.equal(server.whyNot(["/ws/raw/"], "It is code of its own."), "");
  answers = "no";
  await server.check();
  assert.equal(server.whyNot(["/ws/echo/", "/ws/raw/"], ""), "A page cannot open a TCP connection.");
  assert.equal(server.whyNot(["/ws/echo/"], "It is code of its own."), "It is code of its own.");
  assert.equal(server.whyNot(["/ws/echo/"], ""), "");
});
