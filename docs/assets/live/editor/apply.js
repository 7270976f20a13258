/** Puts what is to run in the place of the server's own modules: of the one in this page, and of no other. */

import { server } from "../places/server.js";
import { edits } from "./kept-edits.js";

/** @import {Catalog} from "../catalog/catalog.js" */

/** The paths of what was put there before, and may be as it was by now. @type {Set<string>} */
const changed = new Set();

/**
 * @param {Catalog} catalog
 * @param {HTMLElement} status Where the start of the server is told.
 * @param {Readonly<Record<string, string>>} [texts] By their paths; all other modules are the server's own. What the reader
 *   has changed, if nothing is said.
 * @returns {Promise<{traceback: string}>} Empty, or why they cannot run: then those before go on running.
 */
export async function apply(catalog, status, texts = edits()) {
  const before = Object.fromEntries(Array.from(changed, (path) => [path, catalog.files[path] ?? ""]));
  for (const path of Object.keys(texts)) changed.add(path);
  return server.edit({ ...before, ...texts }, status);
}
