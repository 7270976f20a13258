/** Links that carry something behind their `#`: what a link to a sandbox begins with there, and taking it off again. */

/** sharing/link.js */
export const SANDBOX_LINK = "#live=";

/** What the page's address carried is done with. */
export function dropFragment() {
  history.replaceState(history.state, "", location.pathname + location.search);
}
