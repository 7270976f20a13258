/**
 * The diagram by keyboard: one stop for the Tab key; up and down go from happening to happening, left and right follow
 * a message into the next lane. Sans page: which key leads where.
 */

/** @import {Happening, Lane} from "../notation/types.js" */

const PAGE = 10;
const STEPS = new Map([
  ["ArrowUp", -1],
  ["ArrowDown", 1],
  ["PageUp", -PAGE],
  ["PageDown", PAGE],
  ["Home", -Infinity],
  ["End", Infinity],
]);

/**
 * @param {string} key
 * @param {Happening[]} list Those that are shown.
 * @param {number} at Where the reader is.
 * @param {Lane[]} shown
 * @returns {number | undefined} Where the key leads; undefined for a key that leads nowhere.
 */
export function destination(key, list, at, shown) {
  const step = STEPS.get(key);
  if (step !== undefined) return Math.min(Math.max(at + step, 0), list.length - 1);
  if (key === "ArrowLeft") return sideways(list, at, shown.slice(0, column(list, at, shown)).reverse());
  return key === "ArrowRight" ? sideways(list, at, shown.slice(column(list, at, shown) + 1)) : undefined;
}

/**
 * @param {Happening[]} list
 * @param {number} at
 * @param {Lane[]} shown
 */
function column(list, at, shown) {
  const here = list[at];
  return here ? shown.indexOf(here.lane) : 0;
}

/**
 * The same message in the nearest of some lanes, or what is nearest to it there.
 * @param {Happening[]} list
 * @param {number} at
 * @param {Lane[]} lanes The nearest first.
 */
function sideways(list, at, lanes) {
  const crossing = list[at]?.crossing;
  for (const lane of lanes) {
    const there = Array.from(list.keys()).filter((other) => list[other]?.lane === lane);
    const kin = there.filter((other) => crossing && list[other]?.crossing === crossing);
    const [first, ...rest] = kin.length ? kin : there;
    if (first !== undefined)
      return rest.reduce((best, other) => (Math.abs(other - at) < Math.abs(best - at) ? other : best), first);
  }
  return at;
}
