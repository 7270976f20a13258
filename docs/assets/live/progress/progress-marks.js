/** Notes what the reader does on this page, and marks in the navigation what has been read and solved. */

import { build } from "../kit/dom.js";
import { progress, siteRoot } from "./progress.js";

/** The headings of the page that have yet to be seen: a page is read when all have been, not when one jumps to its end. */
let unseen = new Set();
const eye = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting && unseen.delete(target) && unseen.size === 0) progress.markRead();
  }
});

/** The page may have been replaced: watch its headings, and mark its navigation. */
export function turnPage() {
  eye.disconnect();
  unseen = new Set(document.querySelectorAll("article h2"));
  unseen.forEach((heading) => eye.observe(heading));
  mark();
}

function mark() {
  const { read, solved } = progress.record;
  const root = siteRoot();
  for (const link of document.querySelectorAll("a.md-nav__link[href]")) {
    const { href } = /** @type {HTMLAnchorElement} */ (link);
    const page = href.slice(root.length);
    if (!href.startsWith(root) || page.includes("#")) continue;
    show(link, read.includes(page), solved.filter((name) => name.startsWith(`${page}#`)).length);
  }
}

/**
 * @param {Element} link
 * @param {boolean} isRead
 * @param {number} count Of its challenges that are solved.
 */
function show(link, isRead, count) {
  const words = [isRead ? "read" : "", count ? `${count} solved` : ""].filter(Boolean).join(", ");
  const old = link.querySelector(".live-progress");
  if ((old?.textContent ?? "") === words) return;
  old?.remove();
  if (words) link.append(build("span", { className: "live-progress" }, words));
}

progress.addEventListener("change", mark);
document.addEventListener("live-solved", (event) => {
  const { id, own } = /** @type {CustomEvent} */ (event).detail;
  if (own) progress.markSolved(id);
});
