/**
 * The order in which happenings are shown: by time, except that nothing arrives before it was sent. Two clocks that
 * agree to half a millisecond cannot always tell; what is known for certain is each half's own order.
 */

/** @import {Happening} from "../notation/types.js" */

/**
 * @param {Happening[]} happenings In the order in which each connection, and the page, told of them.
 * @returns {Happening[]}
 */
export function arrange(happenings) {
  /** @type {Map<string, Happening[]>} */
  const threads = new Map();
  const underWay = new Set();
  for (const happening of happenings) {
    const name = happening.lane === "js" ? "" : (happening.connection ?? "");
    const thread = threads.get(name) ?? [];
    threads.set(name, thread);
    thread.push(happening);
    if (departs(happening)) underWay.add(happening.crossing);
  }
  const rest = Array.from(threads.values(), (thread) => thread.reverse());
  const ordered = [];
  while (ordered.length < happenings.length) {
    const heads = rest.filter((thread) => thread.length > 0);
    const free = heads.filter((thread) => !waits(thread.at(-1), underWay));
    const soonest = (free.length ? free : heads).reduce((a, b) => (time(b) < time(a) ? b : a));
    const next = /** @type {Happening} */ (soonest.pop());
    if (departs(next)) underWay.delete(next.crossing);
    ordered.push(next);
  }
  return ordered;
}

/** @param {Happening[]} thread */
function time(thread) {
  return thread.at(-1)?.at ?? Infinity;
}

/**
 * Whether it sets something on its way between the page and the wire.
 * @param {Happening} happening
 */
function departs({ lane, toward }) {
  return (lane === "js" && toward === "server") || (lane === "wire" && toward === "page");
}

/**
 * Whether it is the arrival of something that has not been shown leaving.
 * @param {Happening | undefined} happening
 * @param {Set<string | undefined>} underWay
 */
function waits(happening, underWay) {
  if (!happening?.crossing || departs(happening)) return false;
  return (happening.lane === "js" || happening.lane === "wire") && underWay.has(happening.crossing);
}
