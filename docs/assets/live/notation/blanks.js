/** Predict, then run: the blanks of a transcript, which the reader may fill in before it runs. Run shows both. */

import { build } from "../kit/dom.js";

/** A blank in a line: a field until the line has been played, then the truth beside what the reader said. */
export class Blank {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.answer = element.textContent ?? "";
    this.field = build("input", {
      type: "text",
      className: "live-guess",
      autocomplete: "off",
      spellcheck: false,
      size: 10,
    });
    this.field.setAttribute("aria-label", "What do you expect here?");
    this.field.placeholder = "your guess";
    /** For paper: a hand-out has its answers. */
    this.printed = build("span", { className: "live-answer" }, this.answer);
    this.ask();
  }

  get guess() {
    return this.field.value.trim();
  }

  /** Whether the reader has said what it turned out to be; undefined if they have said nothing. */
  get isRight() {
    return this.guess === "" ? undefined : unquoted(this.guess) === unquoted(this.answer);
  }

  /** Take the answer out of sight again. */
  ask() {
    delete this.element.dataset.guess;
    this.element.replaceChildren(this.field, this.printed);
  }

  /** The line has been played: the truth, and whether the reader knew it. */
  reveal() {
    const right = this.isRight;
    const said = right === undefined ? "" : right ? " ✓ as you said" : ` ✗ you said ${this.guess}`;
    this.element.dataset.guess = right === undefined ? "none" : right ? "right" : "wrong";
    this.element.replaceChildren(this.answer, build("span", { className: "live-said" }, said));
  }

  /** As it was before there was a script. */
  restore() {
    delete this.element.dataset.guess;
    this.element.replaceChildren(this.answer);
  }
}

/** @param {string} text Quotes around an answer are a matter of style. */
function unquoted(text) {
  return text.replace(/^(["'])(.*)\1$/, "$2");
}
