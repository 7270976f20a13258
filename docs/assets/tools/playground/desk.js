/**
 * Which work is being worked on: what the reader wrote, an example, or what came by a link. What is replaced is put aside,
 * and comes back once. Knows no page.
 */

import { aside, mine } from "./kept.js";
import { isSame } from "./work.js";

/** @import {Work} from "./work.js" */

/** What the transcript is called among the texts; no module is. */
export const TRANSCRIPT = "transcript";

export class Desk {
  /** @param {Work[]} examples */
  constructor(examples) {
    this.examples = examples;
    /** Whether it came by a link, and has not been run yet. */
    this.isStrange = false;
    /** @type {Work} */
    this.work = mine.recall() ?? this.#first;
    /** What it was to begin with. */
    this.begun = this.#exampleOf(this.work);
  }

  get #first() {
    return /** @type {Work} */ (this.examples[0]);
  }

  /** The texts, by their names. */
  get texts() {
    return { ...this.work.files, [TRANSCRIPT]: this.work.transcript };
  }

  /** Whether something was put aside. */
  get canGoBack() {
    return this.isStrange || aside.recall() !== undefined;
  }

  /**
   * In the place of what is here, which is put aside if the reader has changed it.
   * @param {Work} work
   */
  put(work) {
    this.own();
    if (!isSame(this.work, this.begun)) aside.keep(this.work);
    this.#take(work);
  }

  /**
   * What a link brought: it is only looked at, and not kept.
   * @param {Work} work
   */
  receive(work) {
    this.work = this.begun = work;
    this.isStrange = true;
  }

  /** What came by a link becomes the reader's own when they run it; what they had is put aside. */
  own() {
    if (!this.isStrange) return false;
    this.isStrange = false;
    aside.keep(mine.recall());
    mine.keep(this.work);
    return true;
  }

  /** What was here before; a link is left. */
  goBack() {
    const before = this.isStrange ? (mine.recall() ?? this.#first) : aside.recall();
    if (!before) return;
    if (!this.isStrange) aside.keep(undefined);
    this.isStrange = false;
    this.#take(before);
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  change(name, text) {
    const { work } = this;
    if (name === TRANSCRIPT) this.work = { ...work, transcript: text };
    else this.work = { ...work, files: { ...work.files, [name]: text } };
    if (!this.isStrange) mine.keep(this.work);
  }

  /** @param {string} name A module's. */
  takeAway(name) {
    const { [name]: _, ...files } = this.work.files;
    if (!this.isStrange) aside.keep(this.work);
    this.work = { ...this.work, files };
    if (!this.isStrange) mine.keep(this.work);
  }

  /** @param {Work} work */
  #take(work) {
    this.work = work;
    this.begun = this.#exampleOf(work);
    mine.keep(work);
  }

  /**
   * The example that has become this work, by its name; the work itself, if none has.
   * @param {Work} work
   */
  #exampleOf(work) {
    return this.examples.find(({ title }) => title === work.title) ?? work;
  }
}
