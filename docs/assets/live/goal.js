/**
 * Whether a goal has been reached: its lines have come true, in their order, whatever happened between them. What
 * the server's half shows (`!`, `~`, `refused`) has an order of its own: two clocks tell of it. What follows a
 * `connect` belongs to that connection: whoever connects anew has it to do again.
 */

import { fill } from "./captures.js";
import { match } from "./matching.js";

/** @import {Line, Step} from "./types.js" */

const SERVERS_HALF = new Set(["refused", "raised", "event"]);

/** @typedef {{lines: Line[], done: number}} Order Lines that have to come true one after another, and how many have. */

export class Goal {
  /** @param {Line[]} lines */
  constructor(lines) {
    this.lines = lines;
    /** @type {Order[]} */
    this.orders = [];
    /** @type {Map<string, string>} */
    this.captured = new Map();
    this.restart();
  }

  restart() {
    const half = (/** @type {boolean} */ servers) => this.lines.filter(({ step }) => SERVERS_HALF.has(step.do) === servers);
    this.orders = [half(false), half(true)].map((lines) => ({ lines, done: 0 }));
    this.captured.clear();
  }

  get reached() {
    return this.orders.every(({ lines, done }) => done === lines.length);
  }

  /**
   * The lines that have come true.
   * @returns {Line[]}
   */
  get done() {
    return this.orders.flatMap(({ lines, done }) => lines.slice(0, done));
  }

  /**
   * Something happened.
   * @param {string} client
   * @param {Step} fact
   */
  see(client, fact) {
    const isNext = (/** @type {Order} */ { lines, done }) => {
      const next = lines[done];
      return !!next && speaksFor(next, client) && this.#shows(fill(next.step, this.captured), fact);
    };
    if (fact.do === "connect" && !this.orders.some(isNext)) this.#goBack(client);
    const order = this.orders.find(isNext);
    if (order) order.done += 1;
  }

  /**
   * A client has connected anew: to its last `connect` that had come true.
   * @param {string} client
   */
  #goBack(client) {
    for (const order of this.orders) {
      const done = order.lines.slice(0, order.done);
      const at = done.findLastIndex((line) => line.step.do === "connect" && speaksFor(line, client));
      if (at >= 0) order.done = at;
    }
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

/**
 * @param {Line} line
 * @param {string} client
 */
function speaksFor(line, client) {
  return line.client === "" || line.client === client;
}
