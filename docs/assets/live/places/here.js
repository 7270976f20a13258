/**
 * *Here*: the same sandbox server in a worker of this page. Nothing of it is loaded before `start`, but for the list of
 * what there is to load (`find`).
 */

import { SERVER } from "../notation/contract.js";
import { hasLoaded, rememberLoaded } from "./remembered.js";

/** @import {HereServer} from "../here/here-server.js" */
/** @import {Place, State} from "./place.js" */

/**
 * What cannot be run in a page: how its paths begin, and why, in a sentence.
 * @typedef {{paths: string[], why: string}} NotHere
 * @typedef {{folder: string, bytes: number, sent: number}} Manifest `folder`: named after what is in it. `sent`: compressed.
 */

const MANIFEST = new URL("../../here/manifest.json", import.meta.url);
const NOT_HERE = new URL("../here/not-here.json", import.meta.url);

const ASLEEP = "The server starts in this page at the first press.";
const ENDED = "The server in this page has ended. The next press starts it again.";
const NOT_BUILT = "This site was built without the server that runs in a page.";
const NOT_FOUND = "What the server in this page is made of did not load. The next press tries again.";
const NO_WEBASSEMBLY = "This browser runs no WebAssembly, or not for this page, and a server in the page needs it.";

/**
 * Fires "change" when its state has changed, "progress" while it starts, and "raised" when an exception leaves an application.
 * @implements {Place}
 */
export class Here extends EventTarget {
  /**
   * @param {() => Promise<{HereServer: new (files: URL) => HereServer}>} load
   */
  constructor(load = () => import("../here/here-server.js")) {
    super();
    this.load = load;
    /** @type {State} */
    this.state = "unknown";
    this.whyMissing = "";
    /** @type {Record<string, string>} */
    this.versions = {};
    /** How many bytes there are to load, as this site sends them. */
    this.size = 0;
    /** What of it is there: a part of 1. */
    this.progress = 0;
    /** Which build of it. */
    this.build = "";
    /** @type {NotHere[]} */
    this.notHere = [];
    /** @type {HereServer | undefined} */
    this.running = undefined;
    /** Modules that the reader has changed, by their paths: a server that is started anew has them, too. */
    /** @type {Record<string, string>} */
    this.edited = {};
    /** @type {Promise<void> | undefined} */
    this.finding = undefined;
    /** @type {Promise<void> | undefined} Several sandboxes share one start. */
    this.starting = undefined;
  }

  /** Whether this page can run it at all. */
  get isPossible() {
    return this.state !== "unknown" && this.state !== "absent";
  }

  /** Whether it runs, or is about to. */
  get isRunning() {
    return this.state === "starting" || this.state === "up";
  }

  /** Whether the reader's browser has loaded it before: most of it is in the cache. */
  get isLoaded() {
    return hasLoaded(this.build);
  }

  /** Find out whether the page can run it, and how large it is. */
  find() {
    return (this.finding ??= this.#find());
  }

  async #find() {
    if (typeof WebAssembly === "undefined") return this.#become("absent", NO_WEBASSEMBLY);
    try {
      const [manifest, notHere] = await Promise.all([MANIFEST, NOT_HERE].map((file) => fetch(file)));
      if (!manifest.ok) return this.#become("absent", NOT_BUILT);
      /** @type {Manifest} */
      const { folder, bytes, sent } = await manifest.json();
      this.size = manifest.headers.has("content-encoding") ? sent : bytes;
      this.build = folder;
      this.notHere = await notHere.json();
      this.#become("asleep", ASLEEP);
    } catch {
      this.finding = undefined; // it may be there the next time
      this.#become("absent", NOT_FOUND);
    }
  }

  /**
   * Why what needs this path cannot be run in a page; empty where it can.
   * @param {string} path
   */
  whyNot(path) {
    return this.notHere.find(({ paths }) => paths.some((beginning) => path.startsWith(beginning)))?.why ?? "";
  }

  /** Load it and have it run. Never rejects: `state` and `whyMissing` say how it went. */
  start() {
    return (this.starting ??= this.#start().finally(() => (this.starting = undefined)));
  }

  async #start() {
    if (this.state === "up") return;
    this.progress = 0;
    this.#become("starting", "The server is starting in this page.");
    try {
      const { HereServer } = await this.load().catch(() => Promise.reject(new Error(NOT_FOUND)));
      if (this.state !== "starting") return; // it was stopped
      const server = (this.running = new HereServer(new URL(`${this.build}/`, MANIFEST)));
      server.addEventListener("progress", (event) => this.#progress(event));
      const { versions } = await server.start();
      server.addEventListener("raised", (event) => this.#raised(event));
      if (Object.keys(this.edited).length) await server.edit(this.edited);
      server.addEventListener("lost", () => this.#end(ENDED));
      await server.fetch(SERVER); // the answer sets the cookie by which the server knows its observers
      this.versions = versions;
      rememberLoaded(this.build);
      this.#become("up", "");
    } catch (error) {
      if (this.state !== "starting") return;
      this.running?.stop();
      this.running = undefined;
      this.#become("failed", /** @type {Error} */ (error).message);
    }
  }

  /** @param {Event} event */
  #progress(event) {
    const { loaded, total } = /** @type {CustomEvent<{loaded: number, total: number}>} */ (event).detail;
    this.progress = loaded / total;
    this.dispatchEvent(new Event("progress"));
  }

  /** @param {Event} event */
  #raised(event) {
    const { traceback } = /** @type {CustomEvent<{traceback: string}>} */ (event).detail;
    this.dispatchEvent(new CustomEvent("raised", { detail: { traceback } }));
  }

  /**
   * Put modules in the place of those that it runs, by their paths in the project.
   * @param {Record<string, string>} files
   * @returns {Promise<{traceback: string}>} Empty if all went well; otherwise what was there goes on running.
   */
  async edit(files) {
    const done = await this.#answering.edit(files);
    if (!done.traceback) this.edited = { ...this.edited, ...files };
    return done;
  }

  /**
   * Read a transcript that the reader has written.
   * @param {string} text
   */
  async read(text) {
    return this.#answering.read(text);
  }

  /** End it, and give its memory back. */
  stop() {
    if (!this.isRunning) return;
    const { running } = this;
    this.#end(ASLEEP);
    running?.stop();
  }

  /** @param {string} why */
  #end(why) {
    this.running = undefined;
    this.#become("asleep", why);
  }

  /**
   * @param {State} state
   * @param {string} why
   */
  #become(state, why) {
    if (this.state === state && this.whyMissing === why) return;
    this.state = state;
    this.whyMissing = why;
    this.dispatchEvent(new Event("change"));
  }

  get #answering() {
    if (!this.running) throw new Error(this.whyMissing);
    return this.running;
  }

  /**
   * @param {string} url
   * @param {string[]} subprotocols
   */
  open(url, subprotocols = []) {
    return asWebSocket(this.#answering.open(url, subprotocols));
  }

  /**
   * @param {string} url
   * @param {string[]} subprotocols
   */
  async openFromElsewhere(url, subprotocols) {
    return asWebSocket(this.#answering.open(url, subprotocols, { origin: "null" }));
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   */
  async fetch(path, request = {}) {
    return this.#answering.fetch(path, request);
  }
}

/**
 * It does what a browser's own does: only the type does not say so.
 * @param {EventTarget} socket
 */
const asWebSocket = (socket) => /** @type {WebSocket} */ (socket);
