/**
 * Whoever needs to know that the page has been replaced, by Material's instant navigation, which loads no script again.
 * It replaces the body's own children: what happens within the page is nobody's business here, and costs nothing.
 */

/** @type {(() => void)[]} */
const acts = [];

new MutationObserver(() => {
  for (const act of acts) act();
}).observe(document.body, { childList: true });

/**
 * Do it now, and after each change of page.
 * @param {() => void} act
 */
export function nowAndOnChange(act) {
  acts.push(act);
  act();
}
