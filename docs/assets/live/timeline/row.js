/** One happening as a row of the diagram's table: its time, its lane, its direction, what it was, and its detail. */

import { build } from "../kit/dom.js";
import { LANES } from "./lanes.js";

/** @import {HandshakeRequest, HandshakeResponse} from "../notation/contract.js" */
/** @import {Happening, Lane} from "../notation/types.js" */

const LONGEST_LINE = 400;
const SPOKEN = { server: "to the server", page: "to the page", "": "" };
const GLYPH = { server: "→", page: "←", "": "" };

export class Row {
  /**
   * @param {Happening} happening
   * @param {number} start When the first one happened.
   * @param {number} who The number of its client, where there are several.
   */
  constructor(happening, start, who) {
    const { at, lane, client, toward, what, failed = false } = happening;
    this.happening = happening;
    const glyph = build("span", {}, GLYPH[toward]);
    glyph.setAttribute("aria-hidden", "true");
    this.arrow = cell("live-arrow", glyph, build("span", { className: "live-heard" }, SPOKEN[toward]));
    const name = client ? [build("span", { className: "live-who", dataset: { who: String(who) } }, client), " "] : [];
    const line = what.length > LONGEST_LINE ? `${what.slice(0, LONGEST_LINE)}…` : what;
    this.button = build(
      "button",
      { type: "button", className: "live-entry", tabIndex: -1 },
      build("code", {}, ...name, ...breakable(line)),
    );
    this.button.setAttribute("aria-expanded", "false");
    this.what = cell("live-what", this.button);
    this.element = build(
      "div",
      {
        className: "live-happening",
        dataset: { lane, toward, type: failed ? "failed" : (happening.observed?.type ?? "") },
      },
      cell("live-time", (at - start).toFixed(at - start < 1000 ? 1 : 0)),
      cell("live-lane", LANES[lane].tag),
      this.arrow,
      this.what,
    );
    this.element.setAttribute("role", "row");
    /** @type {HTMLElement | undefined} */
    this.detail = undefined;
  }

  /**
   * Put it into its lane's column, with an arrow from where it came.
   * @param {Lane[]} shown
   */
  place(shown) {
    const { lane, toward } = this.happening;
    const at = shown.indexOf(lane);
    const from = at + (toward === "server" ? -1 : 1);
    this.element.hidden = at < 0;
    this.element.style.setProperty("--at", String(at + 2));
    // What JavaScript calls begins there: its arrow leaves. Every other arrow arrives from the next lane, if that is open.
    const leaves = lane === "js" && toward === "server";
    const source = leaves || !shown[from] ? at : from;
    this.arrow.dataset.from = leaves ? "here" : source === at ? "hidden" : "lane";
    this.element.style.setProperty("--from", String(source + 2));
  }

  /**
   * Open the detail, or close it.
   * @param {() => HandshakeRequest | HandshakeResponse | undefined} otherHalf
   */
  async toggle(otherHalf) {
    const open = !this.detail;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) {
      this.detail?.remove();
      this.detail = undefined;
      return;
    }
    const detail = cell("live-detail", "…");
    this.detail = detail;
    this.element.append(detail);
    try {
      const { render } = await import("./detail.js");
      detail.replaceChildren(await render(this.happening, otherHalf));
    } catch (error) {
      detail.textContent = `This cannot be shown: ${error}`;
    }
  }
}

/**
 * Where a narrow lane may break a name: after a dot, before a capital.
 * @param {string} line
 */
function breakable(line) {
  return line.split(/(?<=[.(])(?=[^)\d])|(?<=[a-z])(?=[A-Z])/).flatMap((part) => [part, build("wbr")]);
}

/**
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function cell(className, ...children) {
  const element = build("div", { className }, ...children);
  element.setAttribute("role", "cell");
  return element;
}
