/** Which entry of a page of error messages a reader means. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { find } from "#tools/find/matching.js";

const entries = [
  {
    messages: ["AppRegistryNotReady: Apps aren't loaded yet."],
    text: "AppRegistryNotReady: Apps aren't loaded yet. isort",
  },
  { messages: ["No route found for path 'ws/chat/lobby'."], text: "No route found for path 'ws/chat/lobby'. a slash" },
  {
    messages: ["Not Found: /ws/chat/lobby/", "Unexpected response code: 404"],
    text: "Not Found, a WSGI server, isort",
  },
];

test("a word, or the beginning of one, leaves the entries that have it", () => {
  assert.deepEqual(find(entries, "isort"), [0, 2]);
  assert.deepEqual(find(entries, "appreg"), [0]);
});

test("every word that is typed has to be there", () => {
  assert.deepEqual(find(entries, "slash path"), [1]);
});

test("a line of a log finds its entry, whatever path, time and traceback stand around it", () => {
  assert.deepEqual(find(entries, '[27/Nov 09:12] WARNING Not Found: /ws/room/garden/ "GET /ws/room/garden/ 404"'), [2]);
  assert.deepEqual(find(entries, "ValueError: No route found for path 'ws/rooms/garden/'."), [1]);
  assert.deepEqual(find(entries, 'File "asgi.py", line 8\ndjango…AppRegistryNotReady: Apps aren\'t loaded yet.'), [0]);
});

test("where no entry has all of it and none is quoted, those that share most are left", () => {
  assert.deepEqual(find(entries, "sorted by isort, alas"), [0, 2]);
});

test("nothing typed leaves all, and what stands nowhere leaves none", () => {
  assert.deepEqual(find(entries, "  "), [0, 1, 2]);
  assert.deepEqual(find(entries, "zzz"), []);
});
