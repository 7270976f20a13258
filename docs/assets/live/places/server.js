/**
 * The sandbox server: one for the page, shared by all its sandboxes and tools, wherever it runs. What they ask of it goes
 * through here.
 */

import { serverOrigin, webSocketUrl } from "./address.js";
import { There } from "./there.js";

/** @import {Place} from "./place.js" */

/** Fires "change" when whether it answers has changed. */
export class SandboxServer extends EventTarget {
  there = new There();

  constructor() {
    super();
    this.there.addEventListener("change", () => this.dispatchEvent(new Event("change")));
  }

  /** @returns {Place} Who answers. */
  get place() {
    return this.there;
  }

  get state() {
    return this.there.state;
  }

  get versions() {
    return this.place.versions;
  }

  /** Whether it has been asked, and nothing can be run here. */
  get isMissing() {
    return this.place.isMissing;
  }

  /** What a sandbox says of that; the page's one notice says what to do: server-notice.js. */
  get whyMissing() {
    return this.place.whyMissing;
  }

  get origin() {
    return serverOrigin();
  }

  get watchers() {
    return this.there.watchers;
  }

  /** @param {string} path A slash in front of it may be missing. */
  webSocketUrl(path) {
    return webSocketUrl(path);
  }

  /**
   * Ask whether it answers; tell those who listen if that has changed.
   * @returns {Promise<boolean>}
   */
  check() {
    return this.there.check();
  }

  /**
   * Be told of changes until the signal ends it; while anybody is and the server is missing, it is looked for.
   * @param {() => void} listener
   * @param {AbortSignal} signal
   */
  watch(listener, signal) {
    this.there.keepLooking(signal);
    this.addEventListener("change", listener, { signal });
  }

  /** @type {Place["open"]} */
  open(url, subprotocols) {
    return this.place.open(url, subprotocols);
  }

  /** @type {Place["openFromElsewhere"]} */
  openFromElsewhere(url, subprotocols) {
    return this.place.openFromElsewhere(url, subprotocols);
  }

  /** @type {Place["fetch"]} */
  fetch(path, request) {
    return this.place.fetch(path, request);
  }
}

export const server = new SandboxServer();
