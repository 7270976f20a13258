/**
 * Keeps the page while a reader moves within it. Material's instant navigation fetches and replaces the whole article
 * at the first link of a visit that it follows, even one to a heading of the same page: it knows no address yet to
 * compare with. Open sockets and what has happened would be gone. So until another page is asked for, its observable
 * of addresses is spared those of this page, and the browser goes to the heading.
 */

/** @type {{next(url: URL): void} | undefined} */
const addresses = /** @type {any} */ (window).location$;

if (addresses) {
  const arrivedAt = location.pathname;
  const leaveTo = addresses.next.bind(addresses);
  addresses.next = (url) => {
    if (url.pathname === arrivedAt) return goTo(url.hash);
    addresses.next = leaveTo;
    leaveTo(url);
  };
}

// A heading that an address names stays in its place while what stands above it comes to life, until the reader moves.
const named = location.hash && document.getElementById(location.hash.slice(1));
if (named) {
  const stay = new ResizeObserver(() => named.scrollIntoView());
  stay.observe(/** @type {Element} */ (document.querySelector("article")));
  for (const move of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(move, () => stay.disconnect(), { once: true, passive: true });
}

let going = false;

/**
 * As a link does that nobody intercepts; back to where the reader was, if Material has noted that.
 * @param {string} hash
 */
function goTo(hash) {
  if (history.state || !hash) return scrollTo(0, history.state?.y ?? 0);
  const aim = document.getElementById(hash.slice(1));
  if (going || !aim) return;
  if (aim.matches(":target")) return aim.scrollIntoView();
  going = true;
  const link = document.createElement("a");
  link.href = hash;
  link.click(); // it stands nowhere, so nobody hears of the click; but of the new address, some browsers at once
  going = false;
}
