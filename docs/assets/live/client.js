/**
 * One client: a WebSocket, everything that happens to it as happenings for the timeline, and what it
 * received, kept in order until a step asks for it.
 */

import { ForeignWebSocket } from "./foreign-origin.js";
import { fromHex, toHex } from "./hex.js";

/** @import {Arrival, Happening} from "./types.js" */

const STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];

/** Fires "change" after each happening, and "lost" when a connection ended without a close frame. */
export class Client extends EventTarget {
  /**
   * @param {string} name
   * @param {(happening: Happening) => void} tell
   */
  constructor(name, tell) {
    super();
    this.name = name;
    this.tell = tell;
    /** @type {WebSocket | ForeignWebSocket | null} */
    this.socket = null;
    /** @type {Arrival[]} */
    this.inbox = [];
    this.listening = new AbortController();
  }

  /** The connection's state, in the platform's own words. */
  get state() {
    return this.socket ? STATES[this.socket.readyState] : "no socket";
  }

  /**
   * @param {string} url
   * @param {string[]} subprotocols
   * @param {boolean} foreign As a page from elsewhere.
   */
  connect(url, subprotocols = [], foreign = false) {
    if (this.socket && this.socket.readyState < WebSocket.CLOSING) this.#note("out", "close(1000) on the socket before");
    this.leave();
    this.inbox = [];
    const offer = subprotocols.length ? `, ${JSON.stringify(subprotocols)}` : "";
    this.#note("out", `new WebSocket("${url}"${offer})${foreign ? " from a page whose origin is null" : ""}`);
    this.socket = foreign ? new ForeignWebSocket(url, subprotocols) : open(url, subprotocols);
    this.#listen(this.socket);
    this.#changed();
  }

  /** @param {WebSocket | ForeignWebSocket} socket */
  #listen(socket) {
    this.listening = new AbortController();
    const { signal } = this.listening;
    // --8<-- [start:listen]
    socket.addEventListener("open", () => {
      this.#arrived({ type: "open", subprotocol: socket.protocol }, "open");
    }, { signal });
    socket.addEventListener("message", (event) => {
      const { data } = /** @type {MessageEvent<string | ArrayBuffer>} */ (event);
      const binary = typeof data !== "string";
      const shown = binary ? toHex(data) : data;
      this.#arrived({ type: "message", data: shown, binary }, `message ${binary ? `bytes ${shown}` : quoted(data)}`);
    }, { signal });
    socket.addEventListener("error", () => {
      this.#note("in", "error");
    }, { signal });
    socket.addEventListener("close", (event) => {
      const { code, reason, wasClean } = /** @type {CloseEvent} */ (event);
      const words = `close code=${code} reason=${JSON.stringify(reason)} wasClean=${wasClean}`;
      this.#arrived({ type: "close", code, reason, wasClean }, words);
      if (!wasClean) this.dispatchEvent(new Event("lost"));
    }, { signal });
    // --8<-- [end:listen]
  }

  /**
   * @param {string} data Text, or bytes in hexadecimal.
   * @param {boolean} binary
   */
  send(data, binary = false) {
    const call = binary ? `send(bytes ${data})` : `send(${quoted(data)})`;
    this.#attempt(call, (socket) => socket.send(binary ? fromHex(data) : data));
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  close(code, reason) {
    const call = reason ? `close(${code}, ${JSON.stringify(reason)})` : `close(${code})`;
    this.#attempt(call, (socket) => socket.close(code, reason));
  }

  /**
   * The next thing to arrive, oldest first.
   * @param {number} patience Milliseconds.
   * @param {AbortSignal} signal
   * @returns {Promise<Arrival | undefined>} undefined if nothing came in that time
   */
  async next(patience, signal) {
    const deadline = performance.now() + patience;
    while (this.inbox.length === 0 && performance.now() < deadline) {
      signal.throwIfAborted();
      const rest = AbortSignal.any([signal, AbortSignal.timeout(deadline - performance.now())]);
      await new Promise((resolve) => {
        this.addEventListener("change", resolve, { once: true });
        rest.addEventListener("abort", resolve, { once: true });
      });
    }
    return this.inbox.shift();
  }

  /** Let go of the socket, whatever its state; nothing that it still does is told. */
  leave() {
    const socket = this.socket;
    this.socket = null;
    this.listening.abort();
    if (socket && socket.readyState < WebSocket.CLOSING) socket.close(1000, "");
    this.#changed();
  }

  /**
   * Do what the reader asks of the socket, and tell what the platform made of it.
   * @param {string} call
   * @param {(socket: WebSocket | ForeignWebSocket) => void} act
   */
  #attempt(call, act) {
    const socket = this.socket;
    if (!socket) {
      this.#note("out", `${call}: there is no socket yet. Connect first.`);
      return;
    }
    const buffered = socket.bufferedAmount;
    try {
      const lost = socket.readyState >= WebSocket.CLOSING && call.startsWith("send");
      act(socket);
      const fate = lost ? ` in silence: lost. bufferedAmount went from ${buffered} to ${socket.bufferedAmount}` : "";
      this.#note("out", call + fate);
    } catch (error) {
      this.#note("out", `${call} threw ${error}`);
    }
  }

  /**
   * @param {Arrival} arrival
   * @param {string} words
   */
  #arrived(arrival, words) {
    this.inbox.push(arrival);
    this.#note("in", words);
  }

  /**
   * @param {"out" | "in"} way
   * @param {string} what
   */
  #note(way, what) {
    this.tell({ at: performance.now(), client: this.name, way, what });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * Text as JavaScript would write it, in whichever quotes need less escaping.
 * @param {string} text
 */
function quoted(text) {
  return text.includes('"') && !/['\\\n]/.test(text) ? `'${text}'` : JSON.stringify(text);
}

/**
 * @param {string} url
 * @param {string[]} subprotocols
 */
function open(url, subprotocols) {
  // --8<-- [start:open]
  const socket = new WebSocket(url, subprotocols);
  socket.binaryType = "arraybuffer"; // the default is "blob", which has to be read asynchronously
  // --8<-- [end:open]
  return socket;
}
