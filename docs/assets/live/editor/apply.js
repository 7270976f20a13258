/** Puts what the reader has changed in the place of the server's own modules: of the one in this page, and of no other. */

import { server } from "../places/server.js";
import { edits } from "./kept-edits.js";

/** @import {Catalog} from "../catalog/catalog.js" */

/** The paths of what was put there before, and may be as it was by now. @type {Set<string>} */
const changed = new Set();

/**
 * @param {Catalog} catalog
 * @param {HTMLElement} status Where the start of the server is told.
 * @returns {Promise<{traceback: string}>} Empty, or why they cannot run: then those before go on running.
 */
export async function apply(catalog, status) {
  const mine = edits();
  const before = Object.fromEntries(Array.from(changed, (path) => [path, catalog.files[path] ?? ""]));
  for (const path of Object.keys(mine)) changed.add(path);
  return server.edit({ ...before, ...mine }, status);
}
