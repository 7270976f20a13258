/** A HereServer in Node.js, whose files are those of the folder that HERE_FILES names. */

import { pathToFileURL } from "node:url";
import { NodeWorker } from "./node-worker.js";

export const ORIGIN = "http://127.0.0.1:8000";

Object.assign(globalThis, { location: new URL(`${ORIGIN}/`) });
const { HereServer } = await import("#live/here/here-server.js");

const WORKER = new URL("./plain-worker.js", import.meta.url);

export function here() {
  return new HereServer(pathToFileURL(`${process.env.HERE_FILES}/`), () => new NodeWorker(WORKER));
}

/**
 * The next event of a type, or of several.
 * @param {EventTarget} target
 * @param {...string} types
 * @returns {Promise<any>}
 */
export function next(target, ...types) {
  return new Promise((resolve) => {
    for (const type of types) target.addEventListener(type, resolve, { once: true });
  });
}
