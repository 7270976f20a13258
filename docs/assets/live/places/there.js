/** *There*: the sandbox server on the network. Whether it answers this page, and what is asked of it over a real wire. */

import { SERVER } from "../notation/contract.js";
import { serverOrigin } from "./address.js";

/** @import {Place} from "./place.js" */

const PATIENCE_MS = 8000;
/** How long until it is looked for again: twice as long each time, so that a page without a server soon rests. */
const LOOK_AGAIN_MS = { first: 2000, longest: 60_000 };

/**
 * Fires "change" when its state has changed.
 * @implements {Place}
 */
export class There extends EventTarget {
  constructor() {
    super();
    /** @type {"unknown" | "up" | "away" | "refusing"} */
    this.state = "unknown";
    /** @type {Record<string, string>} */
    this.versions = {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.pause = LOOK_AGAIN_MS.first;
    this.watchers = 0;
    /** @type {Promise<boolean> | undefined} What is being asked now: several sandboxes share the answer. */
    this.asking = undefined;
  }

  get isMissing() {
    return this.state === "away" || this.state === "refusing";
  }

  get whyMissing() {
    return this.state === "refusing" ? "The server refuses this page." : "The server is away.";
  }

  /**
   * Ask whether it answers; tell those who listen if that has changed.
   * @returns {Promise<boolean>}
   */
  check() {
    return (this.asking ??= this.#look().finally(() => (this.asking = undefined)));
  }

  async #look() {
    clearTimeout(this.timer);
    const before = this.state;
    try {
      // the answer sets the cookie by which the server knows its observers
      const response = await this.#ask({});
      const { versions } = await response.json().catch(() => ({})); // a file server answers too, with a page
      this.state = versions ? "up" : "away";
      this.versions = versions ?? {};
    } catch (error) {
      const isSilent = error instanceof DOMException && error.name === "TimeoutError";
      this.state = isSilent ? "away" : await this.#whyNot();
    }
    if (this.state === "up") this.pause = LOOK_AGAIN_MS.first;
    else this.#lookAgain();
    if (this.state !== before) this.dispatchEvent(new Event("change"));
    return this.state === "up";
  }

  /** A page may not read what another origin does not share, but learns that an answer came. */
  #whyNot() {
    return this.#ask({ mode: "no-cors", credentials: "same-origin" }).then(
      () => /** @type {const} */ ("refusing"),
      () => /** @type {const} */ ("away"),
    );
  }

  /** @param {RequestInit} request */
  #ask(request) {
    return this.fetch(SERVER, { signal: AbortSignal.timeout(PATIENCE_MS), ...request });
  }

  #lookAgain() {
    if (this.watchers === 0) return;
    this.timer = setTimeout(() => void this.check(), this.pause);
    this.pause = Math.min(2 * this.pause, LOOK_AGAIN_MS.longest);
  }

  /**
   * Keep looking while it is missing, until the signal ends that.
   * @param {AbortSignal} signal
   */
  keepLooking(signal) {
    this.watchers += 1;
    const end = () => {
      this.watchers -= 1;
      if (this.watchers === 0) clearTimeout(this.timer);
    };
    signal.addEventListener("abort", end, { once: true });
  }

  /**
   * @param {string} url
   * @param {string[]} subprotocols
   */
  open(url, subprotocols = []) {
    return new WebSocket(url, subprotocols);
  }

  /**
   * @param {string} url
   * @param {string[]} subprotocols
   */
  async openFromElsewhere(url, subprotocols) {
    const { ForeignWebSocket } = await import("./foreign-origin.js");
    return new ForeignWebSocket(url, subprotocols);
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   */
  fetch(path, request = {}) {
    return fetch(serverOrigin() + path, { credentials: "include", cache: "no-store", ...request });
  }
}
