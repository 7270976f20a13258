/** What the server told of one client, kept in order until a step of a transcript asks for it. */

import { Queue } from "../kit/queue.js";

/** @import {Event_, Exception, Happening} from "../notation/types.js" */

export class ServerHalf {
  constructor() {
    /** @type {Queue<Event_["event"]>} */
    this.events = new Queue();
    /** @type {Queue<Exception>} */
    this.exceptions = new Queue();
    /** The status of a handshake's response, and whose. @type {Queue<{connection: string | undefined, status: number}>} */
    this.statuses = new Queue();
  }

  /** @param {Happening} happening */
  add({ connection, observed }) {
    if (observed?.type === "event") this.events.push(observed.event);
    else if (observed?.type === "exception") this.exceptions.push(observed);
    else if (observed?.type === "handshake.response") {
      this.statuses.push({ connection, status: Number(observed.text.split(" ")[1]) });
    }
  }

  clear() {
    for (const queue of [this.events, this.exceptions, this.statuses]) queue.clear();
  }
}
