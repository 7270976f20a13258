/**
 * `<tool-race data-kind="wsgi|asgi|both">`: requests that all arrive at once, answered by a WSGI server with so many
 * workers, by an ASGI server with one event loop, or by both in turn; drawn from the server's own clock as it happens.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { button, Tool } from "../tool.js";
import { chart } from "./chart.js";
import { HOW, Race } from "./load.js";
import { asTable, inWords } from "./words.js";

await adoptStyle(import.meta.url);

/** @typedef {import("./load.js").Load} Load */

const TITLES = {
  wsgi: "The race: requests that arrive together, and the workers that answer them",
  asgi: "The race: requests that arrive together, on one event loop",
  both: "The race: the same load for a WSGI server and for an ASGI server",
};
const LEGEND = {
  "race-queued": "has not begun",
  "race-occupied": "occupies its thread",
  "race-awaiting": "awaits, and occupies nothing",
};
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

class ToolRace extends Tool {
  paths = ["/ws/race/"];
  /** @type {WebSocket | undefined} */
  open = undefined;

  get kind() {
    return /** @type {keyof typeof TITLES} */ (this.dataset.kind ?? "wsgi");
  }

  render() {
    this.requests = number(8, 1, 50);
    this.wait = number(200, 10, 500);
    this.workers = number(1, 1, 8);
    this.how = build("select", {}, ...Object.entries(HOW).map(([value, text]) => build("option", { value }, text)));
    const fields = [labelled("requests, 1 to 50", this.requests), labelled("ms each, 10 to 500", this.wait)];
    if (this.kind !== "asgi") fields.push(labelled("WSGI workers, 1 to 8", this.workers));
    if (this.kind !== "wsgi") fields.push(labelled("each ASGI call", this.how, "live-wide"));
    const form = build("form", { className: "live-form race-form", noValidate: true }, ...fields);
    form.addEventListener("input", () => this.open || this.#prepare());
    form.addEventListener("submit", (event) => event.preventDefault());
    this.runButton = button("Run", () => void this.#run(), "live-run");
    this.stopButton = button("Stop", () => this.open?.close());
    this.stopButton.setAttribute("aria-disabled", "true");
    this.picture = build("div", { className: "race-picture" });
    this.picture.setAttribute("role", "img");
    this.picture.setAttribute("aria-label", "The calls on a time axis; the table below says the same.");
    this.table = build("div", { className: "race-tables", tabIndex: 0 });
    this.table.setAttribute("role", "group");
    this.table.setAttribute("aria-label", "All calls");
    const twin = build("details", { className: "live-play" }, build("summary", {}, "The same as a table"), this.table);
    this.#prepare();
    const title = build("figcaption", {}, TITLES[this.kind]);
    const bar = build("div", { className: "live-bar race-bar" }, this.runButton, this.stopButton);
    bar.append(...(this.result ? [this.result] : []));
    return [build("figure", { className: "live-transcript" }, title, form, this.picture, legend(this.kind)), bar, twin];
  }

  /** An empty axis for the load that the fields say. */
  #prepare() {
    /** @type {("wsgi" | "asgi")[]} */
    const servers = this.kind === "both" ? ["wsgi", "asgi"] : [this.kind];
    this.races = servers.map((name) => new Race(this.#load(name)));
    this.table?.replaceChildren(build("p", {}, "Nothing has run yet."));
    this.say("");
    this.#draw();
  }

  /**
   * @param {"wsgi" | "asgi"} server
   * @returns {Load}
   */
  #load(server) {
    const how = /** @type {import("./load.js").How} */ (this.how?.value);
    const [requests, wait_ms, workers] = [this.requests, this.wait, this.workers].map((field) => Number(field?.value));
    return { server, requests, wait_ms, workers, how };
  }

  async #run() {
    if (this.open) return;
    this.#prepare();
    if (!(await this.hasServer()) || this.open) return;
    this.say("Running.");
    const socket = this.socket("/ws/race/");
    this.#isOpen(socket);
    this.#animate();
    try {
      for (const race of this.races ?? []) await race.run(socket, () => STILL.matches && this.#draw());
      this.say((this.races ?? []).map(inWords).join(" "));
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
    socket.close();
    this.#isOpen(undefined);
    this.table?.replaceChildren(...(this.races ?? []).map(asTable));
    this.#draw();
  }

  /** @param {WebSocket | undefined} socket While it is there, a race is on. */
  #isOpen(socket) {
    this.open = socket;
    this.runButton?.setAttribute("aria-disabled", String(socket !== undefined));
    this.stopButton?.setAttribute("aria-disabled", String(socket === undefined));
  }

  #animate() {
    if (!this.open || STILL.matches || this.signal.aborted) return;
    this.#draw();
    requestAnimationFrame(() => this.#animate());
  }

  #draw() {
    this.picture?.replaceChildren(chart(this.races ?? [], "Press Run. The server makes the calls, and times them."));
  }
}

/**
 * @param {number} value
 * @param {number} min
 * @param {number} max
 */
function number(value, min, max) {
  return build("input", { type: "number", value: String(value), min: String(min), max: String(max), required: true });
}

/** @param {string} kind */
function legend(kind) {
  const meanings = Object.entries(LEGEND).slice(0, kind === "wsgi" ? 2 : 3);
  const entries = meanings.map(([mark, words]) => build("li", {}, build("span", { className: mark }), words));
  return build("ul", { className: "race-legend" }, ...entries);
}

customElements.define("tool-race", ToolRace);
