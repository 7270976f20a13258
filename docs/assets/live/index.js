/**
 * Brings to life what a page has of live elements, and loads nothing for those that it does not have.
 * An element's name says where it lives: `<live-…>` in a file of its name in sandbox/, `<tool-…>` in a folder of its
 * name in ../tools/.
 */

import { build } from "./kit/dom.js";
import { nowAndOnChange } from "./kit/page-changes.js";
import { turnPage } from "./progress/progress-marks.js";

/** @type {Element | null} */
let article = null;
/** The elements whose modules this page has asked for, once each. */
const asked = new Set();

const wake = () => {
  const here = document.querySelector("article");
  if (here !== article) {
    asked.clear();
    turnPage();
  }
  article = here;
  for (const { localName } of document.querySelectorAll("article :not(:defined)")) {
    const module = moduleOf(localName);
    if (!module || asked.has(localName)) continue;
    asked.add(localName);
    import(module).catch((error) => tell(localName, error));
  }
};

/** @param {string} name An element's. */
function moduleOf(name) {
  if (name.startsWith("live-")) return `./sandbox/${name}.js`;
  return name.startsWith("tool-") ? `../tools/${name.slice("tool-".length)}/element.js` : undefined;
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
