/**
 * Names for what crosses, so that a call in JavaScript, its frame, its ASGI event and the handler that it reached
 * find each other: the connection, the direction, and the how-manieth message it is. Both halves count alike.
 */

/** @import {Lane, Toward} from "../notation/types.js" */

export class Correlation {
  /** @param {string} connection */
  constructor(connection) {
    this.connection = connection;
    /** @type {Map<string, number>} */
    this.counts = new Map();
    this.opened = false;
    /** The crossing whose handler is at work, and how many handlers are. */
    this.current = "";
    this.running = 0;
  }

  /** @param {Toward} toward */
  handshake(toward) {
    return `${this.connection} ${toward} 0`;
  }

  /**
   * The next message that a lane sees go that way.
   * @param {Lane} lane
   * @param {Toward} toward
   */
  message(lane, toward) {
    const key = `${lane} ${toward}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return `${this.connection} ${toward} ${count}`;
  }

  /** @param {Toward} toward */
  close(toward) {
    return `${this.connection} ${toward} close`;
  }

  /**
   * What brought an event to JavaScript. A close without an open comes from the handshake's response.
   * @param {string} type
   */
  heard(type) {
    if (type === "message") return this.message("js", "page");
    this.opened ||= type === "open";
    return type !== "open" && this.opened ? this.close("page") : this.handshake("page");
  }
}
