/**
 * Whether a goal has been reached: its lines have come true, in their order, whatever happened between them. What
 * the server's half shows (`!`, `~`, `refused`) has an order of its own: two clocks tell of it. What follows a
 * `connect` belongs to that connection: whoever connects anew has it to do again.
 */

import { fill } from "./captures.js";
import { SERVER_STEPS } from "./contract.js";
import { match } from "./matching.js";

/** @import {Step} from "./contract.js" */
/** @import {Line} from "./types.js" */

/**
 * Lines that have to come true one after another, and what each of those that have captured.
 * @typedef {{lines: Line[], taken: Map<string, string>[]}} Order
 */

export class Goal {
  /** @param {Line[]} lines */
  constructor(lines) {
    this.lines = lines;
    /** @type {Order[]} */
    this.orders = [];
    this.restart();
  }

  restart() {
    const half = (/** @type {boolean} */ servers) =>
      this.lines.filter(({ step }) => SERVER_STEPS.has(step.do) === servers);
    this.orders = [half(false), half(true)].map((lines) => ({ lines, taken: [] }));
  }

  get reached() {
    return this.orders.every(({ lines, taken }) => taken.length === lines.length);
  }

  /**
   * The lines that have come true.
   * @returns {Line[]}
   */
  get done() {
    return this.orders.flatMap(({ lines, taken }) => lines.slice(0, taken.length));
  }

  /**
   * Something happened.
   * @param {string} client
   * @param {Step} fact
   */
  see(client, fact) {
    if (this.#take(client, fact) || fact.do !== "connect") return;
    this.#goBack(client);
    this.#take(client, fact);
  }

  /**
   * @param {string} client
   * @param {Step} fact
   * @returns {boolean} Whether it makes a line true whose turn it is.
   */
  #take(client, fact) {
    const captured = new Map(this.orders.flatMap(({ taken }) => taken.flatMap((map) => Array.from(map))));
    return this.orders.some(({ lines, taken }) => {
      const next = lines[taken.length];
      const found = next && speaksFor(next, client) ? shows(fill(next.step, captured), fact) : null;
      if (found) taken.push(found);
      return found !== null;
    });
  }

  /**
   * A client has connected anew: to its last `connect` that had come true.
   * @param {string} client
   */
  #goBack(client) {
    for (const { lines, taken } of this.orders) {
      const done = lines.slice(0, taken.length);
      const at = done.findLastIndex((line) => line.step.do === "connect" && speaksFor(line, client));
      if (at >= 0) taken.splice(at);
    }
  }
}

/**
 * @param {Line} line
 * @param {string} client
 */
function speaksFor(line, client) {
  return line.client === "" || line.client === client;
}

/**
 * What a fact lets a wanted step capture; null if it does not show it. What is not written is not compared.
 * @param {Step} wanted
 * @param {Step} fact
 * @returns {Map<string, string> | null}
 */
function shows(wanted, fact) {
  if (wanted.do !== fact.do) return null;
  const given = new Map(Object.entries(fact));
  const captured = new Map();
  for (const [field, value] of Object.entries(wanted)) {
    if (value === null || field === "user") continue;
    const found = agrees(value, given.get(field));
    if (!found) return null;
    found.forEach((text, name) => captured.set(name, text));
  }
  return captured;
}

/**
 * @param {unknown} expected
 * @param {unknown} got
 * @returns {Map<string, string> | null}
 */
function agrees(expected, got) {
  if (typeof expected === "string") return typeof got === "string" ? match(expected, got) : null;
  return String(expected) === String(got) ? new Map() : null;
}
