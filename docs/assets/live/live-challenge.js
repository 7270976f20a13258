/**
 * `<live-challenge>`: watches what happens in the sandbox that it holds until the goal has come true. Fires
 * `live-solved` when it has; whether the reader did it or ran the solution is part of the event.
 */

import { build } from "./dom.js";
import { Goal } from "./goal.js";
import { linesOf } from "./printed.js";
import { progress } from "./progress.js";

class LiveChallenge extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.goal = new Goal(linesOf(this, ".live-wanted"));
    this.status = build("p", { className: "live-verdict-words" });
    this.status.setAttribute("role", "status");
    this.querySelector(".live-goal")?.append(this.status);
    this.#showWaiting();
    this.addEventListener("live-fact", (event) => this.#see(/** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener("live-reset-done", () => this.#restart(), { signal });
  }

  disconnectedCallback() {
    this.leaving?.abort();
    this.status?.remove();
    this.#unmark();
  }

  /** @param {{client: string, step: import("./types.js").Step, played: boolean}} fact */
  #see({ client, step, played }) {
    if (!this.goal || this.goal.reached) return;
    const line = this.goal.see(client, step);
    if (!line) return;
    line.element.dataset.outcome = "same";
    line.element.prepend(build("span", { className: "live-verdict live-heard" }, "has happened: "));
    if (!this.goal.reached) return this.#showWaiting();
    this.#say(played ? "Reached: this was the solution at work. Press Reset, and do it yourself." : "Solved.");
    const detail = { id: this.dataset.id, own: !played };
    this.dispatchEvent(new CustomEvent("live-solved", { bubbles: true, detail }));
  }

  #restart() {
    this.goal?.restart();
    this.#unmark();
    this.#showWaiting();
  }

  #unmark() {
    for (const { element } of this.goal?.lines ?? []) {
      delete element.dataset.outcome;
      element.querySelector(".live-verdict")?.remove();
    }
  }

  #showWaiting() {
    const { lines = [], waiting = [] } = this.goal ?? {};
    const done = lines.length - waiting.flat().length;
    const before = progress.hasSolved(this.dataset.id ?? "") ? " You have solved this before." : "";
    this.#say(`${done} of ${lines.length} ${lines.length === 1 ? "line has" : "lines have"} come true.${before}`);
  }

  /** @param {string} words */
  #say(words) {
    if (this.status) this.status.textContent = words;
  }
}

customElements.define("live-challenge", LiveChallenge);
