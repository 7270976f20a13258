/** Brings live sandboxes to life on the pages that have one; other pages load nothing more than this. */

const wake = () => {
  if (document.querySelector("live-sandbox")) {
    void import("./live-sandbox.js");
  }
};

wake();

// Material replaces the page without loading scripts again (navigation.instant); what it puts in tells us so.
new MutationObserver(wake).observe(document.body, { childList: true, subtree: true });
