/** Leaving a page for good: instant navigation replaces it, and the theme keeps the old one, with whatever is in it. */

/**
 * An element has left the page. If it does not come back at once, as one that is only moved does, it leaves what the
 * theme keeps, too: nothing holds it or what it has made any more.
 * @param {HTMLElement} element
 */
export function letGo(element) {
  setTimeout(() => element.isConnected || element.remove());
}
