/** The printed transcript: its steps read off the page, and each line marked with how it went. */

import { build } from "../kit/dom.js";
import { Blank } from "./blanks.js";

/** @import {Connect, Step} from "./contract.js" */
/** @import {Line, Outcome} from "./types.js" */

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

/**
 * What lines ask of the server.
 * @param {Line[]} lines
 */
export function pathsOf(lines) {
  return lines.flatMap(({ step }) => (step.do === "connect" || step.do === "request" ? [step.path] : []));
}

export class PrintedTranscript {
  /** @param {Element} sandbox */
  constructor(sandbox) {
    this.lines = linesOf(sandbox, ".live-line");
    this.blanks = Array.from(
      sandbox.querySelectorAll(".live-line .live-blank"),
      (item) => new Blank(/** @type {HTMLElement} */ (item)),
    );
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

  /** What there is to say of the reader's predictions; empty if there were none. */
  get judgement() {
    const judged = this.blanks.flatMap(({ isRight }) => (isRight === undefined ? [] : [isRight]));
    const right = judged.filter(Boolean).length;
    if (judged.length === 0) return "";
    if (right === judged.length) return " You predicted it.";
    if (judged.length === 1) return " You predicted something else.";
    return right
      ? ` You were right in ${right} of ${judged.length}.`
      : ` None of your ${judged.length} predictions was right.`;
  }

  /** Forget what the reader expected. */
  forgetGuesses() {
    for (const { field } of this.blanks) field.value = "";
  }

  /** Leave the transcript as the page printed it. */
  restore() {
    this.clear();
    for (const { element } of this.lines) element.querySelector(".live-told")?.removeAttribute("data-words");
    for (const blank of this.blanks) blank.restore();
  }

  /** Take every mark off. */
  clear() {
    for (const { element } of this.lines) {
      delete element.dataset.outcome;
      element.querySelector(".live-came:not(.live-told)")?.remove();
      const told = toldOf(element);
      if (told) tell(told, told.dataset.words ?? "");
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
    const told = toldOf(element);
    if (came && ok && told) tell(told, came);
    else if (came) {
      const words = build("p", { className: "live-came" }, ok ? came : `came: ${came}`);
      element.insertBefore(words, element.querySelector(".live-elsewhere")); // here first, then other servers
    }
    for (const blank of this.blanks) {
      if (element.contains(blank.element)) blank.reveal();
    }
  }
}

/**
 * What the page itself tells of a line, which keeps its place for what a run has to tell.
 * @param {HTMLElement} element
 */
function toldOf(element) {
  const told = /** @type {HTMLElement | null} */ (element.querySelector(".live-told"));
  if (told) told.dataset.words ??= told.textContent ?? "";
  return told;
}

/**
 * @param {HTMLElement} told
 * @param {string} words
 */
function tell(told, words) {
  told.textContent = words;
}
