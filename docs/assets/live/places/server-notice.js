/**
 * The page's one notice that no sandbox server answers: what happens instead, or what a reader can do about it. Quiet, at
 * the foot of the screen, where nothing has to move for it; it goes by itself when one runs. Loaded only if none does.
 */

import { build } from "../kit/dom.js";
import { megabytes } from "../kit/megabytes.js";
import { adoptStyle } from "../kit/style.js";
import { server } from "./server.js";

/** That the reader has put it away: for this tab, on every page. */
const KEY = "server notice closed";

class ServerNotice {
  constructor() {
    /** What it tells of: the state, and why. */
    this.said = "";
    this.words = build("p", {});
    this.words.setAttribute("role", "status");
    const again = button("Look again", () => void this.#lookAgain());
    const close = button("Close", () => this.#close());
    this.element = build("aside", { className: "live-notice", ariaLabel: "The sandbox server" });
    this.element.append(this.words, again, close);
    server.addEventListener("change", () => this.show());
    // a reader who has started it in a terminal comes back to this window
    window.addEventListener("focus", () => server.there.isMissing && server.check());
  }

  /** Say how it is; nothing is said twice, and nothing of what has been put away. */
  show() {
    if (!isNeeded() || isClosed()) return this.element.remove();
    if (!this.element.isConnected) document.body.append(this.element);
    const now = `${server.there.state} ${server.state} ${server.whyMissing}`;
    if (this.said === now) return;
    this.said = now;
    this.words.replaceChildren(...sentence());
  }

  async #lookAgain() {
    await server.there.check();
    if (server.there.isMissing && !server.isUp) this.words.replaceChildren("Still not. ", ...sentence());
  }

  #close() {
    this.element.remove();
    try {
      sessionStorage.setItem(KEY, "yes");
    } catch {
      // storage is switched off: the next page says it again
    }
  }
}

function isClosed() {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Whoever has loaded it before sees it start at once, and need not be told. */
function isNeeded() {
  const { here, state } = server;
  if (server.isMissing || state === "failed") return true;
  return server.there.isMissing && state === "asleep" && !here?.isLoaded;
}

function sentence() {
  const missing = server.there.state === "refusing" ? refusing() : away();
  const { here, state } = server;
  if (state === "failed") return [server.whyMissing, " ", ...missing];
  if (!server.isHere || !here) return [...missing, here ? ` ${here.whyMissing}` : ""];
  const size = `up to ${megabytes(here.size)}`;
  const runs = `press Run, and the same server runs in this page (WebAssembly, ${size} to load, once).`;
  if (server.there.state === "refusing" || isOnOwnMachine()) return [...missing, ` Or ${runs}`];
  return [`No sandbox server answers beside these pages: ${runs}`];
}

function isOnOwnMachine() {
  return ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
}

/** A page on the reader's own machine comes from the project; anywhere else, they have no folder to type in. */
function away() {
  if (isOnOwnMachine()) {
    return [
      `The sandbox server does not answer at ${server.origin}. Start it with `,
      build("code", {}, "make serve"),
      " in the project's folder; this page sees when it is there.",
    ];
  }
  const project = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".md-source"));
  return [
    "No sandbox server answers beside these pages: their transcripts can be read here, but not run. They run on a ",
    "machine of your own, from ",
    project ? build("a", { href: project.href }, "the project") : "the project",
    ".",
  ];
}

function refusing() {
  return [
    `A server answers at ${server.origin}, but refuses pages from ${location.origin}. Read them at the address that `,
    "it was started for, or start it with ",
    build("code", {}, `SANDBOX_ORIGINS=${location.origin}`),
    ".",
  ];
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const element = build("button", { type: "button", className: "live-button" }, text);
  element.addEventListener("click", act);
  return element;
}

await adoptStyle(import.meta.url, "server-notice.css");

export const notice = new ServerNotice();
