/**
 * The sandbox server in this page: the same application, in a Web Worker that can reach nothing else. It takes the place
 * of a server on the network: `open` of `new WebSocket`, `fetch` of `fetch`.
 */

import { fetchFrom } from "./exchange.js";
import { HereSocket } from "./here-socket.js";
import { IsolatedWorker } from "./isolated-worker.js";
import { readTold } from "./told.js";

/** @import {Order, Told, Transcript} from "./messages.js" */

/** The start is given up when nothing has come for so long: where it is forbidden, some browsers say nothing. */
const SILENCE_MS = 60_000;
const SILENCE =
  `nothing has come for ${SILENCE_MS / 1000} s. Either the network is too slow for it, or a Content-Security-Policy keeps ` +
  "it from starting: whoever serves this site gets one that does not by `python -m live_docs policy`";

const NOT_LOADED =
  "it could not be loaded. A Content-Security-Policy may forbid it: worker-src and script-src have to allow blob:";

/**
 * How long the worker may leave a question unanswered; it is asked twice, since a computer may have slept. Endless loops in
 * Python end by themselves before (in_page/runaway.py); what ends the worker is one in C, or a sleep.
 */
const BUSY_MS = 5000;

/** So many messages may come between two questions of the page, a few seconds: more would keep the page itself busy. */
const MOST_TOLD = 20_000;

/** What runs in the worker, in one file. */
const WORKER = new URL("../../bundles/here-worker.js", import.meta.url);

/**
 * `waits`: synchronous code can (JSPI). `from`: what Python began from.
 * @typedef {{versions: Record<string, string>, waits: boolean, from: "image" | "compiled"}} Ready
 */
/** @typedef {EventTarget & {postMessage: (order: Order) => void, terminate: () => void}} Runner As a `Worker` is. */

/**
 * Fires "progress" ({loaded, total, what} in detail: bytes), "raised" ({traceback}: an exception left the application) and
 * "lost" (the worker has ended by itself; every socket is closed, and a new server can be started).
 */
