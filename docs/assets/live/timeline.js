/** What happened, in order, with times: a list, and one lane a client where there are several. */

import { build } from "./dom.js";

/** @import {Happening} from "./types.js" */

const LONGEST = 300;

export class Timeline {
  /** @param {string[]} clients */
  constructor(clients) {
    this.clients = clients;
    this.list = build("ol", { className: "live-happenings" });
    this.list.setAttribute("role", "list");
    this.list.setAttribute("aria-label", "What happened");
    this.list.tabIndex = 0; // it scrolls, so the keyboard must be able to reach it
    this.dropped = build("p", { className: "live-dropped", hidden: true });
    const heads = clients.filter(Boolean).map((name) => build("span", {}, name));
    this.heads = build("div", { className: "live-lanes", hidden: heads.length === 0 }, build("span", {}, "ms"), ...heads);
    this.heads.setAttribute("aria-hidden", "true");
    this.empty = build("p", { className: "live-empty" }, "Nothing has happened yet.");
    /** Where each connection's state is shown. */
    this.states = build("span", { className: "live-states" });
    const heading = build("p", { className: "live-heading" }, "What happened", this.states);
    this.element = build("div", { className: "live-timeline" }, heading, this.heads, this.dropped, this.empty, this.list);
    this.element.style.setProperty("--lanes", String(clients.length));
    this.start = 0;
    this.count = 0;
  }

  clear() {
    this.list.replaceChildren();
    this.dropped.hidden = true;
    this.empty.hidden = false;
    this.count = 0;
  }

  /** @param {Happening} happening */
  add({ at, client, way, what }) {
    if (this.count === 0) this.start = at;
    this.count += 1;
    this.empty.hidden = true;
    const time = build("span", { className: "live-time" }, `${Math.round(at - this.start)}`);
    const arrow = build("span", { className: "live-arrow" }, way === "out" ? "→" : "←");
    arrow.setAttribute("aria-hidden", "true");
    const heard = build("span", { className: "live-heard" }, `ms, ${client || "page"} ${way === "out" ? "does" : "hears"}: `);
    const who = client ? build("span", { className: "live-who" }, client) : "";
    const happened = build("span", { className: "live-what" }, who, arrow, build("code", {}, what));
    const item = build("li", { dataset: { way } }, time, heard, happened);
    item.style.setProperty("--lane", String(this.clients.indexOf(client) + 2));
    this.list.append(item);
    if (this.list.children.length > LONGEST) {
      this.list.firstElementChild?.remove();
      this.dropped.hidden = false;
      this.dropped.textContent = `The first ${this.count - LONGEST} happenings are no longer shown.`;
    }
    this.list.scrollTop = this.list.scrollHeight;
  }
}
