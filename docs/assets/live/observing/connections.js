/** Which of the page's connections one of the server's is: both number each client's connections as they come. */

import { Crossings } from "./correlation.js";

/** @import {Observed} from "../notation/types.js" */

export class Connections {
  constructor() {
    this.since = 0;
    /** How many of each client JavaScript opened, and how many the server told of.
     * @type {Map<string, number>} */
    this.counts = new Map();
    /** By the server's numbers; null are those of which nothing is told any more.
     * @type {Map<number, Crossings | null>} */
    this.known = new Map();
  }

  /** Begin anew: what the connections until now still do is not told. */
  forget() {
    this.since = performance.now();
    this.counts.clear();
    for (const number of this.known.keys()) this.known.set(number, null);
  }

  /**
   * @param {string} client
   * @param {"page" | "server"} half Whose next connection it is.
   */
  next(client, half) {
    const key = `${half} ${client}`;
    const number = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, number);
    return `${client} ${number}`;
  }

  /**
   * @param {Observed} event
   * @param {number} latest When it happened, at the latest, on the page's clock.
   */
  find({ client, connection }, latest) {
    let crossings = this.known.get(connection);
    if (crossings === undefined) {
      crossings = latest < this.since ? null : new Crossings(this.next(client, "server"));
      this.known.set(connection, crossings);
    }
    return crossings;
  }
}
