/** What the server told of one client, kept in order until a step of a transcript asks for it. */

import { never } from "../kit/never.js";
import { Queue } from "../kit/queue.js";

/** @import {AsgiEventObserved, RaisedObserved} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

export class ServerHalf {
  constructor() {
    /** @type {Queue<AsgiEventObserved["event"]>} */
    this.events = new Queue();
    /** @type {Queue<RaisedObserved>} */
    this.exceptions = new Queue();
    /** The status of a handshake's response, and whose. @type {Queue<{connection: string | undefined, status: number}>} */
    this.statuses = new Queue();
  }

  /** @param {Happening} happening */
  add({ connection, observed }) {
    if (!observed) return;
    switch (observed.type) {
      case "event":
        return this.events.push(observed.event);
      case "exception":
        return this.exceptions.push(observed);
      case "handshake.response":
        return this.statuses.push({ connection, status: Number(observed.text.split(" ")[1]) });
      case "handshake.request":
      case "frame":
      case "scope":
      case "handler":
      case "handler.end":
        return;
      default:
        never(observed);
    }
  }

  clear() {
    for (const queue of [this.events, this.exceptions, this.statuses]) queue.clear();
  }
}
