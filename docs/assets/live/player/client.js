/**
 * One client: a WebSocket, everything that happens to it as happenings for the timeline, and what it
 * received, kept in order until a step asks for it.
 */

import { fromHex, toHex } from "../kit/hex.js";
import { Queue } from "../kit/queue.js";
import { printed, quoted } from "../kit/quoting.js";
import { ofArrival, provesHandshake } from "../notation/to-steps.js";
import { Correlation } from "../observing/correlation.js";
import { ServerHalf } from "../observing/observed-inbox.js";
import { server } from "../places/server.js";
import { ofEvent, ofSocket, STATES } from "./event-snapshot.js";

/** @import {ForeignWebSocket} from "../places/foreign-origin.js" */
/** @import {Observation} from "../observing/observation.js" */
/** @import {Step} from "../notation/contract.js" */
/** @import {Arrival, Happening, Toward} from "../notation/types.js" */

/** @typedef {{properties?: Record<string, string>, crossing?: string, at?: number, step?: Step, failed?: boolean}} More */

/** Fires "change" after each happening, and "lost" when a connection ended without a close frame. */
export class Client extends EventTarget {
  /**
   * @param {string} name
   * @param {(happening: Happening) => void} tell
   * @param {() => Promise<Observation | null>} observe Asks for the server's half; null where it cannot be had.
   */
  constructor(name, tell, observe) {
    super();
    this.name = name;
    this.tell = tell;
    this.observe = observe;
    /** @type {WebSocket | ForeignWebSocket | null} */
    this.socket = null;
    this.listening = new AbortController();
    /** Whether the server tells of the connection. */
    this.observed = false;
    this.crossings = new Correlation("");
    /** Who has logged in since the last connection. @type {string | null} */
    this.user = null;
    /** Whether this page has begun to close. */
    this.closing = false;
    /** @type {Queue<Arrival>} */
    this.inbox = new Queue();
    this.half = new ServerHalf();
    /** @type {Map<string, string>} What `${name}` stands for: all clients of a transcript share it. */
    this.captured = new Map();
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
  async connect(url, subprotocols = [], foreign = false) {
    if (this.socket && this.socket.readyState < WebSocket.CLOSING)
      this.#note("server", "close(1000) on the socket before");
    this.leave();
    this.inbox.clear();
    this.closing = false;
    const { signal } = (this.listening = new AbortController());
    const observation = foreign ? null : await this.observe();
    if (signal.aborted) return;
    this.observed = observation !== null;
    const { asked, connection } = observation?.watch(url, this.name) ?? { asked: url, connection: "" };
    this.crossings = new Correlation(connection);
    const offer = subprotocols.length ? `, ${JSON.stringify(subprotocols)}` : "";
    const call = `new WebSocket("${url}"${offer})${foreign ? " from a page whose origin is null" : ""}`;
    const properties = {
      arguments: printed(subprotocols.length ? [url, subprotocols] : [url]),
      observed: this.observed ? "yes" : foreign ? "no: from elsewhere, the observer's cookie does not go along" : "no",
    };
    const { pathname, search } = new URL(url);
    /** @type {Step} */
    const step = {
      do: "connect",
      path: pathname + search,
      origin: foreign ? "null" : null,
      subprotocols,
      user: this.user,
    };
    this.user = null;
    const at = performance.now();
    try {
      const socket = foreign ? await server.openFromElsewhere(asked, subprotocols) : open(asked, subprotocols);
      if (signal.aborted) return socket.close(1000, "");
      this.socket = socket;
    } catch (error) {
      return this.#failed(`${call} threw ${error}`, properties);
    }
    this.#note("server", call, { properties, at, crossing: this.crossings.handshake("server"), step });
    this.#listen(this.socket, signal);
    this.#changed();
  }

  /**
   * @param {WebSocket | ForeignWebSocket} socket
   * @param {AbortSignal} signal
   */
  #listen(socket, signal) {
    socket.addEventListener(
      "open",
      (event) => {
        this.#arrived({ type: "open", subprotocol: socket.protocol }, "open", event);
      },
      { signal },
    );
    socket.addEventListener(
      "message",
      (event) => {
        const { data } = /** @type {MessageEvent<string | ArrayBuffer>} */ (event);
        const binary = typeof data !== "string";
        const shown = binary ? toHex(data) : data;
        this.#arrived(
          { type: "message", data: shown, binary },
          `message ${binary ? `bytes ${shown}` : quoted(data)}`,
          event,
        );
      },
      { signal },
    );
    socket.addEventListener(
      "error",
      (event) => {
        this.#heard("error", event);
      },
      { signal },
    );
    socket.addEventListener(
      "close",
      (event) => {
        const { code, reason, wasClean } = /** @type {CloseEvent} */ (event);
        const words = `close code=${code} reason=${JSON.stringify(reason)} wasClean=${wasClean}`;
        this.#arrived({ type: "close", code, reason, wasClean }, words, event);
        if (!wasClean) this.dispatchEvent(new Event("lost"));
      },
      { signal },
    );
  }

  /**
   * @param {string} data Text, or bytes in hexadecimal.
   * @param {boolean} binary
   */
  send(data, binary = false) {
    const call = binary ? `send(bytes ${data})` : `send(${quoted(data)})`;
    this.#attempt(call, binary ? `Uint8Array ${data}` : printed(data), (socket) => {
      const open = socket.readyState === WebSocket.OPEN;
      const { bufferedAmount } = socket;
      socket.send(binary ? fromHex(data) : data);
      /** @type {Step} */
      const step = { do: "send", data: binary ? data.replace(/\s/g, "") : data, binary };
      const lost = ` in silence: lost. bufferedAmount went from ${bufferedAmount} to ${socket.bufferedAmount}`;
      return open ? { fate: "", crossing: this.crossings.message("js", "server"), step } : { fate: lost };
    });
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  close(code, reason) {
    const call = reason ? `close(${code}, ${JSON.stringify(reason)})` : `close(${code})`;
    this.#attempt(call, printed(reason ? [code, reason] : [code]), (socket) => {
      socket.close(code, reason);
      this.closing = true;
      return { fate: "", crossing: this.crossings.close("server"), step: { do: "close", code, reason } };
    });
  }

  /** Let go of the socket, whatever its state; nothing that it still does is told. */
  leave() {
    const socket = this.socket;
    this.socket = null;
    this.listening.abort();
    if (socket && socket.readyState < WebSocket.CLOSING) socket.close(1000, "");
    this.#changed();
  }

  /** Let go of everything that was seen so far, too. */
  forget() {
    this.leave();
    this.inbox.clear();
    this.half.clear();
  }

  /**
   * Do what the reader asks of the socket, and tell what the platform made of it.
   * @param {string} call
   * @param {string} args
   * @param {(socket: WebSocket | ForeignWebSocket) => {fate: string, crossing?: string, step?: Step}} act
   */
  #attempt(call, args, act) {
    const properties = { arguments: args };
    const at = performance.now(); // the frame may be there before the call is back
    if (!this.socket) return this.#failed(`${call}: there is no socket yet. Connect first.`, properties);
    try {
      const { fate, ...more } = act(this.socket);
      if (fate) this.#failed(call + fate, properties);
      else this.#note("server", call, { properties, at, ...more });
    } catch (error) {
      this.#failed(`${call} threw ${error}`, properties);
    }
  }

  /**
   * A call of which nothing has left the page.
   * @param {string} what
   * @param {Record<string, string>} properties
   */
  #failed(what, properties) {
    this.#note("", what, { properties, failed: true });
  }

  /**
   * @param {Arrival} arrival
   * @param {string} words
   * @param {Event} event
   */
  #arrived(arrival, words, event) {
    this.inbox.push(arrival);
    const connected = this.crossings.opened || provesHandshake(arrival);
    this.#heard(words, event, ofArrival(arrival, connected && !this.closing));
  }

  /**
   * @param {string} words
   * @param {Event} event
   * @param {Step} [step]
   */
  #heard(words, event, step) {
    this.#note("page", words, { properties: ofEvent(event), crossing: this.crossings.heard(event.type), step });
  }

  /**
   * @param {Toward} toward
   * @param {string} what
   * @param {More} [more]
   */
  #note(toward, what, { properties, at = performance.now(), ...more } = {}) {
    this.tell({
      at,
      lane: "js",
      client: this.name,
      toward,
      what,
      properties: { ...properties, ...ofSocket(this.socket) },
      ...more,
    });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {string} url
 * @param {string[]} subprotocols
 */
function open(url, subprotocols) {
  const socket = server.open(url, subprotocols);
  socket.binaryType = "arraybuffer"; // the default is "blob", which has to be read asynchronously
  return socket;
}
