/** One of the ways as the tool shows it: what it has cost, when the last item came by it, and what went to and fro. */

import { build } from "../../live/kit/dom.js";

/** @import {Way} from "./ways.js" */

const LINES_KEPT = 60;

export class Panel {
  /** @param {string} title */
  constructor(title) {
    this.title = title;
    this.delay = build("p", { className: "three-ways-delay" });
    this.costs = build("p", { className: "three-ways-costs" });
    this.log = build("div", { className: "three-ways-log", tabIndex: 0 });
    this.log.setAttribute("role", "region"); // not a log: a poll every second is nothing to be read out
    this.log.setAttribute("aria-label", `${title}: what went to the server, and what came`);
    const heading = build("p", { className: "three-ways-name" }, title);
    this.element = build("section", { className: "three-ways-panel" }, heading, this.costs, this.delay, this.log);
    this.clear();
  }

  clear() {
    this.costs.textContent = "not open";
    this.log.replaceChildren();
    this.wait();
  }

  /** @param {Way} way */
  count({ requests, empty, bytes }) {
    const asked = `${requests} ${requests === 1 ? "request" : "requests"}`;
    this.costs.textContent = `${asked}${empty ? `, ${empty} for nothing` : ""}, ${bytes.toLocaleString("en")} bytes`;
  }

  wait() {
    this.delay.textContent = "–";
  }

  /** @param {number} lateMs After the first of the three. */
  arrived(lateMs) {
    this.delay.textContent = lateMs ? `${lateMs.toLocaleString("en")} ms later` : "first";
  }

  /** @param {string} line */
  add(line) {
    this.log.append(build("p", {}, line));
    while (this.log.children.length > LINES_KEPT) this.log.firstChild?.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }
}
