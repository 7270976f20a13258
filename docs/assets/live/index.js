/**
 * Brings to life what a page has of live elements, and loads nothing for those that it does not have.
 * An element's name says where it lives: `<live-…>` in a file of its name in sandbox/, `<tool-…>` in a folder of its
 * name in ../tools/.
 */

import { turnPage } from "./progress/progress-marks.js";

/** @type {Element | null} */
let article = null;

const wake = () => {
  const here = document.querySelector("article");
  if (here !== article) turnPage();
  article = here;
  for (const element of document.querySelectorAll("article :not(:defined)")) {
    const name = element.localName;
    if (name.startsWith("live-")) void import(`./sandbox/${name}.js`);
    else if (name.startsWith("tool-")) void import(`../tools/${name.slice("tool-".length)}/element.js`);
  }
};

// A page that was opened from a folder stays a handout, also where the browser would run its modules.
if (location.protocol !== "file:") {
  wake();
  // Material replaces the page without loading scripts again (navigation.instant); what it puts in tells us so.
  new MutationObserver(wake).observe(document.body, { childList: true, subtree: true });
}
