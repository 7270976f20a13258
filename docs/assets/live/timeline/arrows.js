/**
 * Arrows: one stroke a hop, from who sends to who receives, drawn where it is received. Nobody who sent nothing has an
 * arrow. Sans page.
 */

/** @import {Happening, Lane} from "../notation/types.js" */

/** In the order in which a message passes them on its way to the server. @type {Lane[]} */
export const ORDER = ["js", "wire", "asgi", "consumer"];

/**
 * Where the arrow to a happening begins: in a lane that is shown; at the edge of its own, from one that is folded; or
 * "leaves", for a call that is received in none that is shown.
 * @typedef {Lane | "edge" | "leaves" | "none"} Source
 */

/**
 * @param {Happening} happening
 * @param {Lane[]} shown
 * @param {Set<Lane>} seen The lanes that have seen its crossing.
 * @returns {Source}
 */
export function sourceOf(happening, shown, seen) {
  const { lane, toward } = happening;
  if (!toward) return "none";
  const received = shown.some((other) => other !== lane && seen.has(other));
  if (lane === "js" && toward === "server") return received ? "none" : "leaves";
  const before =
    toward === "server" ? ORDER.slice(0, ORDER.indexOf(lane)).reverse() : ORDER.slice(ORDER.indexOf(lane) + 1);
  const senders = before.filter((other) => seen.has(other) || sends(other, lane, seen));
  return (
    senders.find((other) => shown.includes(other)) ?? (senders.length || comesFromOutside(happening) ? "edge" : "none")
  );
}

/**
 * What goes to the page and is an event of ASGI's began in the consumer, where no happening of its own tells of it.
 * @param {Lane} other
 * @param {Lane} lane
 * @param {Set<Lane>} seen
 */
function sends(other, lane, seen) {
  return other === "consumer" && (lane === "asgi" || seen.has("asgi"));
}

/**
 * Whether somebody sent it though no lane tells of that: the browser's own frames and the server's, an answer to
 * fetch(), a message whose other half nobody observed. Not the end of a connection of which no frame told.
 * @param {Happening} happening
 */
function comesFromOutside({ lane, properties = {} }) {
  if (lane === "js") return properties["event.wasClean"] !== "false" && properties["event.type"] !== '"error"';
  return lane === "wire" || lane === "consumer";
}
