/**
 * Keeps what a reader came for where it is on the screen, while what stands above it is still being built: the heading
 * that a link names, or the place that they left and have come back to. Until they move the page themselves.
 *
 * Browsers do it only in part, and Safari not at all: anchoring starts from what has been painted, and Material puts a
 * reader who goes back at a height in pixels, on a page that has yet to grow.
 */

import { nowAndOnChange } from "./live/kit/page-changes.js";

/** How far it is from where it belongs; undefined while the page is the reader's. @type {(() => number) | undefined} */
let held;
/** What the page looked like then: a scroll of the same page is the reader's. */
let was = { height: 0, top: 0 };
/** The article that is read. @type {HTMLElement | null} */
let article = null;
let path = location.pathname;
/** After so long without a scroll the reader's place is noted: as long as Material waits with its own note. */
const REST_MS = 100;
let resting = 0;
const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
/** Whether the page was loaded again where it stood. */
let isReload = arrival?.type === "reload";
/** Whether the reader has been here before: they want the place that they left, and not what the address names. */
let isBack = isReload || arrival?.type === "back_forward";

const sizes = new ResizeObserver(() => held && hold(held));

/** @param {() => number} away */
function hold(away) {
  held = away;
  scrollBy({ top: away(), behavior: "instant" });
  was = now();
}

function release() {
  held = undefined;
}

const now = () => ({ height: article?.offsetHeight ?? 0, top: scrollY });

/** The heading that the address names, if it names one. */
function holdTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !article?.contains(target)) return release();
  hold(() => target.getBoundingClientRect().top - parseFloat(getComputedStyle(target).scrollMarginTop));
}

/** What stands at the top of the screen, and how far from it: kept for each page, for the tab. */
function notePlace() {
  if (location.pathname !== path) return; // on the way back: what can be seen is not the page of this address
  const parts = Array.from(article?.children ?? []);
  const at = parts.findIndex((part) => part.getBoundingClientRect().bottom > 0);
  const place = { at, top: parts[at]?.getBoundingClientRect().top, y: Math.round(scrollY) };
  try {
    sessionStorage.setItem(`place ${path}`, JSON.stringify(place));
  } catch {
    // storage is switched off: whoever comes back is where Material puts them
  }
}

/**
 * @param {number | undefined} y Where Material has noted the reader to be: at another visit they were elsewhere on the
 *   page. Nothing where it is surely this visit; Material's note is as old as the last rest of the page.
 */
function holdPlace(y) {
  /** @type {{at: number, top: number, y: number}} */
  let place;
  try {
    place = JSON.parse(sessionStorage.getItem(`place ${location.pathname}`) ?? "{}");
  } catch {
    return;
  }
  const part = article?.children[place.at];
  if (!part || Math.abs(place.y - (y ?? place.y)) > 1) return;
  history.scrollRestoration = "manual"; // as Material has it, but not yet at a reload
  hold(() => part.getBoundingClientRect().top - place.top);
}

/** A page has come: at its beginning, at a heading, or where the reader was. */
function arrive() {
  path = location.pathname;
  if (isReload) holdPlace(undefined);
  else if (isBack) holdPlace(history.state?.y ?? scrollY);
  else holdTarget();
  isReload = false;
}

nowAndOnChange(() => {
  const here = /** @type {HTMLElement | null} */ (document.querySelector("article"));
  if (here === article) return;
  release();
  sizes.disconnect();
  article = here;
  if (article) sizes.observe(article);
  requestAnimationFrame(arrive); // Material scrolls first
});

for (const type of ["wheel", "touchmove", "pointerdown", "keydown"])
  addEventListener(type, release, { capture: true, passive: true });
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(notePlace, REST_MS);
  if (held && document.readyState !== "complete") return hold(held); // the browser, going to where it remembers
  const { height, top } = now();
  const moved = height === was.height && Math.abs(top - was.top) > 1;
  if (moved && held && Math.abs(held()) > 2) release(); // the scroll bar tells nobody
});
addEventListener("hashchange", () => location.pathname === path && history.state === null && holdTarget());
addEventListener("popstate", () => {
  isBack = true;
  if (location.pathname !== path) release(); // Material scrolls, and notes that for the next page, while this one stands
});
addEventListener("pagehide", notePlace);
addEventListener(
  "click",
  ({ target }) => {
    if (!(target instanceof Element && target.closest("a"))) return;
    isBack = false;
    notePlace();
    release();
  },
  { capture: true }, // before Material follows it
);
