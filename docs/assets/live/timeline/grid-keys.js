/** The diagram by keyboard: one stop for the Tab key, and arrow keys from entry to entry. */

const STEPS = new Map([
  ["ArrowUp", -1],
  ["ArrowDown", 1],
  ["Home", -Infinity],
  ["End", Infinity],
]);

/**
 * The entries that can be seen, in order.
 * @param {HTMLElement} body
 * @returns {HTMLElement[]}
 */
function entries(body) {
  return Array.from(body.querySelectorAll(".live-happening:not([hidden]) > .live-what > button"));
}

/**
 * See to it that the Tab key comes to one of the entries.
 * @param {HTMLElement} body
 */
export function makeReachable(body) {
  const all = entries(body);
  if (all[0] && !all.some((entry) => entry.tabIndex === 0)) all[0].tabIndex = 0;
}

/**
 * @param {HTMLElement} body
 * @param {KeyboardEvent} event
 */
export function walk(body, event) {
  const all = entries(body);
  const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
  const step = STEPS.get(event.key);
  if (at < 0 || step === undefined) return;
  event.preventDefault();
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all.forEach((entry) => (entry.tabIndex = entry === next ? 0 : -1));
  next?.focus();
}
