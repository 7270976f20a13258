/**
 * What happened, in order, on one clock: a diagram with a lane for each half of the conversation, which is a table to
 * whoever hears it, and a plain list where there is no room for lanes.
 */

import { build, inPlace } from "../kit/dom.js";
import { arrange } from "./causal-order.js";
import { hidden, LANES, ShownLanes, toggles } from "./lanes.js";
import { makeReachable, walk } from "./roving-tabindex.js";
import { Row } from "./row.js";

/** @import {Happening, Lane} from "../notation/types.js" */

const LONGEST = 500;
const COLUMNS = ["milliseconds", "lane", "direction", "what happened", "detail"];

export class Timeline {
  /**
   * @param {string[]} clients
   * @param {boolean} sockets Whether there is a server's half to see.
   * @param {string} asked The lanes that the page asks for.
   */
  constructor(clients, sockets, asked) {
    this.clients = clients;
    this.sockets = sockets;
    this.lanes = new ShownLanes(asked);
    /** @type {Happening[]} */
    this.happenings = [];
    /** @type {Map<Happening, Row>} */
    this.rows = new Map();
    this.count = 0;
    this.start = 0;
    this.due = false;
    /** Whether to keep the end in sight. A whole run is read from its beginning. */
    this.following = false;
    /** Where each connection's state is shown. */
    this.states = build("span", { className: "live-states" });
    this.heads = build("div", { className: "live-heads" });
    this.heads.setAttribute("aria-hidden", "true");
    this.body = part("rowgroup", "live-rows");
    const columns = part("row", "live-heard", ...COLUMNS.map((name) => part("columnheader", "", name)));
    const table = part("table", "live-table", part("rowgroup", "", columns), this.body);
    table.setAttribute("aria-label", "What happened");
    this.empty = build("p", { className: "live-empty" }, "Nothing has happened yet.");
    // Not a stop of its own for the Tab key, as Firefox has it for what scrolls: its first entry is one.
    this.diagram = build("div", { className: "live-diagram", tabIndex: -1 }, this.heads, table, this.empty);
    this.foot = build("p", { className: "live-about" });
    this.about = "";
    const heading = build("p", { className: "live-heading" }, "What happened", this.states);
    this.element = build(
      "div",
      { className: "live-timeline" },
      heading,
      ...(sockets ? [toggles(this.lanes)] : []),
      this.diagram,
      this.foot,
    );
    this.lanes.addEventListener("change", () => this.#place());
    this.body.addEventListener("click", (event) => this.#toggle(this.#row(event)));
    this.body.addEventListener("keydown", (event) => walk(this.body, event));
    this.body.addEventListener("focusin", (event) => this.#light(this.#row(event)));
    this.body.addEventListener("pointerover", (event) => this.#light(this.#row(event)));
    this.body.addEventListener("focusout", () => this.#light(undefined));
    this.body.addEventListener("pointerleave", () => this.#light(undefined));
    this.#place();
  }

  /** The lanes that are open here. */
  get shown() {
    /** @type {Lane[]} */
    const alone = ["js"];
    return this.sockets ? this.lanes.list : alone;
  }

  clear() {
    this.happenings = [];
    this.rows.clear();
    this.body.replaceChildren();
    this.count = 0;
    this.following = false;
    this.#say();
  }

  /** @param {Happening} happening */
  add(happening) {
    if (this.count === 0) this.start = happening.at;
    this.count += 1;
    this.happenings.push(happening);
    const row = new Row(happening, this.start, this.clients.indexOf(happening.client));
    row.place(this.shown);
    this.rows.set(happening, row);
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => this.#show());
  }

  /** From now on, keep the end in sight: the reader's own doing is there. */
  follow() {
    this.following = true;
    this.showEnd();
  }

  showEnd() {
    this.diagram.scrollTop = this.diagram.scrollHeight;
  }

  /** Bring the rows into order. */
  #show() {
    this.due = false;
    const { scrollTop, scrollHeight, clientHeight } = this.diagram;
    const atEnd = scrollHeight - scrollTop - clientHeight < clientHeight;
    this.happenings = arrange(this.happenings);
    for (const old of this.happenings.splice(0, this.happenings.length - LONGEST)) {
      this.rows.get(old)?.element.remove();
      this.rows.delete(old);
    }
    let next = this.body.firstElementChild;
    for (const happening of this.happenings) {
      const element = /** @type {Row} */ (this.rows.get(happening)).element;
      if (element === next) next = next.nextElementSibling;
      else this.body.insertBefore(element, next);
    }
    this.#say();
    if (this.following && atEnd) this.showEnd();
  }

  /** @param {string} about What there is to say of how the server's half was observed. */
  observe(about) {
    this.about = about;
    this.#say();
  }

  #place() {
    const { shown } = this;
    this.element.style.setProperty("--lanes", String(Math.max(shown.length, 1)));
    this.heads.replaceChildren(build("span", {}, "ms"), ...shown.map((lane) => build("span", {}, LANES[lane].name)));
    this.rows.forEach((row) => row.place(shown));
    this.#say();
  }

  /** Say what is not there to be seen, and how the times came about. */
  #say() {
    this.empty.hidden = this.count > 0;
    /** @type {Map<Lane, number>} */
    const folded = new Map();
    for (const { lane } of this.happenings) {
      if (!this.shown.includes(lane)) folded.set(lane, (folded.get(lane) ?? 0) + 1);
    }
    const dropped = this.count > LONGEST ? `The first ${this.count - LONGEST} happenings are no longer shown.` : "";
    this.foot.textContent = [hidden(folded), dropped, this.count ? this.about : ""].filter(Boolean).join(" ");
    makeReachable(this.body);
  }

  /** @param {Event} event */
  #row({ target }) {
    const button = target instanceof Element ? target.closest(".live-entry") : null;
    return button ? Array.from(this.rows.values()).find((row) => row.button === button) : undefined;
  }

  /** @param {Row | undefined} row */
  #toggle(row) {
    const otherHalf = () => {
      for (const { connection, observed } of this.happenings) {
        const isHandshake = observed?.type === "handshake.request" || observed?.type === "handshake.response";
        if (isHandshake && connection === row?.happening.connection && observed !== row?.happening.observed)
          return observed;
      }
      return undefined;
    };
    if (row) void inPlace(row.button, () => row.toggle(otherHalf), this.diagram);
  }

  /**
   * Light what belongs to one crossing: the call, its frame, its event, its handler.
   * @param {Row | undefined} lit
   */
  #light(lit) {
    const crossing = lit?.happening.crossing;
    this.rows.forEach(({ element, happening }) =>
      element.classList.toggle("live-kin", !!crossing && happening.crossing === crossing),
    );
  }
}

/**
 * @param {string} role
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function part(role, className, ...children) {
  const element = build("div", { className }, ...children);
  element.setAttribute("role", role);
  return element;
}
