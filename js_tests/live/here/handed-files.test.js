/** A worker that may fetch nothing gets the files of one folder from the page, and of no other. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { fetchHanded, handOut } from "#live/here/handed-files.js";

const FOLDER = new URL("http://127.0.0.1:8000/assets/here/");
const { fetch } = globalThis;

/** @type {MessagePort[]} */
const open = [];
afterEach(() => {
  globalThis.fetch = fetch;
  for (const port of open.splice(0)) port.close();
});

/** Both ends; the page's network answers so. @param {(url: string) => Response | Promise<Response>} answer */
function ends(answer) {
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return answer(String(url));
  };
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  handOut(FOLDER, port1);
  return { ask: fetchHanded(port2), asked, port1 };
}

test("a file comes as it is on the network: its bytes, its status and its type", async () => {
  const { ask, asked } = ends(() => new Response("bytes", { headers: { "content-type": "application/wasm" } }));
  const response = await ask(`${FOLDER}pyodide.asm.wasm`);
  assert.deepEqual([response.status, response.headers.get("content-type")], [200, "application/wasm"]);
  assert.equal(await response.text(), "bytes");
  assert.deepEqual(asked, [`${FOLDER}pyodide.asm.wasm`]);
});

test("one that is not there says so by its status", async () => {
  const { ask } = ends(() => new Response("no", { status: 404 }));
  assert.equal((await ask(`${FOLDER}packages.zip`)).status, 404);
});

test("an address leads to the folder, whatever else it says, and a name that is none leads nowhere", async () => {
  const { ask, asked } = ends(() => new Response("file"));
  await ask("https://elsewhere.example/else/project.zip");
  assert.deepEqual(asked, [`${FOLDER}project.zip`]);
  for (const name of ["", "..", "file.zip?stolen=1", "a%2fb.zip", ".."])
    await assert.rejects(ask(`${FOLDER}${name}`), /no such file/);
  assert.equal(asked.length, 1);
});

test("a network that fails is a request that fails", async () => {
  const { ask } = ends(() => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(ask(`${FOLDER}packages.zip`), { name: "TypeError", message: "packages.zip: Failed to fetch" });
});

test("an answer that breaks off is a body that breaks off", async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(Uint8Array.of(1));
    },
    pull(controller) {
      controller.error(new TypeError("broken"));
    },
  });
  const { ask } = ends(() => new Response(body));
  const response = await ask(`${FOLDER}packages.zip`);
  await assert.rejects(response.arrayBuffer(), /broken/);
});
