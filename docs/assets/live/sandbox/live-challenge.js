/**
 * `<live-challenge>`: watches what happens in the sandbox that it holds until the goal has come true. Fires
 * `live-solved` when it has; whether the reader did it or ran the solution is part of the event.
 */

import { build } from "../kit/dom.js";
import { Goal } from "../notation/goal.js";
import { linesOf } from "../notation/printed-transcript.js";
import { progress } from "../progress/progress.js";
import { wayOn } from "./way-on.js";

class LiveChallenge extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.goal = new Goal(linesOf(this, ".live-wanted"));
    this.status = build("p", { className: "live-verdict-words" });
    this.status.setAttribute("role", "status");
    this.append(this.status); // at the foot of the screen for as long as any of the challenge can be seen: challenge.css
    this.#showWaiting();
    this.addEventListener("live-fact", (event) => this.#see(/** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener("live-reset-done", () => this.#restart(), { signal });
  }

  disconnectedCallback() {
    this.leaving?.abort();
    this.status?.remove();
    this.afterwards?.remove();
    this.goal?.restart();
    this.#mark();
  }

  /** @param {{client: string, step: import("../notation/contract.js").Step, played: boolean}} fact */
  #see({ client, step, played }) {
    if (!this.goal || this.goal.reached) return;
    this.goal.see(client, step);
    this.#mark();
    if (!this.goal.reached) return this.#showWaiting();
    this.#say(played ? "Reached: this was the solution at work. Press Reset, and do it yourself." : "Solved.");
    this.#showAfter();
    const detail = { id: this.dataset.id, own: !played };
    this.dispatchEvent(new CustomEvent("live-solved", { bubbles: true, detail }));
  }

  #restart() {
    this.afterwards?.remove();
    this.goal?.restart();
    this.#mark();
    this.#showWaiting();
  }

  /** Tick the lines that have come true, and no others. */
  #mark() {
    const { lines = [], done = [] } = this.goal ?? {};
    for (const line of lines) {
      const { element } = line;
      if (done.includes(line) === (element.dataset.outcome === "same")) continue;
      if (done.includes(line)) {
        element.dataset.outcome = "same";
        element.prepend(build("span", { className: "live-verdict live-heard" }, "has happened: "));
      } else {
        delete element.dataset.outcome;
        element.querySelector(".live-verdict")?.remove();
      }
    }
    if (this.status) this.status.dataset.reached = String(this.goal?.reached);
  }

  #showWaiting() {
    const { lines = [] } = this.goal ?? {};
    const done = this.goal?.done.length ?? 0;
    const before = progress.hasSolved(this.dataset.id ?? "") ? " You have solved this before." : "";
    this.#say(lines.length === 1 ? `Not yet.${before}` : `${done} of ${lines.length} lines have come true.${before}`);
  }

  /** Why it came true, which is what the solution notes, and where to go on. */
  #showAfter() {
    const notes = Array.from(this.querySelectorAll(".live-solution .live-note"), (note) => note.cloneNode(true));
    this.afterwards = build("div", { className: "live-after" }, ...notes, ...wayOn(this));
    this.querySelector(".live-goal")?.append(this.afterwards);
  }

  /** @param {string} words */
  #say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words; // said once to who hears it
  }
}

customElements.define("live-challenge", LiveChallenge);
