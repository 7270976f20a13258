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
  /** @type {Map<string, Thread>} */
  const named = new Map();
  const underWay = new Set();
  for (const happening of happenings) {
    const name = happening.lane === "js" ? "" : (happening.connection ?? "");
    const thread = named.get(name) ?? { told: [], next: 0 };
    named.set(name, thread);
    thread.told.push(happening);
    if (departs(happening)) underWay.add(happening.crossing);
  }
  const threads = Array.from(named.values());
  const ordered = [];
  while (ordered.length < happenings.length) {
    const thread = soonest(threads, underWay);
    const next = /** @type {Happening} */ (thread.told[thread.next]);
    thread.next += 1;
    if (departs(next)) underWay.delete(next.crossing);
    ordered.push(next);
  }
  return ordered;
}

/** @typedef {{told: Happening[], next: number}} Thread What one half told, and how far it has been put in order. */

/**
 * The thread whose next one happened first, of those that wait for nothing, or else of all.
 * @param {Thread[]} threads At least one of them has a next.
 * @param {Set<string | undefined>} underWay
 */
function soonest(threads, underWay) {
  /** @type {Thread | undefined} */
  let first;
  /** @type {Thread | undefined} */
  let free;
  for (const thread of threads) {
    const next = thread.told[thread.next];
    if (!next) continue;
    if (next.at < time(first)) first = thread;
    if (next.at < time(free) && !waits(next, underWay)) free = thread;
  }
  return /** @type {Thread} */ (free ?? first);
}

/** @param {Thread | undefined} thread */
function time(thread) {
  return thread?.told[thread.next]?.at ?? Infinity;
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
