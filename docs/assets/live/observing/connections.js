/**
 * The page's connections by their names. The page gives each a number, the server carries it back with every event, so
 * what never reaches the server shifts nothing.
 */

import { Correlation } from "./correlation.js";

/** @import {Observed} from "../notation/contract.js" */

export class Connections {
  /** How many there have been in all. */
  count = 0;
  /** Up to which of them nothing is told any more. */
  forgotten = 0;
  /** @type {Map<string, Correlation>} */
  known = new Map();

  /** Begin anew: what the connections until now still do is not told. */
  forget() {
    this.forgotten = this.count;
    this.known.clear();
  }

  /** The number of the next connection; no other one of this page has it. */
  next() {
    this.count += 1;
    return String(this.count);
  }

  /**
   * @param {Pick<Observed, "client" | "connection">} event
   * @returns {Correlation | null} null for what is not told
   */
  find({ client, connection }) {
    if (!(Number(connection) > this.forgotten)) return null;
    const id = correlationId(client, connection);
    const known = this.known.get(id) ?? new Correlation(id);
    this.known.set(id, known);
    return known;
  }
}

/**
 * @param {string} client
 * @param {string} connection
 */
export function correlationId(client, connection) {
  return `${client} ${connection}`;
}
