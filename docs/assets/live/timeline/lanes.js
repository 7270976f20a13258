/**
 * The four lanes, and which of them a sandbox shows: those that its page asks for or, where it asks for none, the
 * reader's last choice, which the browser keeps.
 */

import { build, inPlace } from "../kit/dom.js";

/** @import {Lane} from "../notation/types.js" */

/** In the order in which a message passes them on its way to the server.
 * @type {Record<Lane, {name: string, tag: string, where: string}>} */
export const LANES = {
  js: { name: "Your JavaScript", tag: "JS", where: "in your JavaScript" },
  wire: { name: "The wire", tag: "wire", where: "on the wire" },
  asgi: { name: "ASGI", tag: "ASGI", where: "in ASGI" },
  consumer: { name: "Your consumer", tag: "consumer", where: "in your consumer" },
};
const KEY = "live-lanes";
const DEFAULT = "js asgi";

export class ShownLanes extends EventTarget {
  /** @param {string} asked The lanes that the page asks for, in the notation's words; empty if it does not. */
  constructor(asked) {
    super();
    const names = asked ? asked.replace("javascript", "js") : recall();
    this.shown = new Set(names.split(" ").filter(isLane));
  }

  /** The lanes that are shown, in order. */
  get list() {
    return Object.keys(LANES)
      .filter(isLane)
      .filter((lane) => this.shown.has(lane));
  }

  /** @param {Lane} lane */
  toggle(lane) {
    if (!this.shown.delete(lane)) this.shown.add(lane);
    try {
      localStorage.setItem(KEY, this.list.join(" "));
    } catch {
      // A browser that keeps nothing: the choice holds as long as the page does.
    }
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {string} name
 * @returns {name is Lane}
 */
function isLane(name) {
  return Object.hasOwn(LANES, name);
}

function recall() {
  try {
    return localStorage.getItem(KEY) ?? DEFAULT;
  } catch {
    return DEFAULT;
  }
}

/**
 * A button for each lane that folds it away and back.
 * @param {ShownLanes} lanes
 */
export function toggles(lanes) {
  const buttons = Object.keys(LANES)
    .filter(isLane)
    .map((lane) => {
      const button = build("button", { type: "button", className: "live-toggle" }, LANES[lane].name);
      const show = () => button.setAttribute("aria-pressed", String(lanes.shown.has(lane)));
      button.addEventListener("click", () => void inPlace(button, () => lanes.toggle(lane)));
      lanes.addEventListener("change", show);
      show();
      return button;
    });
  const group = build("div", { className: "live-toggles" }, ...buttons);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Lanes to show");
  return group;
}

/**
 * What is folded away, in words; empty if nothing is.
 * @param {Map<Lane, number>} counts
 */
export function hidden(counts) {
  const parts = Array.from(
    counts,
    ([lane, count]) => `${count} ${count === 1 ? "event" : "events"} ${LANES[lane].where}`,
  );
  if (parts.length === 0) return "";
  const all = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0];
  return `${all} ${parts.length === 1 && all?.startsWith("1 ") ? "is" : "are"} hidden: switch ${parts.length === 1 ? "this lane" : "these lanes"} on above.`;
}
