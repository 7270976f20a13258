/**
 * What Material leaves out: for those who tab through a page or hear it, names for its copy buttons' landmarks and a
 * way for the keyboard into code that scrolls; for those who print it, what is folded, answers and solutions included.
 */

import { nowAndOnChange } from "./live/kit/page-changes.js";
import "./held-place.js";
import "./search.js";
import "./within-page.js";

const mend = () => {
  document.querySelectorAll(".md-code__nav").forEach((nav, at) => {
    if (!nav.ariaLabel) nav.setAttribute("aria-label", `Code block ${at + 1}`);
  });
  document.querySelectorAll(".highlight code").forEach((code) => {
    if (code.scrollWidth > code.clientWidth) code.setAttribute("tabindex", "0");
  });
};

nowAndOnChange(mend);

/** @type {HTMLDetailsElement[]} */
let unfolded = [];

window.addEventListener("beforeprint", () => {
  unfolded = Array.from(document.querySelectorAll("article details:not([open])"));
  for (const details of unfolded) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
