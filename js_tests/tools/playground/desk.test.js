/** Whatever is put on the desk, what the reader had there is not lost. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Desk } from "#tools/playground/desk.js";

import { FakeStorage, noStorage } from "../../live/places/stage.js";

const examples = ["One", "Two"].map((title) => ({
  title,
  files: { "consumers.py": `# ${title}\n`, "routing.py": "" },
  transcript: "connect /ws/\n",
}));
const [one, two] = /** @type {[typeof examples[0], typeof examples[0]]} */ (/** @type {unknown} */ (examples));
const strange = { ...one, title: "Strange" };

/** @param {unknown} storage */
const keepIn = (storage) => Object.assign(globalThis, { sessionStorage: storage });
beforeEach(() => void keepIn(new FakeStorage()));

/** What is kept, read anew. */
const reloaded = () => new Desk(examples);

test("it begins with the first example, and what is changed outlives a reload", () => {
  const desk = new Desk(examples);
  assert.equal(desk.work, one);
  desk.change("consumers.py", "# mine\n");
  desk.change("transcript", "GET /\n");
  const { work, begun, texts } = reloaded();
  assert.deepEqual(work, { ...one, files: { ...one.files, "consumers.py": "# mine\n" }, transcript: "GET /\n" });
  assert.deepEqual([begun, texts["consumers.py"], texts.transcript], [one, "# mine\n", "GET /\n"]);
});

test("another example puts the reader's own aside, and it comes back once", () => {
  const desk = new Desk(examples);
  desk.change("consumers.py", "# mine\n");
  desk.put(two);
  assert.deepEqual([desk.work, desk.begun, desk.canGoBack], [two, two, true]);
  desk.goBack();
  assert.deepEqual([desk.texts["consumers.py"], desk.begun, desk.canGoBack], ["# mine\n", one, false]);
  desk.goBack();
  assert.equal(desk.texts["consumers.py"], "# mine\n");
});

test("what nobody has changed is not put aside", () => {
  const desk = new Desk(examples);
  desk.put(two);
  assert.equal(desk.canGoBack, false);
});

test("what a link brought is kept when it is run, and the reader's own is put aside then", () => {
  const desk = new Desk(examples);
  desk.change("consumers.py", "# mine\n");
  desk.receive(strange);
  desk.change("transcript", "GET /strange/\n");
  assert.equal(reloaded().texts["consumers.py"], "# mine\n");
  assert.deepEqual([desk.own(), desk.own(), desk.isStrange], [true, false, false]);
  assert.equal(reloaded().texts.transcript, "GET /strange/\n");
  desk.goBack();
  assert.equal(reloaded().texts["consumers.py"], "# mine\n");
});

test("a link that is left has changed nothing", () => {
  const desk = new Desk(examples);
  desk.change("consumers.py", "# mine\n");
  desk.receive(strange);
  assert.ok(desk.canGoBack);
  desk.goBack();
  assert.deepEqual([desk.texts["consumers.py"], desk.isStrange], ["# mine\n", false]);
});

test("a module that is taken away comes back", () => {
  const desk = new Desk(examples);
  desk.change("more.py", "# more\n");
  desk.takeAway("more.py");
  assert.ok(!("more.py" in reloaded().texts));
  desk.goBack();
  assert.equal(desk.texts["more.py"], "# more\n");
});

test("where storage is switched off, or holds something else, it begins anew", () => {
  keepIn(noStorage);
  const desk = new Desk(examples);
  desk.change("consumers.py", "# mine\n");
  assert.equal(desk.texts["consumers.py"], "# mine\n");
  const storage = new FakeStorage();
  storage.setItem("playground", '{"files": 1}');
  keepIn(storage);
  assert.equal(new Desk(examples).work, one);
});
