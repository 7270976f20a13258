/**
 * What Material leaves out: for those who tab through a page or hear it, names for its copy buttons' landmarks and a
 * way for the keyboard into code that scrolls; for those who print it, what is folded, answers and solutions included.
 */

import { nowAndOnChange } from "./live/kit/page-changes.js";
import "./held-place.js";
import "./search.js";
import "./within-page.js";

/** How many of the page's code blocks have been named. */
let blocks = 0;

const mend = () => {
  blocks = 0;
  seen.disconnect();
  for (const code of document.querySelectorAll(".highlight code")) seen.observe(code);
};

/** Near the screen it has been laid out, and asking how wide it is costs nothing. */
const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      mendCode(target);
    }
  },
  { rootMargin: "100% 0px" },
);

/** @param {Element} code Material gives its block a button once it is on the screen. */
function mendCode(code) {
  const number = ++blocks;
  const block = /** @type {Element} */ (code.parentElement);
  const name = () => block.querySelector(".md-code__nav")?.setAttribute("aria-label", `Code block ${number}`);
  new MutationObserver(name).observe(block, { childList: true });
  name();
  if (code.scrollWidth > code.clientWidth) code.setAttribute("tabindex", "0");
}

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
