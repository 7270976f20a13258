/** What a witness saw, one line an event, as a WSGI server would have met it. */

import { build, facts } from "../../live/kit/dom.js";

/**
 * @typedef {{
 *   environ?: Record<string, unknown>, start_response?: [string, [string, string][]], chunk?: string, raised?: string,
 * }} Seen
 */

/**
 * @param {Seen} seen
 * @param {number} ms Since the button was pressed.
 */
export function line(seen, ms) {
  const time = build("span", { className: "witness-time" }, `${Math.round(ms)} ms`);
  const entry = build("li", {}, time);
  if (seen.raised !== undefined) entry.dataset.raised = "";
  entry.append(seen.environ ? call(seen.environ) : build("code", {}, inPython(seen)));
  return entry;
}

/** @param {Seen} seen */
function inPython({ start_response, chunk, raised }) {
  if (start_response) {
    const [status, headers] = start_response;
    const pairs = headers.map(([name, value]) => `("${name}", "${value}")`);
    return `start_response("${status}", [${pairs.join(", ")}])`;
  }
  return raised === undefined ? `body: b"${chunk}"` : raised;
}

/** @param {Record<string, unknown>} environ */
function call(environ) {
  /** @type {[string, string][]} */
  const pairs = Object.entries(environ).map(([key, value]) => [key, valueInWords(key, value)]);
  const summary = build("summary", {}, build("code", {}, "application(environ, start_response)"));
  return build("details", { className: "live-play" }, summary, facts(pairs));
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function valueInWords(key, value) {
  if (key === "wsgi.input" || key === "wsgi.errors") return `a ${value}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return Array.isArray(value) ? `(${value.join(", ")})` : String(value);
}
