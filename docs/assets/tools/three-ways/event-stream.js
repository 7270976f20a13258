/** The text of a stream of server-sent events, read line by line as a browser's EventSource does (HTML, 9.2.6). */

/** @typedef {{id: string, type: string, data: string}} ServerSentEvent */

/** Line ends of three kinds; a CR at the very end may be half of a CR LF. */
const LINE_END = /\r\n|\n|\r(?!$)/;

export class EventStream {
  rest = "";
  /** What the browser says when it comes back. */
  lastId = "";
  /** How long it waits before that. */
  retryMs = 3000;
  #id = "";
  #type = "";
  /** @type {string[]} */
  #data = [];

  /**
   * A piece of the text, cut anywhere.
   * @param {string} text
   * @returns {ServerSentEvent[]} The events that have come to their empty line with it.
   */
  push(text) {
    /** @type {ServerSentEvent[]} */
    const events = [];
    const lines = (this.rest + text).split(LINE_END);
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") events.push(...this.#dispatch());
      else this.#take(line);
    }
    return events;
  }

  /** @param {string} line */
  #take(line) {
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#id = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retryMs = Number(value);
  }

  /** Without any data there is no event, but the id counts. */
  #dispatch() {
    this.lastId = this.#id;
    const event = { id: this.#id, type: this.#type || "message", data: this.#data.join("\n") };
    const has = this.#data.length > 0;
    this.#type = "";
    this.#data = [];
    return has ? [event] : [];
  }
}
