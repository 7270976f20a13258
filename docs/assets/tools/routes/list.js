/** A list of routes as the source prints them, and what became of each for one path. It changes in its place. */

import { build } from "../../live/kit/dom.js";

/**
 * What the server says of a route.
 * @typedef {object} Note
 * @property {string} function path or re_path.
 * @property {string} pattern
 * @property {string | null} to The name of the route; null where another router stands.
 * @property {string} outcome
 * @property {string} why A sentence; what is code stands between backticks.
 * @property {Note[]} inside The routes of the router that stands there.
 */

const SIGNS = /** @type {Record<string, string>} */ ({
  "takes it": "✓",
  "no match": "✗",
  "not tried": "–",
  "hands on": "↳",
  "gave back": "↩",
});

export class RouteList {
  constructor() {
    this.element = build("ol", { className: "routes-list" });
  }

  /** @param {Note[]} notes */
  show(notes) {
    fill(this.element, notes);
  }
}

/**
 * @param {Element} list
 * @param {Note[]} notes
 */
function fill(list, notes) {
  if (list.children.length !== notes.length) list.replaceChildren(...notes.map(row));
  notes.forEach((note, number) => {
    const item = /** @type {HTMLElement} */ (list.children[number]);
    const [outcome, why] = item.querySelectorAll(":scope > .routes-said > *");
    item.dataset.outcome = note.outcome;
    outcome.textContent = `${SIGNS[note.outcome]} ${note.outcome}`;
    why.replaceChildren(...withCode(note.why));
    const inside = item.querySelector("ol");
    if (inside) fill(inside, note.inside);
  });
}

/** @param {Note} note */
function row(note) {
  const said = build("p", { className: "routes-said" }, build("strong"), " ", build("span"));
  const code = build("code", {}, ...written(note).map((part) => build("span", {}, part)));
  const item = build("li", { className: "routes-route" }, code, said);
  if (note.inside.length) item.append(build("ol", { className: "routes-list" }));
  return item;
}

/**
 * As it stands in the source, in parts: a line may break between them.
 * @param {Note} note
 */
function written(note) {
  const [opening, capture] = note.function === "path" ? ['path("', /(?=<)/] : ['re_path(r"', /(?=\()/];
  const target = note.to === null ? "URLRouter([…])" : `to("${note.to}")`;
  const parts = `${note.pattern}", `.split(capture);
  return [opening + parts[0], ...parts.slice(1), `${target})`];
}

/**
 * Text and, between backticks, code.
 * @param {string} sentence
 */
export function withCode(sentence) {
  return sentence.split("`").map((part, number) => (number % 2 ? build("code", {}, part) : part));
}
