/**
 * One sandbox's view of the server's half: an id that nobody can guess, a WebSocket that streams what happens to
 * the connections that carry it, and the two clocks aligned. What crosses is in contract/, the server's side in
 * sandbox_server/observing/.
 */

import { never } from "../kit/never.js";
import { Queue } from "../kit/queue.js";
import { OVER, PARAMETER } from "../notation/contract.js";
import { server } from "../places/server.js";
import { align, words } from "./clock.js";
import { Connections, correlationId } from "./connections.js";
import { readMessage } from "./observed-shapes.js";
import { happening } from "./to-happenings.js";

/** @import {Clock, Round} from "./clock.js" */
/** @import {Message, Observed} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

const PATIENCE_MS = 5000;
/** A browser opens its WebSockets to one host in turn: a handshake that a sandbox leaves hanging holds this one up. */
const OPENING_PATIENCE_MS = 10_000;

/** @typedef {{kind: string, at: number, server_time: number}} Reply */

export class Observation {
  /**
   * @param {(happening: Happening) => void} tell
   * @param {(words: string) => void} say What there is to say of the observation itself.
   */
  constructor(tell, say) {
    this.tell = tell;
    this.say = say;
    this.id = "";
    this.words = "";
    /** @type {WebSocket | null} */
    this.socket = null;
    this.leaving = new AbortController();
    /** @type {Promise<boolean> | null} */
    this.opening = null;
    /** @type {Clock | null} */
    this.clock = null;
    /** @type {Queue<Reply>} */
    this.replies = new Queue();
    /** How many events the server dropped because this page did not keep up. */
    this.lost = 0;
    this.connections = new Connections();
  }

  /** Begin anew: of connections from before now, nothing more is told. */
  forget() {
    this.lost = 0;
    this.connections.forget();
  }

  /**
   * Be ready to observe: open if need be, and align the clocks.
   * @returns {Promise<boolean>} false if observing is not possible
   */
  ready() {
    this.opening ??= this.#ready().finally(() => (this.opening = null));
    return this.opening;
  }

  /**
   * A connection is about to be opened: its address with the request to observe it, and its name here.
   * @param {string} url
   * @param {string} client
   */
  watch(url, client) {
    const number = this.connections.next();
    const name = [this.id, client, number].filter(Boolean).join(".");
    return {
      asked: `${url}${url.includes("?") ? "&" : "?"}${PARAMETER}=${name}`,
      connection: correlationId(client, number),
    };
  }

  close() {
    this.leaving.abort();
    this.socket?.close();
    this.socket = null;
  }

  async #ready() {
    const open = this.socket?.readyState === WebSocket.OPEN;
    if (!open && !(await server.check())) return false;
    const socket = open ? this.socket : this.#connect();
    const { signal } = this.leaving;
    try {
      if (!open && (await this.replies.next(OPENING_PATIENCE_MS, signal))?.kind !== "ready")
        throw new Error("not ready");
      this.clock = await align(() => this.#ask(signal));
      this.#say(words(this.clock));
      return true;
    } catch {
      socket?.close();
      if (!signal.aborted) this.#say("The server's half cannot be observed here: only JavaScript's is shown.");
      return false;
    }
  }

  #connect() {
    this.close();
    this.id = random();
    this.leaving = new AbortController();
    this.replies.clear();
    const { signal } = this.leaving;
    const socket = server.open(server.webSocketUrl(`/ws/observe/${this.id}/`));
    socket.addEventListener("message", ({ data }) => this.#read(data), { signal });
    socket.addEventListener(
      "close",
      ({ code }) => {
        this.replies.push({ kind: "closed", at: 0, server_time: 0 });
        if (code === OVER) this.#say("This observation's time is up. What connects next is observed anew.");
      },
      { signal },
    );
    this.socket = socket;
    return socket;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<Round>}
   */
  async #ask(signal) {
    const sent = performance.now();
    this.socket?.send(JSON.stringify({ kind: "clock", page_time: sent }));
    const reply = await this.replies.next(PATIENCE_MS, signal);
    if (reply?.kind !== "clock") throw new Error("no answer");
    return { sent, received: reply.at, server: reply.server_time };
  }

  /** @param {string} data */
  #read(data) {
    let message;
    try {
      message = readMessage(JSON.parse(data));
    } catch {
      return this.#say("The server told of its half what cannot be read, and nothing of that is shown.");
    }
    this.#hear(message);
  }

  /** @param {Message} message */
  #hear(message) {
    switch (message.kind) {
      case "observed":
        return message.events.forEach((event) => this.#observed(event));
      case "lost":
        this.lost += message.count;
        return this.#say(this.words);
      case "ready":
        return this.replies.push({ kind: "ready", at: performance.now(), server_time: 0 });
      case "clock":
        return this.replies.push({ ...message, at: performance.now() });
      default:
        return never(message);
    }
  }

  /** @param {Observed} event */
  #observed(event) {
    const at = event.at - (this.clock?.offset ?? 0);
    const crossings = this.connections.find(event);
    if (crossings) this.tell(happening(event, at, crossings));
  }

  /** @param {string} words */
  #say(words) {
    this.words = words;
    const lost = this.lost ? `This page did not keep up: the server dropped ${this.lost} of its events. ` : "";
    this.say(lost + words);
  }
}

/** An id that nobody can guess: 16 random bytes in base64url. */
function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
}
