/** What Material leaves out for those who tab through a page or hear it: names for its copy buttons' landmarks,
 * and a way for the keyboard into code that scrolls. */

const mend = () => {
  document.querySelectorAll(".md-code__nav").forEach((nav, at) => {
    if (!nav.ariaLabel) nav.setAttribute("aria-label", `Code block ${at + 1}`);
  });
  document.querySelectorAll(".highlight code").forEach((code) => {
    if (code.scrollWidth > code.clientWidth) code.setAttribute("tabindex", "0");
  });
};

mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
