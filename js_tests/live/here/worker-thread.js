/** The inside of a NodeWorker: what a module finds in a browser's worker, and files where a page has addresses. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

Object.assign(globalThis, {
  self: globalThis,
  postMessage: (/** @type {unknown} */ message) => port.postMessage(message),
  addEventListener: (/** @type {string} */ type, /** @type {(event: {data: unknown}) => void} */ listener) =>
    port.on(type, (data) => listener({ data })),
  fetch: async (/** @type {string | URL} */ address) => new Response(await readFile(fileURLToPath(address))),
});
console.debug = console.error; // what a test prints is its own
// Without JSPI, as some browsers are.
if (process.env.WITHOUT_JSPI) {
  for (const name of ["Suspending", "promising"]) Reflect.deleteProperty(WebAssembly, name);
}
await import(workerData.url);
