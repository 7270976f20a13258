/**
 * The fragment with which the page was opened, for links that carry something behind their `#`. A theme may take one
 * that names no heading off the address as soon as the page moves, as Material's anchor tracking does, which may be
 * before the module that wants to read it has come. So the page's head notes its address: overrides/main.html.
 */

/** What a link to a sandbox begins with behind the page's address: sharing/link.js. */
export const SANDBOX_LINK = "#live=";

/**
 * What the page's address carries behind its `#`, if it begins so; else "".
 * @param {string} prefix
 */
export function fragment(prefix) {
  if (location.hash.startsWith(prefix)) return location.hash;
  const { openedAt } = document.documentElement.dataset;
  if (!openedAt) return "";
  const { pathname, hash } = new URL(openedAt);
  return pathname === location.pathname && hash.startsWith(prefix) ? hash : "";
}

/** It is done with: off the address, and not to be found again. */
export function dropFragment() {
  delete document.documentElement.dataset.openedAt;
  history.replaceState(history.state, "", location.pathname + location.search);
}
