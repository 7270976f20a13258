/**
 * Whoever needs to know that the page has changed, such as by Material's instant navigation, which loads no script
 * again. One observer for all of them.
 */

/** @type {(() => void)[]} */
const acts = [];

new MutationObserver(() => {
  for (const act of acts) act();
}).observe(document.body, { childList: true, subtree: true });

/**
 * Do it now, and after each change to what is on the page.
 * @param {() => void} act
 */
export function nowAndOnChange(act) {
  acts.push(act);
  act();
}
