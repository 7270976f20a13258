/** What is said above code that came by a link, until the reader makes it their own. */

import { build } from "../kit/dom.js";

const WORDS =
  "This code came by a link, and nothing of it has run. Below is what it changes: read it, then press Run. It runs in " +
  "this page, where it can reach nothing else: no cookie, nothing that your browser keeps, no server.";

/** @param {() => void} discard What puts back what was there. */
export function strangerNotice(discard) {
  const button = build("button", { type: "button", className: "live-button" }, "Discard it");
  button.addEventListener("click", discard);
  return build("div", { className: "live-received" }, build("p", { role: "status" }, WORDS), button);
}
