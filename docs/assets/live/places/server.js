/**
 * The sandbox server: one for the page, shared by all its sandboxes and tools. What they ask of it goes through here, to
 * the place where it runs: *there* if a server answers, since only there is a real wire, and *here* if none does or the
 * reader wants it so. What has started here stays here until the reader changes places, or leaves.
 */

import { serverOrigin, webSocketUrl } from "./address.js";
import { isWantedHere, rememberWanted } from "./remembered.js";
import { There } from "./there.js";

/** @import {Here} from "./here.js" */
/** @import {Place} from "./place.js" */

const loadHere = () => import("./here.js").then(({ Here }) => new Here());

/**
 * Fires "change" when who answers, or whether, has changed; "moved" when the reader has changed places; and "raised", with
 * its traceback, when an exception leaves the application of the server in this page.
 */
export class SandboxServer extends EventTarget {
  /**
   * @param {There} there
   * @param {() => Promise<Here>} load
   */
  constructor(there = new There(), load = loadHere) {
    super();
    this.there = there;
    this.load = load;
    /** @type {Here | undefined} Loaded where it may be needed. */
    this.here = undefined;
    /** @type {Promise<void> | undefined} */
    this.finding = undefined;
    this.isWantedHere = isWantedHere();
    there.addEventListener("change", () => void this.#tell());
  }

  /** @returns {Place} */
  get place() {
    return this.isHere && this.here ? this.here : this.there;
  }

  /** Whether it runs in this page, or would. */
  get isHere() {
    if (!this.here?.isPossible) return false;
    return this.isWantedHere || this.here.isRunning || this.there.isMissing;
  }

  get state() {
    return this.place.state;
  }

  get isUp() {
    return this.state === "up";
  }

  /** Whether it runs once somebody starts it: ready.js does. */
  get canStart() {
    return this.isHere && !this.isUp;
  }

  /** Whether it was looked for, and nothing can be run. */
  get isMissing() {
    return this.there.isMissing && !this.isHere;
  }

  get whyMissing() {
    return this.place.whyMissing;
  }

  get versions() {
    return this.place.versions;
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
   * Why something cannot be run where the server runs; empty where it can.
   * @param {string[]} paths What it asks for.
   * @param {string} [own] Why it cannot be run in a page, whatever it asks for.
   */
  whyNot(paths, own = "") {
    if (!this.isHere) return "";
    return own || paths.map((path) => this.here?.whyNot(path)).find(Boolean) || "";
  }

  /**
   * Ask whether it answers; tell those who listen if that has changed.
   * @returns {Promise<boolean>}
   */
  async check() {
    if (this.isWantedHere) await this.findHere();
    if (this.isHere && this.isUp) return true;
    if (!(await this.there.check())) await this.findHere();
    return this.isUp;
  }

  /** Find out whether this page could run it. */
  findHere() {
    this.finding ??= this.#findHere().finally(() => (this.finding = undefined));
    return this.finding;
  }

  async #findHere() {
    try {
      if (!this.here) {
        this.here = await this.load();
        this.here.addEventListener("change", () => this.dispatchEvent(new Event("change")));
        this.here.addEventListener("raised", (event) => this.#raised(event));
      }
      await this.here.find();
    } catch (error) {
      console.error("Whether the server can run in this page is not known", error);
    }
  }

  /**
   * For whoever has pressed, and no answer has come yet: start it in this page if that can be, and wait on if not.
   * @param {string[]} paths What is going to be asked for.
   */
  async hurry(paths) {
    await this.findHere();
    const { here, there } = this;
    if (there.state !== "unknown") return;
    if (here?.isPossible && !paths.some((path) => here.whyNot(path))) void here.start();
    else await this.check();
  }

  /** Nobody is told that it is away who would be told at once that it runs here. */
  async #tell() {
    if (this.there.isMissing) await this.findHere();
    this.dispatchEvent(new Event("change"));
  }

  /**
   * As the reader wants it. Whatever is open is closed: it was a conversation with another server.
   * @param {"here" | "there"} name
   * @returns {Promise<boolean>} false if it cannot be had there.
   */
  async move(name) {
    if (name === "here") await this.findHere();
    const can = name === "here" ? this.here?.isPossible : await this.there.check();
    if (!can) return false;
    this.isWantedHere = name === "here";
    rememberWanted(this.isWantedHere);
    this.dispatchEvent(new Event("moved"));
    if (name === "there") this.here?.stop();
    this.dispatchEvent(new Event("change"));
    return true;
  }

  /** @param {Event} event */
  #raised(event) {
    this.dispatchEvent(new CustomEvent("raised", { detail: /** @type {CustomEvent} */ (event).detail }));
  }

  /**
   * Have the server run in this page with these modules in place of its own, by their paths: no other runs what a reader
   * has written. From now on it is the one that answers.
   * @param {Record<string, string>} files
   * @param {HTMLElement} status Where its start is told.
   * @returns {Promise<{traceback: string}>} Empty if all went well; otherwise what was there goes on running. Rejects where
   *   no server can run in this page.
   */
  async edit(files, status) {
    return (await this.#startHere(status)).edit(files);
  }

  /**
   * Read a transcript that the reader has written: by Python, in this page, too.
   * @param {string} text
   * @param {HTMLElement} status Where the start of the server is told.
   */
  async read(text, status) {
    return (await this.#startHere(status)).read(text);
  }

  /** @param {HTMLElement} status */
  async #startHere(status) {
    await this.findHere();
    const { here } = this;
    if (!here?.isPossible)
      throw new Error(here?.whyMissing || "This page cannot run the server, so nothing can be edited.");
    if (!this.isHere) this.dispatchEvent(new Event("moved"));
    if (here.state !== "up") await import("./starting.js").then(({ start }) => start(status));
    return here;
  }

  /**
   * Be told of changes until the signal ends it; while anybody is and no server answers, one is looked for.
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
