/** What a link brought, on the timeline of its sandbox, where it can be stepped through; and then the same again, live. */

import { build } from "../kit/dom.js";
import { never } from "../kit/never.js";

/** @import {Step} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

/**
 * What is said above the diagram, and the way out of it.
 * @param {number} count How many happenings the link brought.
 * @param {() => void} live Leaves the replay and plays its steps for real.
 */
export function replayBar(count, live) {
  const button = build("button", { type: "button", className: "live-button" }, "Run it live");
  button.addEventListener("click", live);
  const words = build("p", { className: "live-replay-words", role: "status" });
  words.textContent = `A replay from a link: ${count} happenings. Nothing is sent until you run it live.`;
  return build("div", { className: "live-bar live-replay" }, button, words);
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
