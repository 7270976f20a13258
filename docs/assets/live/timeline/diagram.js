/** What the timeline consists of on the page: its heading, the grid that scrolls, what is said while it is empty and under it. */

import { build, inPlace } from "../kit/dom.js";
import { LANES } from "./lanes.js";

/** @import {Lane} from "../notation/types.js" */

/** What a wheel that counts in lines moves a page for each. */
const WHEEL_LINE_PX = 33;
const TITLE = "What happened";

export class Diagram {
  /**
   * @param {HTMLElement[]} toggles What opens and closes lanes.
   * @param {HTMLElement} stepper
   */
  constructor(toggles, stepper) {
    /** Where each connection's state is shown. */
    this.states = build("span", { className: "live-states" });
    this.heads = build("div", { className: "live-heads", role: "row" });
    this.body = build("div", { className: "live-rows", role: "rowgroup" });
    this.grid = build("div", { className: "live-grid", role: "grid", ariaLabel: TITLE }, this.heads, this.body);
    this.empty = build("p", { className: "live-empty" }, "Nothing has happened yet.");
    // Not a stop of its own for the Tab key, as Firefox has it for what scrolls: its first entry is one.
    this.scroller = build("div", { className: "live-diagram", tabIndex: -1 }, this.grid, this.empty);
    this.foot = build("p", { className: "live-about" });
    this.title = build("span", {}, TITLE);
    const heading = build("p", { className: "live-heading" }, this.title, this.states);
    const parts = [heading, ...toggles, this.scroller, stepper, this.foot];
    this.element = build("div", { className: "live-timeline live-nothing" }, ...parts);
    this.scroller.addEventListener("wheel", (event) => this.#passOn(event), { passive: false });
  }

  /**
   * Whoever scrolls through the page gets past the diagram; the wheel is the diagram's once the reader has pressed
   * something in it.
   * @param {WheelEvent} event
   */
  #passOn(event) {
    if (event.ctrlKey || event.deltaY === 0 || this.scroller.contains(document.activeElement)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE_PX;
    scrollBy({ top: event.deltaY * unit, behavior: "instant" });
  }

  /** Whether it shows how it went another time. */
  get isRecalled() {
    return this.element.classList.contains("live-recalled");
  }

  /** @param {string} heading When it went as it is shown now; empty for what happens here. */
  recall(heading) {
    this.element.classList.toggle("live-recalled", heading !== "");
    this.title.textContent = this.grid.ariaLabel = heading || TITLE;
  }

  /** @param {Lane[]} shown */
  showHeads(shown) {
    const heads = ["ms", ...shown.map((lane) => LANES[lane].name)];
    this.element.style.setProperty("--lanes", String(Math.max(shown.length, 1)));
    this.heads.replaceChildren(...heads.map((name) => build("span", { role: "columnheader" }, name)));
    this.grid.ariaColCount = String(heads.length);
  }

  /**
   * @param {boolean} empty
   * @param {string} words Under it.
   */
  say(empty, words) {
    this.empty.hidden = !empty;
    this.grid.hidden = empty;
    if (this.foot.textContent !== words) this.foot.textContent = words;
    if (!empty) this.#unfold();
  }

  /** There is something to see, for the first time: room for it, and what the reader has pressed stays where it is. */
  #unfold() {
    if (!this.element.classList.contains("live-nothing")) return;
    const act = () => this.element.classList.remove("live-nothing");
    const { activeElement } = document;
    const pressed = activeElement && this.element.parentElement?.contains(activeElement);
    if (pressed && activeElement instanceof HTMLElement) void inPlace(activeElement, act);
    else act();
  }

  /** How far it is scrolled: whether its last page is in sight. */
  get isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < clientHeight;
  }

  scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /**
   * Scroll no further than it takes to see a row.
   * @param {HTMLElement} row
   */
  scrollTo({ offsetTop, offsetHeight }) {
    const { scrollTop, clientHeight } = this.scroller;
    const top = offsetTop - this.heads.offsetHeight;
    const bottom = offsetTop + offsetHeight - clientHeight;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (bottom > scrollTop) this.scroller.scrollTop = bottom;
  }
}
