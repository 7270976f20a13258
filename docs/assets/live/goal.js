/**
 * Whether a goal has been reached: its lines have come true, in their order, whatever happened between them. What
 * the server's half shows (`!`, `~`, `refused`) has an order of its own, as in a transcript: two clocks tell of it.
 */

import { match } from "./matching.js";

/** @import {Line, Step} from "./types.js" */

const SERVERS_HALF = new Set(["refused", "raised", "event"]);

export class Goal {
  /** @param {Line[]} lines */
  constructor(lines) {
    this.lines = lines;
    /** @type {Line[][]} What has yet to come true, in its two orders. */
    this.waiting = [];
    /** @type {Map<string, string>} */
    this.captured = new Map();
    this.restart();
  }

  restart() {
    const half = (/** @type {boolean} */ servers) => this.lines.filter(({ step }) => SERVERS_HALF.has(step.do) === servers);
    this.waiting = [half(false), half(true)];
    this.captured.clear();
  }

  get reached() {
    return this.waiting.every((lines) => lines.length === 0);
  }

  /**
   * Something happened.
   * @param {string} client
   * @param {Step} fact
   * @returns {Line | undefined} The line of the goal that it makes true, if it is that line's turn.
   */
  see(client, fact) {
    for (const lines of this.waiting) {
      const [next] = lines;
      if (!next || (next.client && next.client !== client) || !this.#shows(next.step, fact)) continue;
      lines.shift();
      return next;
    }
    return undefined;
  }

  /**
   * @param {Step} wanted
   * @param {Step} fact
   * @returns {boolean}
   */
  #shows(wanted, fact) {
    if (wanted.do !== fact.do) return false;
    const given = new Map(Object.entries(fact));
    return Object.entries(wanted).every(([field, value]) => {
      if (value === null || field === "user") return true; // what is not written is not compared
      const came = given.get(field);
      return typeof value === "string" ? typeof came === "string" && this.#agrees(value, came) : String(value) === String(came);
    });
  }

  /**
   * @param {string} expected
   * @param {string} got
   */
  #agrees(expected, got) {
    const found = match(expected, got);
    found?.forEach((text, name) => this.captured.set(name, text));
    return found !== null;
  }
}
