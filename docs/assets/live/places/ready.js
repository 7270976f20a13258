/** Whoever is about to ask something of the server waits here until it runs, and says meanwhile how that goes. */

import { server } from "./server.js";
import { notHere } from "./server-word.js";

/**
 * Whoever presses before it is known whether a server answers waits for that as long as the page itself took to come, and
 * at least so long, and then has one in the page: on a slow network, or a busy machine, the server is slow to answer, too.
 */
const HASTE_MS = 1500;

/**
 * See to it that a server answers: start it in this page where none does.
 * @param {HTMLElement} status Says how that goes, and why if it cannot be.
 * @param {string[]} paths What is going to be asked for.
 * @param {string} [own] Why this, whatever its paths, cannot be run in a page.
 * @returns {Promise<boolean>} Whether one does.
 */
export async function ready(status, paths, own = "") {
  if (server.state === "unknown") await Promise.race([server.check(), pause(haste())]);
  if (server.state === "unknown") await (own ? server.check() : server.hurry(paths));
  else if (!server.isUp && !server.isHere) await server.check(); // somebody may have started it in the meantime
  const why = server.whyNot(paths, own);
  if (why) return tell(status, notHere(why));
  if (server.canStart) await import("./starting.js").then(({ start }) => start(status));
  return server.isUp || tell(status, server.whyMissing);
}

/**
 * @param {HTMLElement} status
 * @param {string} words
 */
function tell(status, words) {
  status.textContent = words;
  return false;
}

function haste() {
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return Math.max(HASTE_MS, page?.duration || performance.now()); // no duration yet: the page is still coming
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
