/** A conversation as a Django project: which files it has, and what is filled into them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { projectOf } from "#live/home/project.js";

/** What comes of a few lines and files, whatever they lack that it does not look at. */
const made = /** @type {any} */ (projectOf);

const catalog = {
  project: {
    "README.md": "# TITLE\n\nTEST\n",
    "mysite/settings.py": 'SECRET_KEY = "django-insecure-SECRET"\n',
  },
  requirements: "channels==4\n",
  files: { "sandboxes/__init__.py": "", "sandboxes/echo.py": "# echo\n", "sandboxes/whoami.py": "# who\n" },
  needs: { "sandboxes/echo.py": ["sandboxes/__init__.py", "sandboxes/echo.py"] },
  always: ["sandboxes/__init__.py"],
  loggingIn: ["sandboxes/whoami.py"],
  routes: [
    { protocol: "websocket", pattern: "^ws/echo/$", module: "sandboxes/echo.py" },
    { protocol: "websocket", pattern: "^ws/raw/$", module: "sandboxes/echo.py" },
  ],
};

const talk = (path, more = {}) => [
  { client: "", step: { do: "connect", path, origin: null, subprotocols: [], user: null, ...more } },
  { client: "", step: { do: "send", data: "hello", binary: false } },
];

test("a project has the sandbox, the transcript as its test, and a key of its own", () => {
  const { name, files, untested } = made(talk("/ws/echo/"), "Say $& it!", catalog, "s3cret");
  assert.equal(name, "say-it");
  assert.deepEqual(Object.keys(files).toSorted(), [
    "README.md",
    "mysite/settings.py",
    "requirements.txt",
    "sandboxes/__init__.py",
    "sandboxes/echo.py",
    "test_transcript.py",
  ]);
  assert.match(files["test_transcript.py"], /async def test_say_it\(\):/);
  assert.match(files["README.md"], /^# Say \$& it!\n\nTo run the transcript as a test/);
  assert.equal(files["mysite/settings.py"], 'SECRET_KEY = "django-insecure-s3cret"\n');
  assert.equal(untested, undefined);
});

test("what the reader has changed goes along", () => {
  const edited = { "sandboxes/echo.py": "# mine\n", "sandboxes/other.py": "# not of this project\n" };
  const { files } = made(talk("/ws/echo/"), "", catalog, "", edited);
  assert.equal(files["sandboxes/echo.py"], "# mine\n");
  assert.ok(!("sandboxes/other.py" in files));
});

test("who logs in gets the views for it", () => {
  assert.ok("sandboxes/whoami.py" in made(talk("/ws/echo/", { user: "alice" }), "", catalog, "").files);
});

test("what a test cannot say has a project without one, which says why", () => {
  const { files, untested } = made(talk("/ws/raw/"), "Bytes", catalog, "");
  assert.ok(!("test_transcript.py" in files));
  assert.match(untested, /a communicator there is none/);
  assert.ok(files["README.md"].includes(`It has no test. ${untested}`));
});

test("where nothing answers there is nothing to take home, nor where nothing has happened", () => {
  assert.match(made(talk("/ws/nowhere/"), "", catalog, "").why, /Nothing answers at these paths/);
  assert.match(made([], "", catalog, "").why, /Nothing has happened/);
});
