/** The printed transcript: its steps read off the page, and each line marked with how it went. */

import { Blank } from "./blanks.js";
import { build } from "./dom.js";

/** @import {Connect, Line, Outcome, Step} from "./types.js" */

/**
 * The steps that are printed within an element.
 * @param {Element} root
 * @param {string} selector
 * @returns {Line[]}
 */
export function linesOf(root, selector) {
  return Array.from(root.querySelectorAll(selector), (item) => {
    const element = /** @type {HTMLElement} */ (item);
    /** @type {Step} */
    const step = JSON.parse(element.dataset.step ?? "");
    return { element, client: element.dataset.client ?? "", step };
  });
}

export class PrintedTranscript {
  /** @param {Element} sandbox */
  constructor(sandbox) {
    this.lines = linesOf(sandbox, ".live-line");
    this.blanks = Array.from(sandbox.querySelectorAll(".live-line .live-blank"), (item) => new Blank(/** @type {HTMLElement} */ (item)));
    /** The clients in the order in which they first speak. */
    this.clients = Array.from(new Set(this.lines.map((line) => line.client)));
  }

  /** @returns {Connect[]} */
  get connects() {
    return this.lines.flatMap(({ step }) => (step.do === "connect" ? [step] : []));
  }

  /** Whether the conversation depends on who is logged in. */
  get knowsUsers() {
    return this.lines.some(
      ({ step }) =>
        (step.do === "connect" && step.user !== null) || (step.do === "request" && step.path.startsWith("/demo/")),
    );
  }

  /** The HTTP methods that the conversation uses as well. */
  get methods() {
    return new Set(this.lines.flatMap(({ step }) => (step.do === "request" ? [step.method] : [])));
  }

  /** Forget what the reader expected. */
  forgetGuesses() {
    for (const { field } of this.blanks) field.value = "";
  }

  /** Leave the transcript as the page printed it. */
  restore() {
    this.clear();
    for (const blank of this.blanks) blank.restore();
  }

  /** Take every mark off. */
  clear() {
    for (const { element } of this.lines) {
      delete element.dataset.outcome;
      element.querySelector(".live-came")?.remove();
      element.querySelector(".live-verdict")?.remove();
    }
    for (const blank of this.blanks) blank.ask();
  }

  /**
   * Mark one line with how it went.
   * @param {Line} line
   * @param {Outcome} outcome
   */
  mark({ element }, { ok, came }) {
    element.dataset.outcome = ok ? "same" : "different";
    element.prepend(build("span", { className: "live-verdict live-heard" }, ok ? "as written: " : "different: "));
    if (came) {
      const words = ok ? came : `came: ${came}`;
      element.append(build("p", { className: "live-came" }, words));
    }
    for (const blank of this.blanks) {
      if (element.contains(blank.element)) blank.reveal();
    }
  }
}
