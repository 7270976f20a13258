/** Where a reader goes on who has solved something. */

import { build } from "../kit/dom.js";

/**
 * @param {Element} solved
 * @returns {HTMLElement[]} A link to the next of its kind on the page, or to the next page; none behind the last.
 */
export function wayOn(solved) {
  const all = Array.from(document.querySelectorAll("live-challenge, live-mend"));
  const next = all[all.indexOf(solved) + 1];
  /** @type {HTMLLinkElement | null} */
  const page = document.querySelector("link[rel=next]");
  const title = next?.querySelector(".live-title")?.textContent ?? "the next page";
  const href = next ? `#${next.id}` : page?.href;
  return href ? [build("p", {}, "Go on: ", build("a", { href }, title))] : [];
}
