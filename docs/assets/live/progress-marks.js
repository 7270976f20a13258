/** Notes what the reader does on this page, and marks in the navigation what has been read and solved. */

import { build } from "./dom.js";
import { progress } from "./progress.js";

const eye = new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  eye.disconnect();
  progress.markRead();
});

/** @type {Element | undefined} */
let end;

/** The page may have been replaced: watch its end, and mark its navigation. */
export function mark() {
  const last = document.querySelector("article h2#sources") ?? undefined;
  if (last !== end) {
    eye.disconnect();
    end = last;
    if (end) eye.observe(end);
  }
  const { read, solved } = progress.record;
  const root = new URL(`${JSON.parse(document.getElementById("__config")?.textContent ?? '{"base": "."}').base}/`, location.href).href;
  for (const link of document.querySelectorAll("a.md-nav__link[href]")) {
    const { href } = /** @type {HTMLAnchorElement} */ (link);
    const page = href.split("#")[0]?.slice(root.length) ?? "";
    if (href.includes("#") || !href.startsWith(root) || page === "") continue;
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
