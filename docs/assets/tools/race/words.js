/** A race in words: one sentence or two, and the table that says what the picture shows. */

import { build } from "../../live/kit/dom.js";

/** @typedef {import("./load.js").Race} Race */

/** @param {number} number */
export const milliseconds = (number) => `${Math.round(number).toLocaleString("en")} ms`;

/** @param {Race} race */
export function inWords(race) {
  const { server, requests, wait_ms, workers } = race.load;
  const whose = server === "wsgi" ? `${workers} worker${workers === 1 ? "" : "s"}` : "one event loop";
  const name = server.toUpperCase();
  const load = `${requests} request${requests === 1 ? "" : "s"} of ${wait_ms} ms`;
  return `${name}, ${whose}, ${load}: ${milliseconds(race.took ?? 0)}. ${why(race)}`;
}

/** @param {Race} race */
function why(race) {
  const { server, requests, workers, how } = race.load;
  const waited = `the last to begin had waited ${milliseconds(race.longestQueue)}`;
  if (server === "wsgi") {
    if (requests <= workers) return "There was a worker for each call.";
    return `Each call occupied its worker; ${waited} for one.`;
  }
  if (how === "await") return "While a call awaited, the loop ran the others.";
  if (how === "blocking") return `Each call stopped the loop until it was done; ${waited}.`;
  return "The loop was free, but one thread made the blocking calls, one after another.";
}

/** @param {Race} race */
export function asTable(race) {
  const { server } = race.load;
  const rows = [...race.stretches.values()].map(({ call, worker, started_ms, ended_ms }) =>
    row("td", [String(call), worker, started_ms.toFixed(1), ended_ms?.toFixed(1) ?? ""]),
  );
  return build(
    "table",
    { className: "race-table" },
    build("caption", {}, `${server.toUpperCase()}, in milliseconds since the start`),
    build("thead", {}, row("th", ["call", server === "wsgi" ? "worker" : "where", "from", "to"])),
    build("tbody", {}, ...rows),
  );
}

/**
 * @param {"td" | "th"} tag
 * @param {string[]} cells
 */
function row(tag, cells) {
  return build("tr", {}, ...cells.map((text) => build(tag, tag === "th" ? { scope: "col" } : {}, text)));
}
