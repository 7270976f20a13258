/** What stands in each sandbox and each tool while the server is missing: a word. The page's one notice says the rest. */

import { build } from "../kit/dom.js";
import { server } from "./server.js";

/** @returns {HTMLElement} Empty, until `tellServer` has something to say in it. */
export function serverWord() {
  return build("p", { className: "live-away", hidden: true });
}

/**
 * Call it once it can be seen, and whenever the server's state has changed.
 * @param {HTMLElement} word
 */
export function tellServer(word) {
  word.hidden = !server.isMissing;
  word.textContent = word.hidden ? "" : server.whyMissing;
  if (server.isMissing) void import("./server-notice.js").then(({ notice }) => notice.show());
}
