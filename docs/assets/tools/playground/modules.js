/** A playground's modules, where the server and a project find them. */

import { PACKAGE } from "./work.js";

/** @import {Catalog} from "../../live/catalog/catalog.js" */
/** @import {Work} from "./work.js" */

/** The first by its name: its routes are in front of all others. */
const SANDBOX = "sandbox_server/sandboxes/aa_playground.py";

const ROUTES = `"""The playground's routes, in front of all others."""

from ${PACKAGE} import routing

websocket_urlpatterns = getattr(routing, "websocket_urlpatterns", [])
urlpatterns = getattr(routing, "urlpatterns", [])
`;

/** As if it were not there. */
const GONE = 'raise ModuleNotFoundError("this module has been taken away")\n';

/** What takes the playground's routes out of a server. */
export const NONE = { [SANDBOX]: "" };

/**
 * By their paths in the project.
 * @param {Work} work
 * @param {Iterable<string>} before The names of those that the server has had before.
 * @returns {Record<string, string>}
 */
export function modulesOf({ files }, before = []) {
  const named = Object.entries({ ...Object.fromEntries(Array.from(before, (name) => [name, GONE])), ...files });
  const mine = named.map(([name, text]) => [pathOf(name), text]);
  return { [pathOf("__init__.py")]: "", ...Object.fromEntries(mine), [SANDBOX]: ROUTES };
}

/** @param {string} name */
export function pathOf(name) {
  return `${PACKAGE}/${name}`;
}

/**
 * The catalog of a server that has these modules: whatever a conversation asks for is theirs.
 * @param {Catalog} catalog
 * @param {Work} work
 * @returns {Catalog}
 */
export function catalogWith(catalog, work) {
  const files = modulesOf(work);
  return {
    ...catalog,
    files: { ...catalog.files, ...files },
    needs: { ...catalog.needs, [SANDBOX]: Object.keys(files) },
    routes: [
      { protocol: "websocket", pattern: "", module: SANDBOX },
      { protocol: "http", pattern: "", module: SANDBOX },
    ],
  };
}

/**
 * Where in these modules a traceback ends.
 * @param {string} traceback
 * @returns {{name: string, line: number} | undefined}
 */
export function placeIn(traceback) {
  const frames = Array.from(
    traceback.matchAll(new RegExp(`^ {2}File "(?:.*/)?${PACKAGE}/(\\w+\\.py)", line (\\d+)`, "gm")),
  );
  const [, name, line] = frames.at(-1) ?? [];
  return name === undefined ? undefined : { name, line: Number(line) };
}
