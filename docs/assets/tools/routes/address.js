/** From what a reader types to what a router compares: written by a browser, read by Daphne. */

import { server } from "../../live/places/server.js";

/**
 * @param {string} typed
 * @returns {{path: string, compared: string, query: string}} What to connect to, the path in the scope, and what
 *   is no part of it.
 */
export function readAddress(typed) {
  const path = typed.startsWith("/") ? typed : `/${typed}`;
  const { pathname, search } = new URL(server.origin + path);
  return { path, compared: decoded(asDaphneReads(pathname)), query: search };
}

/**
 * Daphne's parser takes what follows two slashes for the name of a host, and what follows a semicolon in the last
 * segment for parameters; neither is in the scope.
 * @param {string} pathname
 */
function asDaphneReads(pathname) {
  return pathname.replace(/^\/\/[^/]*/, "").replace(/;[^/]*$/, "");
}

/**
 * Percent-encoding taken away as Python's `unquote` does it, which never fails.
 * @param {string} path
 */
function decoded(path) {
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  return path.replace(/(%[0-9a-f]{2})+/gi, (run) =>
    utf8.decode(Uint8Array.from(run.slice(1).split("%"), (hex) => parseInt(hex, 16))),
  );
}