export class HereServer extends EventTarget {
  /**
   * @param {URL} files The folder of one build by `python -m in_page.build`.
   * @param {(files: URL) => Runner} [run] Makes the worker.
   */
  constructor(files, run = (files) => new IsolatedWorker(files, WORKER)) {
    super();
    this.files = files;
    this.run = run;
    /** @type {Runner | null} */
    this.worker = null;
    /** The worker that has all there is to import. @type {Runner | null} */
    this.whole = null;
    this.count = 0;
    /** What has come since the worker was last asked. */
    this.told = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} Set while the worker's answer is waited for. */
    this.busy = undefined;
    /** @type {Promise<Ready> | null} */
    this.starting = null;
    /** @type {Map<number, HereSocket>} */
    this.sockets = new Map();
    /** What waits for the worker's word. @type {Map<number, {hear: (told: Told) => void, lost: (why: Error) => void}>} */
    this.waiting = new Map();
  }

  get origin() {
    return globalThis.location.origin;
  }

  /**
   * Load and boot; once, however often it is asked for.
   * @returns {Promise<Ready>}
   */
  start() {
    return (this.starting ??= this.#start());
  }

  /**
   * @param {string | URL} url
   * @param {string | string[]} [protocols]
   * @param {{origin?: string}} [from] Of a page from elsewhere: `null`, say. No cookies go along.
   */
  open(url, protocols = [], { origin = this.origin } = {}) {
    const id = this.#next();
    const socket = new HereSocket(url, protocols, origin, id, (order) => this.#post(order));
    this.sockets.set(id, socket);
    return socket;
  }

  /**
   * @param {string | URL} path
   * @param {RequestInit} [init]
   */
  fetch(path, init = {}) {
    const { waiting } = this;
    const worker = { waiting, post: (/** @type {Order} */ order) => this.#post(order), next: () => this.#next() };
    return fetchFrom(worker, new URL(path, this.origin), init);
  }

  /**
   * Replace modules' texts, by their paths in the project, and make the application anew.
   * @param {Record<string, string>} files
   * @returns {Promise<{traceback: string}>} Empty if all went well; otherwise what was there goes on running.
   */
  async edit(files) {
    await this.#complete();
    const told = await this.#ask({ do: "edit", id: this.#next(), files });
    return { traceback: told.tell === "edited" ? told.traceback : "" };
  }

  /**
   * Read a transcript that the reader has written.
   * @param {string} text
   * @returns {Promise<Transcript>}
   */
  async read(text) {
    await this.#complete();
    const told = await this.#ask({ do: "read", id: this.#next(), text });
    return told.tell === "read" ? told.transcript : { lines: [], problems: [] };
  }

  /** What is edited may import anything: a start loads only what the server itself does. */
  async #complete() {
    const { worker } = this;
    if (this.whole === worker) return;
    const told = await this.#ask({ do: "complete", id: this.#next() });
    if (told.tell === "completed" && told.failed)
      throw new Error(`What edited code may import is missing: ${told.failed}`);
    this.whole = worker;
  }

  /**
   * What has one answer.
   * @param {Order} order
   * @returns {Promise<Told>}
   */
  #ask(order) {
    return new Promise((resolve, reject) => {
      const hear = (/** @type {Told} */ told) => {
        this.waiting.delete(order.id);
        resolve(told);
      };
      this.waiting.set(order.id, { hear, lost: reject });
      this.#post(order);
    });
  }

  /** End the worker, and with it every socket. */
  stop() {
    this.#end(new Error("The server in this page was stopped."));
  }

  #next() {
    this.count += 1;
    return this.count;
  }

  /** @param {Order} order */
  #post(order) {
    this.worker?.postMessage(order);
    if (order.do !== "start" && this.worker) this.#watch(2);
  }

  /**
   * See that the worker comes to an end with what it was asked, for as long as any socket is open.
   * @param {number} times How often it is asked before it is given up.
   */
  #watch(times) {
    if (this.busy) return;
    const id = this.#next();
    const rest = () => {
      clearTimeout(this.busy);
      this.busy = undefined;
      this.waiting.delete(id);
    };
    const again = () => {
      rest();
      if (this.sockets.size === 0) return;
      this.busy = setTimeout(() => {
        rest();
        this.#watch(2);
      }, BUSY_MS);
    };
    this.told = 0;
    this.waiting.set(id, { hear: again, lost: rest });
    this.worker?.postMessage({ do: "ping", id });
    this.busy = setTimeout(() => {
      rest();
      if (times > 1) this.#watch(times - 1);
      else this.#lose(`some code kept it busy for ${(2 * BUSY_MS) / 1000} s`);
    }, BUSY_MS);
  }

  #start() {
    const worker = this.run(this.files);
    this.worker = worker;
    this.told = 0;
    worker.addEventListener("message", (event) => {
      if (this.worker === worker) this.#receive(/** @type {MessageEvent} */ (event).data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const { message } = /** @type {ErrorEvent} */ (event);
      if (this.worker === worker) this.#lose(message || NOT_LOADED);
    });
    const id = this.#next();
    /** @type {ReturnType<typeof setTimeout>} */
    let silence;
    /** @type {Promise<Ready>} */
    const ready = new Promise((resolve, reject) => {
      const wait = () => {
        clearTimeout(silence);
        silence = setTimeout(() => this.#lose(SILENCE), SILENCE_MS);
      };
      const hear = (/** @type {Told} */ told) => {
        wait();
        if (told.tell === "ready") resolve({ versions: told.versions, waits: told.waits, from: told.from });
        else if (told.tell === "failed")
          this.#end(new Error(`The server in this page could not start: ${told.message}`));
        else if (told.tell === "progress") {
          const { loaded, total, what } = told;
          this.dispatchEvent(new CustomEvent("progress", { detail: { loaded, total, what } }));
        }
      };
      this.waiting.set(id, { hear, lost: reject });
      wait();
      this.#post({ do: "start", id, files: this.files.href, origin: this.origin });
    });
    return ready.finally(() => {
      clearTimeout(silence);
      this.waiting.delete(id);
    });
  }

  /** @param {unknown} data Whatever the worker says. */
  #receive(data) {
    this.told += 1;
    if (this.told > MOST_TOLD) return this.#lose("some code told the page more than it can take in");
    let told;
    try {
      told = readTold(data);
    } catch {
      return this.#lose("it said what no server says");
    }
    this.#hear(told);
  }

  /** @param {Told} told */
  #hear(told) {
    if (told.tell === "raised") {
      this.dispatchEvent(new CustomEvent("raised", { detail: { traceback: told.traceback } }));
      return;
    }
    this.waiting.get(told.id)?.hear(told);
    this.sockets.get(told.id)?.hear(told);
    if (told.tell === "closed") this.sockets.delete(told.id);
  }

  /**
   * The worker has ended by itself.
   * @param {string} why
   */
  #lose(why) {
    this.#end(new Error(`The server in this page has ended: ${why}`));
    this.dispatchEvent(new CustomEvent("lost", { detail: { why } }));
  }

  /** @param {Error} why */
  #end(why) {
    this.worker?.terminate();
    this.worker = null;
    this.starting = null;
    const waiting = Array.from(this.waiting.values());
    const sockets = Array.from(this.sockets.values());
    clearTimeout(this.busy);
    this.busy = undefined;
    this.waiting.clear();
    this.sockets.clear();
    for (const one of waiting) one.lost(why);
    for (const socket of sockets) socket.end(1006, "", false);
  }
}
