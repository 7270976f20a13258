/** The server in a plain worker: Node.js has no frames, and what is tested there is what runs inside. */

import { boundMemory } from "#live/here/bounded-memory.js";
import { Runtime } from "#live/here/runtime.js";

/**
 * Here Pyodide finds its files by itself, on the disk, where a page has addresses.
 * @param {string} address
 */
async function load(address) {
  const module = await import(address);
  const { loadPyodide } = module;
  if (!loadPyodide) return module;
  return { loadPyodide: (/** @type {object} */ options) => loadPyodide({ ...options, indexURL: undefined }) };
}

boundMemory();
const runtime = new Runtime((message) => self.postMessage(message), load);
self.addEventListener("message", ({ data }) => runtime.receive(data));
