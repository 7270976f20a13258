/** Whoever can wait until the reader comes near. One observer for all of them, and one of them at a time. */

/** How far ahead: as much of the page as the screen shows, above it and below. */
const AHEAD = "100% 0px";

/** @type {Map<Element, () => void>} */
const waiting = new Map();
/** @type {Element[]} */
const come = [];

const eye = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      eye.unobserve(target);
      come.push(target);
    }
    if (come.length) setTimeout(next);
  },
  { rootMargin: AHEAD },
);

/** Between two of them the browser may do what the reader asks for. */
function next() {
  const element = come.shift();
  const act = element && waiting.get(element);
  if (element) waiting.delete(element);
  if (come.length) setTimeout(next);
  act?.();
}

/**
 * Do it once the element is on the screen or nearly so, unless the signal comes first.
 * @param {Element} element
 * @param {() => void} act
 * @param {AbortSignal} [signal]
 */
export function whenNear(element, act, signal) {
  waiting.set(element, act);
  eye.observe(element);
  const leave = () => {
    waiting.delete(element);
    eye.unobserve(element);
  };
  signal?.addEventListener("abort", leave, { once: true });
}
