/**
 * Brings to life what a page has of live elements: each kind once the first of it comes near the screen, and nothing
 * for those that the page does not have. An element's name says where it lives: `<live-…>` in a file of its name in
 * sandbox/, `<tool-…>` in a folder of its name in ../tools/.
 */

import { offer } from "./editor/offer.js";
import { build } from "./kit/dom.js";
import { EDIT_LINK } from "./kit/fragment.js";
import { whenNear } from "./kit/near.js";
import { nowAndOnChange } from "./kit/page-changes.js";
import { turnPage } from "./progress/progress-marks.js";

/** @type {Element | null} */
let article = null;
let leaving = new AbortController();
/** The elements whose modules this page has asked for, once each. */
const asked = new Set();

const wake = () => {
  const here = document.querySelector("article");
  if (here === article) return;
  article = here;
  leaving.abort();
  leaving = new AbortController();
  asked.clear();
  turnPage();
  if (carriesEdit()) void import("./editor/received.js").then(({ receive }) => receive(leaving.signal));
  for (const element of document.querySelectorAll("article :not(:defined)"))
    whenNear(element, () => load(element.localName), leaving.signal);
  for (const code of document.querySelectorAll("article [data-file]"))
    whenNear(code, () => offer(/** @type {HTMLElement} */ (code), leaving.signal), leaving.signal);
};

/** Whether the page's address carries code that somebody has changed. */
function carriesEdit() {
  return location.hash.startsWith(EDIT_LINK);
}

/**
 * An element that begins with an editor says so, by `data-editor`: that is fetched beside its module and not by way of it.
 * @param {string} name An element's.
 */
function load(name) {
  if (asked.has(name)) return;
  asked.add(name);
  moduleOf(name)?.catch((error) => tell(name, error));
  if (name === "live-sandbox" && document.querySelector('live-sandbox[data-run="visible"]')) void player();
  if (document.querySelector(`${name}[data-editor]`)) void Promise.allSettled([import("./editor/mount.js")]);
}

/** What a sandbox that runs by itself needs, beside its own module and not by way of it; it tells what did not load. */
function player() {
  const modules = [import("./player/play.js"), import("./player/turns.js"), import("./observing/observation.js")];
  return Promise.allSettled(modules);
}

/**
 * Written so that a bundler, too, sees which modules there may be.
 * @param {string} name An element's.
 * @returns {Promise<unknown> | undefined}
 */
function moduleOf(name) {
  const [kind, ...words] = name.split("-");
  const rest = words.join("-");
  if (kind === "live") return import(`./sandbox/live-${rest}.js`);
  return kind === "tool" ? import(`../tools/${rest}/element.js`) : undefined;
}

/**
 * In each place where the element would have come to life.
 * @param {string} name
 * @param {unknown} error
 */
function tell(name, error) {
  console.error(`<${name}> cannot be brought to life`, error);
  for (const element of document.querySelectorAll(`article ${name}`)) {
    const words = "What makes this part live did not load. Reload the page to try again.";
    element.append(build("p", { className: "live-missing", role: "status" }, words));
  }
}

// A page that was opened from a folder stays a handout, also where the browser would run its modules.
if (location.protocol !== "file:") nowAndOnChange(wake);
addEventListener("hashchange", () => carriesEdit() && location.reload());
