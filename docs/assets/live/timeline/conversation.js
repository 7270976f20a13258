/**
 * What has happened, in order, and who has seen what of it. Bounded: of a conversation without end, the oldest is let
 * go. Sans page. What is told is put into order when somebody asks, so that a thousand happenings of one moment are
 * sorted once.
 */

import { arrange } from "./causal-order.js";

/** @import {Happening, Lane} from "../notation/types.js" */

/** Happenings that are kept: hours of talking by hand. */
export const LONGEST = 10_000;
/** Characters in them, as they are shown: with all that is known of each, some 50 MB of what the page may hold. */
export const LARGEST = 8_000_000;
/** How much later than its time something may be told and still find its place. The clocks agree to a few ms. */
const SLACK_MS = 50;

export class Conversation {
  /** @type {Happening[]} In order. */
  #ordered = [];
  /** @type {Happening[]} Since then, as told. */
  #told = [];
  /** @type {Map<string, Set<Lane>>} */
  #seen = new Map();
  #size = 0;
  /** How many there have been in all. */
  count = 0;
  /** When the first one happened. */
  start = 0;

  /** @param {Happening} happening */
  add(happening) {
    if (this.count === 0) this.start = happening.at;
    this.count += 1;
    this.#told.push(happening);
    const { crossing, lane, what } = happening;
    this.#size += what.length;
    if (!crossing) return;
    const lanes = this.#seen.get(crossing);
    if (lanes) lanes.add(lane);
    else this.#seen.set(crossing, new Set([lane]));
  }

  /** All that is kept, in order. Do not change it. */
  get happenings() {
    if (this.#told.length) this.#settle();
    return this.#ordered;
  }

  /** How many at the beginning have been let go. */
  get dropped() {
    return this.count - this.happenings.length;
  }

  /**
   * The lanes in which a crossing has been seen.
   * @param {Happening} happening
   * @returns {Set<Lane>}
   */
  seen({ crossing }) {
    return this.#seen.get(crossing ?? "") ?? new Set();
  }

  /** Sort in what was told: only the end is moved about, from where the oldest of the new belongs. */
  #settle() {
    const told = this.#told;
    this.#told = [];
    const soonest = told.reduce((least, { at }) => Math.min(least, at), Infinity) - SLACK_MS;
    let from = this.#ordered.length;
    while (from > 0 && /** @type {Happening} */ (this.#ordered[from - 1]).at >= soonest) from -= 1;
    for (const happening of arrange(this.#ordered.splice(from).concat(told))) this.#ordered.push(happening);
    let gone = 0;
    for (const { crossing, what } of this.#ordered) {
      if (this.#ordered.length - gone <= LONGEST && this.#size <= LARGEST) break;
      gone += 1;
      this.#size -= what.length;
      if (crossing) this.#seen.delete(crossing);
    }
    this.#ordered.splice(0, gone);
  }
}
