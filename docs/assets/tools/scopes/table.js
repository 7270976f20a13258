/** Two scopes side by side: each key, its value over HTTP and over the WebSocket, and how the two compare. */

import { build } from "../../live/kit/dom.js";

/** @import {Headers, Scope} from "./calls.js" */

/** @typedef {{[key: string]: string}} Values */

/** The keys that the ASGI specification has for the two types of scope, in the order of this table. */
const SPECIFIED = [
  "type",
  "asgi",
  "http_version",
  "method",
  "scheme",
  "path",
  "raw_path",
  "query_string",
  "root_path",
  "headers",
  "client",
  "server",
  "subprotocols",
  "extensions",
  "state",
]; // prettier-ignore

/** Keys that are none of the specification's: which layer in front of the application has added them. */
const LAYERS = /** @type {Values} */ ({
  path_remaining: "URLRouter",
  url_route: "URLRouter",
  cookies: "CookieMiddleware",
  session: "SessionMiddleware",
  user: "AuthMiddleware",
});

const EXPECTED = [...SPECIFIED.filter((key) => key !== "state"), ...Object.keys(LAYERS)];

/**
 * An empty table.
 * @param {string} caption
 * @param {string} first what the first column holds
 */
export function comparison(caption, first) {
  const columns = [first, "HTTP", "WebSocket", "compared"];
  const head = build("tr", {}, ...columns.map((name) => cell("th", "columnheader", name)));
  head.setAttribute("role", "row");
  const rows = build("tbody");
  const table = build(
    "table",
    { className: "scopes-table" },
    build("caption", {}, caption),
    build("thead", {}, head),
    rows,
  );
  // On a narrow screen the style makes blocks of the rows, which must stay rows to those who hear them.
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
  return table;
}

/**
 * @param {HTMLTableElement} table
 * @param {string[]} keys
 * @param {Values | null} http null: not known yet
 * @param {Values | null} webSocket
 */
export function fill(table, keys, http, webSocket) {
  const rows = keys.map((key) => {
    const mark = http && webSocket ? compared(http[key], webSocket[key]) : "";
    const name = cell("th", "rowheader", build("code", {}, key));
    if (LAYERS[key]) name.append(build("small", {}, `added by ${LAYERS[key]}`));
    const row = build("tr", { dataset: { mark } }, name, value(http, key, "HTTP"), value(webSocket, key, "WebSocket"));
    row.append(cell("td", "cell", mark));
    row.setAttribute("role", "row");
    return row;
  });
  table.tBodies[0]?.replaceChildren(...rows);
}

/**
 * The keys of either scope: the specification's in its order, then those that layers have added. If there is no scope
 * yet, those to expect.
 * @param {Scope | null} http
 * @param {Scope | null} webSocket
 */
export function keysOf(http, webSocket) {
  if (!http && !webSocket) return EXPECTED;
  const all = Object.keys({ ...http, ...webSocket });
  const known = [...SPECIFIED, ...Object.keys(LAYERS)];
  return [...known.filter((key) => all.includes(key)), ...all.filter((key) => !known.includes(key))];
}

/**
 * The values of a scope for one row each; the headers, which have a table of their own, are counted.
 * @param {Scope} scope
 * @returns {Values}
 */
export function values(scope) {
  const entries = Object.entries(scope).map(([key, value]) => {
    return [key, typeof value === "string" ? value : `${value.length} pairs of bytes, below`];
  });
  return Object.fromEntries(entries);
}

/**
 * The headers of a scope by name; one that came twice has both values.
 * @param {Scope} scope
 * @returns {Values}
 */
export function headers(scope) {
  /** @type {Values} */
  const found = {};
  for (const [name, value] of /** @type {Headers} */ (scope.headers)) {
    found[name] = name in found ? `${found[name]}, ${value}` : value;
  }
  return found;
}

/**
 * @param {string | undefined} http
 * @param {string | undefined} webSocket
 */
function compared(http, webSocket) {
  if (webSocket === undefined) return "HTTP only";
  if (http === undefined) return "WebSocket only";
  return http === webSocket ? "same" : "differs";
}

/**
 * @param {Values | null} scope
 * @param {string} key
 * @param {string} label
 */
function value(scope, key, label) {
  const known = scope?.[key];
  const shown = known === undefined ? build("span", {}, scope ? "absent" : "…") : build("code", {}, known);
  const element = cell("td", "cell", shown);
  element.dataset.label = label;
  return element;
}

/**
 * @param {"td" | "th"} tag
 * @param {string} role
 * @param {Node | string} content
 */
function cell(tag, role, content) {
  const element = build(tag, {}, content);
  element.setAttribute("role", role);
  return element;
}
