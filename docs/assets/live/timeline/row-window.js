/**
 * The rows that are in the document. Of a short conversation all are; of a long one, those near what can be seen, with
 * room above and below for the rest, so that ten thousand cost no more than a hundred and all can be scrolled to.
 */

import { build } from "../kit/dom.js";

/** @import {Happening} from "../notation/types.js" */
/** @import {Row} from "./row.js" */

/** As many are in the document all together. */
export const WHOLE = 200;
/** Of more, so many are: several times what can be seen at once. */
const SPAN = 60;
/** How near the edge of what is there the reader may come, px, before there is more. */
const NEAR = 200;
const ROW_PX = 30;

export class RowWindow {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} body Holds the rows.
   * @param {(happening: Happening) => Row} make
   */
  constructor(scroller, body, make) {
    this.scroller = scroller;
    this.body = body;
    this.make = make;
    this.above = build("div", { ariaHidden: "true" });
    this.below = build("div", { ariaHidden: "true" });
    body.before(this.above);
    body.after(this.below);
    /** Those of the window, and those that have a detail open. @type {Map<Happening, Row>} */
    this.rows = new Map();
    /** @type {WeakMap<Element, Row>} */
    this.byElement = new WeakMap();
    /** @type {Happening[]} */
    this.list = [];
    this.from = 0;
    this.to = 0;
    /** Whether all are to be in the document, however many there are: paper cannot be scrolled. */
    this.all = false;
    /** The height of a row, as far as is known. */
    this.average = ROW_PX;
  }

  /** @returns {Row[]} Those that are in the document, in order. */
  get shown() {
    return this.list.slice(this.from, this.to).flatMap((happening) => this.rows.get(happening) ?? []);
  }

  clear() {
    this.rows.clear();
    this.body.replaceChildren();
    this.list = [];
    this.from = this.to = 0;
  }

  /**
   * The list has changed.
   * @param {Happening[]} list
   * @param {boolean} toEnd Whether its end is to be there, or else what is there now.
   */
  update(list, toEnd) {
    const first = this.list[this.from];
    this.list = list;
    if (this.all || list.length <= WHOLE) this.#put(0, list.length);
    else this.#put(toEnd ? list.length : indexOf(list, first));
  }

  /**
   * See to it that one of the list is in the document.
   * @param {Happening} happening
   */
  reach(happening) {
    const index = this.list.indexOf(happening);
    if (index < this.from || index >= this.to) this.#put(index - SPAN / 2);
    return this.rows.get(happening);
  }

  /**
   * The reader has scrolled: have more where they are coming to, and move nothing that they see.
   * @returns {boolean} Whether other rows are in the document now.
   */
  look() {
    if (this.to - this.from === this.list.length) return false;
    const { scrollTop, clientHeight } = this.scroller;
    const top = this.body.offsetTop;
    const height = this.body.offsetHeight;
    const enoughAbove = this.from === 0 || scrollTop - top > NEAR;
    const enoughBelow = this.to === this.list.length || top + height - scrollTop - clientHeight > NEAR;
    if (enoughAbove && enoughBelow) return false;
    this.average = height / (this.to - this.from);
    const seen = this.shown.find(({ element }) => element.offsetTop + element.offsetHeight > scrollTop);
    const isNear = seen && scrollTop + clientHeight > top;
    if (!isNear) {
      this.#jump(Math.floor((scrollTop - this.above.offsetTop) / this.average));
      return true;
    }
    const before = seen.element.offsetTop;
    this.#put(this.list.indexOf(seen.happening) - SPAN / 3);
    this.scroller.scrollTop = scrollTop + seen.element.offsetTop - before;
    return true;
  }

  /** @param {number} index */
  #jump(index) {
    this.#put(index - SPAN / 3);
    const row = this.rows.get(/** @type {Happening} */ (this.list[Math.min(index, this.list.length - 1)]));
    if (row && this.from > 0) this.scroller.scrollTop = row.element.offsetTop - this.above.offsetTop;
  }

  /**
   * Have the rows of a part of the list in the document, and no others.
   * @param {number} from
   * @param {number} [length]
   */
  #put(from, length = SPAN) {
    this.from = Math.round(Math.max(0, Math.min(from, this.list.length - length)));
    this.to = Math.min(this.from + length, this.list.length);
    const wanted = new Set(this.list.slice(this.from, this.to));
    const hadFocus = this.body.contains(document.activeElement);
    this.rows.forEach((row, happening) => {
      if (wanted.has(happening)) return;
      row.element.remove();
      if (!row.detail) this.rows.delete(happening);
    });
    let next = this.body.firstElementChild;
    for (const happening of wanted) {
      const { element } = this.rows.get(happening) ?? this.#made(happening);
      if (element === next) next = next.nextElementSibling;
      else this.body.insertBefore(element, next);
    }
    this.above.style.height = `${this.from * this.average}px`;
    this.below.style.height = `${(this.list.length - this.to) * this.average}px`;
    if (hadFocus && !this.body.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
  }

  /** @param {Happening} happening */
  #made(happening) {
    const row = this.make(happening);
    this.rows.set(happening, row);
    this.byElement.set(row.element, row);
    return row;
  }
}

/**
 * Where one stands in the list or, if it does not, where it would.
 * @param {Happening[]} list
 * @param {Happening | undefined} happening
 */
function indexOf(list, happening) {
  if (!happening) return 0;
  const at = list.indexOf(happening);
  return at < 0 ? list.findIndex((other) => other.at >= happening.at) : at;
}
