/** A playground's modules: what may be in one, where they go, what a link holds, and where a traceback leads. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { LinkError } from "#live/kit/packed.js";
import { readWorkLink, workLink } from "#tools/playground/link.js";
import { catalogWith, modulesOf, NONE, placeIn } from "#tools/playground/modules.js";
import { isSame, readWork, whyNotAdded } from "#tools/playground/work.js";

const PAGE = "http://127.0.0.1:8000/playground/";
const work = {
  title: "An echo",
  files: { "consumers.py": "class Echo: ...\n", "routing.py": "websocket_urlpatterns = []\n" },
  transcript: "connect /ws/echo/\n",
};
const GLUE = "sandbox_server/sandboxes/aa_playground.py";

/** A link as anybody can make one, whatever it holds. @param {unknown} content */
async function forged(content, version = "1") {
  const compressed = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `#playground=${version}.${Buffer.from(await new Response(compressed).arrayBuffer()).toString("base64url")}`;
}

test("a link carries all of it", async () => {
  const link = await workLink(work, PAGE);
  assert.ok(link.startsWith(`${PAGE}#playground=1.`));
  assert.deepEqual(await readWorkLink(new URL(link).hash), work);
});

test("what is damaged, or holds what no playground has, is called damaged", async () => {
  const strange = [
    null,
    { ...work, files: {} },
    { ...work, files: { "../settings.py": "" } },
    { ...work, files: { "a/b.py": "" } },
    { ...work, files: Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`m${at}.py`, ""])) },
    { ...work, title: "t".repeat(101) },
    { ...work, transcript: "\n".repeat(2000) },
    { ...work, transcript: 1 },
  ];
  for (const hash of ["#playground=1.@", ...(await Promise.all(strange.map((one) => forged(one))))])
    await assert.rejects(readWorkLink(hash), (error) => error instanceof LinkError && /damaged/.test(error.message));
});

test("a link of another version says so, and one that is too long is not even read", async () => {
  await assert.rejects(readWorkLink(await forged(work, "2")), /another version/);
  await assert.rejects(readWorkLink(`#playground=1.${"a".repeat(9000)}`), /longer/);
});

test("the modules are a package, and its routes are in front of all others", () => {
  const modules = modulesOf(work);
  assert.deepEqual(Object.keys(modules), [
    "playground/__init__.py",
    "playground/consumers.py",
    "playground/routing.py",
    GLUE,
  ]);
  assert.match(modules[GLUE] ?? "", /^from playground import routing$/m);
  assert.deepEqual(NONE, { [GLUE]: "" });
});

test("a module that was taken away is as if it were not there", () => {
  const modules = modulesOf(work, ["old.py", "routing.py"]);
  assert.match(modules["playground/old.py"] ?? "", /^raise ModuleNotFoundError/);
  assert.equal(modules["playground/routing.py"], "websocket_urlpatterns = []\n");
});

test("a project of them needs them, whatever its transcript asks for", () => {
  const catalog = {
    project: {},
    requirements: "",
    files: { "a.py": "" },
    needs: {},
    always: [],
    loggingIn: [],
    routes: [],
  };
  const { files, needs, routes } = catalogWith(catalog, work);
  assert.ok("a.py" in files && "playground/consumers.py" in files);
  assert.deepEqual(needs[GLUE], Object.keys(modulesOf(work)));
  assert.deepEqual(
    routes.map(({ protocol, module }) => [protocol, module]),
    [
      ["websocket", GLUE],
      ["http", GLUE],
    ],
  );
});

test("a traceback leads to the innermost of its lines", () => {
  const traceback = `Traceback (most recent call last):
  File "/packages.zip/channels/consumer.py", line 60, in __call__
  File "playground/routing.py", line 3, in <module>
    from .consumers import Echo
  File "playground/consumers.py", line 7, in receive
    raise LookupError
LookupError
`;
  assert.deepEqual(placeIn(traceback), { name: "consumers.py", line: 7 });
  assert.equal(placeIn('  File "sandbox_server/asgi.py", line 1'), undefined);
});

test("a module may be added under a name of its own", () => {
  assert.equal(whyNotAdded("handlers.py", work), "");
  for (const name of ["", "handlers", "Handlers.py", "a b.py", "../x.py", "1.py"])
    assert.match(whyNotAdded(name, work), /small letters/);
  assert.match(whyNotAdded("routing.py", work), /already/);
  const full = { ...work, files: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`m${at}.py`, ""])) };
  assert.match(whyNotAdded("one_more.py", full), /12 modules/);
});

test("what is the same is known", () => {
  assert.ok(isSame(work, readWork(structuredClone(work))));
  assert.ok(!isSame(work, { ...work, transcript: "" }));
});
