/** What stands in each sandbox and each tool while no server answers: a word. The page's one notice says the rest. */

import { build } from "../kit/dom.js";
import { server } from "./server.js";

/** @returns {HTMLElement} Empty, until `tellServer` has something to say in it. */
export function serverWord() {
  return build("p", { className: "live-away", hidden: true });
}

/**
 * Call it once it can be seen, and whenever the server's state has changed.
 * @param {HTMLElement} word
 * @param {string} whyNot Why this cannot be run where the server runs; empty if it can.
 */
export function tellServer(word, whyNot) {
  word.textContent = whyNot ? notHere(whyNot) : short();
  word.hidden = word.textContent === "";
  if (server.isMissing || server.canStart) void import("./server-notice.js").then(({ notice }) => notice.show());
}

/** @param {string} why */
export const notHere = (why) => `This does not run in the page. ${why}`;

function short() {
  if (server.state === "failed") return "The server did not start in this page.";
  return server.isMissing ? server.whyMissing : "";
}
