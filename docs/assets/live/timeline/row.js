/** One happening as a row of the diagram: its time, an arrow, what it was in its lane's column, and its detail. */

import { build } from "../kit/dom.js";
import { LANES } from "./lanes.js";
import { sentence } from "./sentence.js";

/** @import {HandshakeRequest, HandshakeResponse} from "../notation/contract.js" */
/** @import {Happening, Lane} from "../notation/types.js" */
/** @import {Source} from "./arrows.js" */

const LONGEST_LINE = 400;
const LONG_WORD = 14;
const GLYPH = { server: "→", page: "←", "": "" };

/**
 * Where it stands.
 * @typedef {object} Place
 * @property {Lane[]} shown
 * @property {Source} source
 * @property {number} index Among those that are shown.
 * @property {Happening | undefined} before The one before it among those.
 */

export class Row {
  /**
   * @param {Happening} happening
   * @param {number} start When the first one happened.
   * @param {number} who The number of its client, where there are several.
   */
  constructor(happening, start, who) {
    const { at, lane, client, toward, what, failed = false } = happening;
    this.happening = happening;
    this.arrow = build("div", { className: "live-arrow", ariaHidden: "true" }, GLYPH[toward]);
    const name = client ? [build("span", { className: "live-who", dataset: { who: String(who) } }, client), " "] : [];
    const line = what.length > LONGEST_LINE ? `${what.slice(0, LONGEST_LINE)}…` : what;
    this.button = build(
      "button",
      { type: "button", className: "live-entry", tabIndex: -1, ariaExpanded: "false" },
      build("code", {}, ...name, ...breakable(line)),
    );
    this.what = cell("live-what", this.button);
    const time = cell("live-time", (at - start).toFixed(at - start < 1000 ? 1 : 0));
    time.ariaColIndex = "1";
    this.element = build(
      "div",
      {
        className: "live-happening",
        role: "row",
        dataset: { lane, toward, type: failed ? "failed" : (happening.observed?.type ?? "") },
      },
      time,
      build("div", { className: "live-lane", ariaHidden: "true" }, LANES[lane].tag),
      this.arrow,
      this.what,
    );
    /** @type {HTMLElement | undefined} */
    this.detail = undefined;
    this.placed = "";
    /** @type {Happening | undefined} */
    this.before = undefined;
  }

  /**
   * Put it into its lane's column, with an arrow from where it came. Nothing is touched that stands as it should.
   * @param {Place} place
   */
  place({ shown, source, index, before }) {
    const placed = `${shown} ${source} ${index}`;
    if (before !== this.before || !this.placed) this.button.ariaLabel = sentence(this.happening, before);
    this.before = before;
    if (placed === this.placed) return;
    this.placed = placed;
    const at = shown.indexOf(this.happening.lane);
    const from = shown.indexOf(/** @type {Lane} */ (source));
    const { style } = this.element;
    this.element.hidden = at < 0;
    this.element.ariaRowIndex = String(index + 2); // the heads are the first
    this.what.ariaColIndex = String(at + 2);
    this.arrow.dataset.from = from < 0 ? source : "lane";
    style.setProperty("--at", String(at + 2));
    style.setProperty("--from", String((from < 0 ? at : Math.min(from, at)) + 2));
    style.setProperty("--span", String(from < 0 ? 1 : Math.abs(from - at) + 1));
  }

  /**
   * How it stands to what is pointed at, and to where the reader has stepped.
   * @param {{kin: boolean, now: boolean, later: boolean}} marks
   */
  mark({ kin, now, later }) {
    const { classList } = this.element;
    classList.toggle("live-kin", kin);
    classList.toggle("live-now", now);
    classList.toggle("live-later", later);
  }

  /**
   * Open the detail, or close it.
   * @param {() => HandshakeRequest | HandshakeResponse | undefined} otherHalf
   */
  async toggle(otherHalf) {
    const open = !this.detail;
    this.button.ariaExpanded = String(open);
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
 * Where a narrow lane may break a name: after a dot, and before a capital within what is long.
 * @param {string} line
 */
function breakable(line) {
  const words = line.split(/(?<=[.(])(?=[^)\d])/);
  const parts = words.flatMap((word) =>
    (/^\w+/.exec(word)?.[0] ?? "").length < LONG_WORD ? [word] : word.split(/(?<=[a-z])(?=[A-Z])/),
  );
  return parts.flatMap((part) => [part, build("wbr")]);
}

/**
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function cell(className, ...children) {
  return build("div", { className, role: "gridcell" }, ...children);
}
