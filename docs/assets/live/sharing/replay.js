/** What a link brought, step by step, on the timeline of its sandbox; and then the same again, live. */

import { build } from "../kit/dom.js";
import { never } from "../kit/never.js";

/** @import {Step} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

export class Replay {
  /**
   * @param {Happening[]} happened
   * @param {(happening: Happening) => boolean} show Whether there was anything to see: its lane may be folded.
   * @param {() => void} live Leaves the replay and plays its steps for real.
   */
  constructor(happened, show, live) {
    this.rest = happened.slice();
    this.count = happened.length;
    this.show = show;
    this.words = build("p", { className: "live-replay-words" });
    this.words.setAttribute("role", "status");
    const buttons = [
      this.#button("Step", () => this.#advance((seen) => seen)),
      this.#button("Show all", () => this.#advance(() => false)),
      this.#button("Run it live", live),
    ];
    this.element = build("div", { className: "live-bar live-replay" }, ...buttons, this.words);
    this.#say();
  }

  /** @param {(seen: boolean) => boolean} enough */
  #advance(enough) {
    for (let next; (next = this.rest.shift()) && !enough(this.show(next)); );
    this.#say();
  }

  #say() {
    const shown = this.count - this.rest.length;
    this.words.textContent = `A replay from a link: ${shown} of ${this.count} happenings. Nothing is sent until you run it live.`;
  }

  /**
   * @param {string} text
   * @param {() => void} act
   */
  #button(text, act) {
    const button = build("button", { type: "button", className: "live-button" }, text);
    button.addEventListener("click", act);
    return button;
  }
}

/**
 * What happened, as lines that can be played: the same steps, and as many messages as there were, whatever they say
 * now. What the server's half showed is seen again, not claimed.
 * @param {Happening[]} happened
 * @returns {{client: string, step: Step}[]}
 */
export function playable(happened) {
  return happened.flatMap(({ client, step }) => {
    const again = step && loosened(step);
    return again ? [{ client, step: again }] : [];
  });
}

/**
 * @param {Step} step
 * @returns {Step | undefined}
 */
function loosened(step) {
  switch (step.do) {
    case "receive":
      return step.binary ? step : { ...step, data: "..." };
    case "closed":
      return { ...step, reason: null };
    case "response":
      return { ...step, body: null };
    case "connect":
    case "refused":
    case "unanswered":
    case "send":
    case "close":
    case "request":
      return step;
    case "accepted":
    case "wait":
    case "raised":
    case "event":
      return undefined;
    default:
      return never(step);
  }
}
