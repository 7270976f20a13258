/**
 * Reading without a network: registers the service worker that the page names (`python -m live_docs offline` writes both),
 * says in the page's foot what it keeps, and takes it away: when the reader says so, and where pages name none, which are
 * those of `mkdocs serve` and of a site that has it no more.
 */

import { build } from "./live/kit/dom.js";
import { megabytes } from "./live/kit/megabytes.js";
import { nowAndOnChange } from "./live/kit/page-changes.js";

/** @typedef {{pages: number, aside: number}} Kept Bytes. `aside`: of the server that runs in a page. */

/** That the reader wants nothing kept. */
const REFUSED = "offline refused";
/** places/remembered.js: that the server that runs in a page has been loaded, maybe before anything was kept. */
const LOADED = "server here loaded";

const worker = document.querySelector("meta[name=service-worker]")?.getAttribute("content");
const address = worker && new URL(worker, location.href);
const workers = navigator.serviceWorker;

const words = build("span", {});
words.setAttribute("role", "status");
const more = button("Keep the server that runs in them, too", () => tell("aside"));
const remove = button("Remove", leave);
const keep = button("Keep this site for reading without a network", begin);
const foot = build("p", { className: "offline" }, words, " ", more, " ", remove, " ", keep);

/**
 * @param {string} text
 * @param {() => Promise<unknown>} act
 */
function button(text, act) {
  const element = build("button", { type: "button", hidden: true }, text);
  element.addEventListener("click", async () => {
    element.disabled = true;
    await act().catch(failed);
    element.disabled = false;
  });
  return element;
}

/** @param {unknown} error */
function failed(error) {
  words.textContent = `Nothing could be changed: ${error}`;
}

async function begin() {
  if (!address) return;
  localStorage.removeItem(REFUSED);
  words.textContent = "";
  keep.hidden = true;
  await workers.register(address, { updateViaCache: "none" });
  await workers.ready;
  const { aside } = await tell("tell");
  if (!aside && localStorage.getItem(LOADED)) await tell("aside");
}

/**
 * @param {"tell" | "aside"} order
 * @returns {Promise<Kept>}
 */
async function tell(order) {
  const kept = await ask(order);
  const server = kept.aside ? `, and the server that runs in them (${megabytes(kept.aside)})` : "";
  words.textContent = `This browser keeps these pages (${megabytes(kept.pages)})${server}: they work without a network.`;
  [more.hidden, remove.hidden, keep.hidden] = [kept.aside > 0, false, true];
  return kept;
}

/**
 * @param {"tell" | "aside" | "leave"} order
 * @returns {Promise<any>}
 */
async function ask(order) {
  const { active } = await workers.ready;
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  active?.postMessage(order, [port2]);
  const answer = await told;
  if (answer.error) throw answer.error;
  return answer;
}

async function leave() {
  localStorage.setItem(REFUSED, "yes");
  await ask("leave");
  words.textContent = "Nothing of this site is kept any more.";
  [more.hidden, remove.hidden, keep.hidden] = [true, true, false];
}

/** Take away what a site at this address once left. */
async function clear() {
  for (const registration of await workers.getRegistrations()) {
    const { pathname } = new URL(registration.scope);
    if (!location.pathname.startsWith(pathname)) continue;
    await registration.unregister();
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith(`offline ${pathname} `)).map((name) => caches.delete(name)),
    );
  }
}

async function start() {
  if (!workers) return; // not on this kind of address
  if (!address) return clear();
  nowAndOnChange(() => document.querySelector(".md-footer-meta__inner")?.append(foot));
  workers.addEventListener("message", () => void tell("tell").catch(failed));
  if (localStorage.getItem(REFUSED)) keep.hidden = false;
  else await begin();
}

if (document.readyState === "complete") void start().catch(failed);
else window.addEventListener("load", () => void start().catch(failed));
