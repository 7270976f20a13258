/**
 * The inside of an isolated worker. `make serve` and `make site` bundle it to one file (`makes` in mkdocs.yml): from in
 * there, nothing can be imported by its address.
 */

import { boundMemory } from "./bounded-memory.js";
import { fetchHanded } from "./handed-files.js";
import { Runtime } from "./runtime.js";

/** @param {MessageEvent<null>} event */
function begin({ ports }) {
  const [orders, files] = /** @type {[MessagePort, MessagePort]} */ (ports);
  const { fetch } = globalThis;
  boundMemory();
  // By this, Pyodide tells a classic worker, for which it has no way to import its modules; here there is one.
  Object.assign(globalThis, { importScripts: undefined });
  globalThis.fetch = fetchHanded(files);
  const runtime = new Runtime((message) => orders.postMessage(message), imported);
  orders.onmessage = ({ data }) => {
    if (data.do === "edit") globalThis.fetch = fetch; // nothing is handed out any more: the browser's own, and forbidden
    return runtime.receive(data);
  };
}

/**
 * A module that imports nothing.
 * @param {string} address
 */
async function imported(address) {
  const response = await globalThis.fetch(address); // which has counted it, and seen to it that it is there
  const script = new Blob([await response.arrayBuffer()], { type: "text/javascript" });
  return import(URL.createObjectURL(script));
}

/**
 * Python itself has crashed, while nobody waited for it: thrown, it is an error of the worker, of which its owner hears.
 * @param {PromiseRejectionEvent} event
 */
function crash({ reason }) {
  if (reason instanceof WebAssembly.RuntimeError) throw reason;
}

self.addEventListener("message", begin, { once: true });
self.addEventListener("unhandledrejection", crash);
