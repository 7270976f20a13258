/** The printed transcript: its steps read off the page, and each line marked with how it went. */

import { build } from "./dom.js";

/** @import {Connect, Line, Outcome, Step} from "./types.js" */

export class PrintedTranscript {
  /** @param {Element} sandbox */
  constructor(sandbox) {
    /** @type {Line[]} */
    this.lines = Array.from(sandbox.querySelectorAll(".live-line"), (item) => {
      const element = /** @type {HTMLElement} */ (item);
      /** @type {Step} */
      const step = JSON.parse(element.dataset.step ?? "");
      return { element, client: element.dataset.client ?? "", step };
    });
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

  /** Take every mark off. */
  clear() {
    for (const { element } of this.lines) {
      delete element.dataset.outcome;
      element.querySelector(".live-came")?.remove();
      element.querySelector(".live-verdict")?.remove();
    }
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
  }
}
