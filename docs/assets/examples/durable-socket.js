/**
 * A WebSocket that comes back: it reconnects with full jitter, finds out by a
 * heartbeat that nobody answers any more, and keeps each message until the server
 * has acknowledged it.
 *
 * Fires "open", "message" (the parsed message), "lost" ({why, code}),
 * "retry" ({attempt, within, wait}) and "end".
 */

import { Outbox } from "./durable-outbox.js";

/** In milliseconds. */
const TIMES = {
  base: 500, // retry number n waits a random time between 0 and base · 2ⁿ …
  cap: 30_000, // … or this, if it is less
  steady: 5_000, // after a connection of this length, n starts at 1 again
  ping: 25_000, // how often to ask whether anybody is there
  pong: 10_000, // how long the answer may take, and the handshake
  ack: 10_000, // how long an acknowledgement may take
};

/** An agreement with our server: from this code on, do not come back by yourself (4401: log in first). */
const NEVER_AGAIN = 4400;

export class DurableSocket extends EventTarget {
  /** @type {WebSocket | null} */
  #socket = null;
  #listening = new AbortController();
  #living = new AbortController();
  #attempt = 0;
  #openedAt = Infinity;
  #retrying = 0;
  #dueAt = Infinity;
  #beating = 0;
  #deadline = 0;

  /**
   * @param {string} url
   * @param {Partial<typeof TIMES>} times
   */
  constructor(url, times = {}) {
    super();
    this.url = url;
    this.times = { ...TIMES, ...times };
    this.outbox = new Outbox(
      { transmit: (message) => this.sendNow(message), probe: () => this.#beat() },
      this.times.ack,
    );
    this.#followPage(this.#living.signal);
    this.#connect();
  }

  /**
   * Send, and send again, until the server answers {"kind": "ack", "id": …}.
   * @param {object} body
   */
  send(body) {
    return this.outbox.add(body);
  }

  /**
   * Send now or not at all: for what is worth nothing later.
   * @param {object} message
   * @returns {boolean} Whether the browser took it; nobody knows if it arrives.
   */
  sendNow(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Close, and stay closed. */
  end() {
    this.#living.abort();
    this.#letGo();
    this.outbox.end();
    this.#tell("end");
  }

  #connect() {
    if (this.#socket || this.#living.signal.aborted) return;
    clearTimeout(this.#retrying);
    const { signal } = (this.#listening = new AbortController());
    const socket = (this.#socket = new WebSocket(this.url));
    this.#expectAnswer();
    socket.addEventListener("open", () => this.#opened(), { signal });
    socket.addEventListener("message", (event) => this.#heard(event), { signal });
    socket.addEventListener("close", (event) => this.#lost("closed", event), { signal });
  }

  #opened() {
    this.#openedAt = performance.now();
    this.#answered();
    this.#beating = setInterval(() => this.#beat(), this.times.ping);
    this.#tell("open");
    this.outbox.resend("waiting");
  }

  /** @param {MessageEvent<string>} event */
  #heard({ data }) {
    const message = JSON.parse(data);
    this.#answered();
    if (message.kind === "ack") this.outbox.acknowledge(message.id);
    if (message.kind === "pong") this.outbox.resend("overdue");
    this.#tell("message", message);
  }

  /**
   * @param {string} why
   * @param {{code: number}} [event]
   */
  #lost(why, { code } = { code: 0 }) {
    const lasted = performance.now() - this.#openedAt;
    if (lasted > this.times.steady) this.#attempt = 0;
    this.#letGo();
    this.#tell("lost", { why, code });
    if (code >= NEVER_AGAIN) this.end();
    else this.#retry(this.#attempt + 1);
  }

  /** If nobody answers, the socket's own close event is long in coming: go on. */
  #letGo() {
    this.#listening.abort();
    this.#socket?.close();
    this.#socket = null;
    this.#openedAt = Infinity;
    clearTimeout(this.#retrying);
    clearInterval(this.#beating);
    this.#answered();
    this.outbox.pause();
  }

  /**
   * @param {number} attempt
   * @param {number} latest Milliseconds from now, if it was to be sooner already.
   */
  #retry(attempt, latest = Infinity) {
    this.#attempt = attempt;
    const within = Math.min(this.times.cap, this.times.base * 2 ** attempt);
    const wait = Math.min(Math.random() * within, latest);
    this.#dueAt = performance.now() + wait;
    clearTimeout(this.#retrying);
    this.#retrying = setTimeout(() => this.#connect(), wait);
    this.#tell("retry", { attempt, within, wait });
  }

  #beat() {
    this.sendNow({ kind: "ping" });
    this.#expectAnswer();
  }

  /** Not while the page is hidden: its timers are slow then, and prove nothing. */
  #expectAnswer() {
    if (document.hidden) return;
    this.#deadline ||= setTimeout(() => this.#lost("no answer"), this.times.pong);
  }

  #answered() {
    clearTimeout(this.#deadline);
    this.#deadline = 0;
  }

  /** @param {AbortSignal} signal */
  #followPage(signal) {
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    document.addEventListener("resume", () => this.#look(), { signal });
    window.addEventListener("pagehide", () => this.#letGo(), { signal });
    window.addEventListener("pageshow", () => this.#connect(), { signal });
    // What the browser says of the network is a hint: come back sooner, never later.
    window.addEventListener("online", () => this.#hurry(), { signal });
  }

  #hurry() {
    if (!this.#socket) this.#retry(1, Math.max(0, this.#dueAt - performance.now()));
  }

  /** The page was hidden, or is seen again. */
  #look() {
    if (document.hidden) this.#answered();
    else if (this.#socket) this.#beat();
    else this.#connect();
  }

  /**
   * @param {string} type
   * @param {object} [detail]
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
