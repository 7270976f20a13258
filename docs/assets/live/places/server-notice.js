/**
 * The page's one notice that the sandbox server is missing, and what a reader can do about it. Quiet, at the foot of
 * the screen, where nothing has to move for it; it goes by itself when the server is there. Loaded only if it is not.
 */

import { build } from "../kit/dom.js";
import { adoptStyle } from "../kit/style.js";
import { server } from "./server.js";

/** That the reader has put it away: for this tab, on every page. */
const KEY = "server notice closed";

class ServerNotice {
  constructor() {
    /** The state that it tells of. */
    this.said = "";
    this.words = build("p", {});
    this.words.setAttribute("role", "status");
    const again = button("Look again", () => void this.#lookAgain());
    const close = button("Close", () => this.#close());
    this.element = build("aside", { className: "live-notice", ariaLabel: "The sandbox server" });
    this.element.append(this.words, again, close);
    server.addEventListener("change", () => this.show());
    // a reader who has started it in a terminal comes back to this window
    window.addEventListener("focus", () => server.isMissing && server.check());
  }

  /** Say how it is; nothing is said twice, and nothing of what has been put away. */
  show() {
    if (!server.isMissing || isClosed()) return this.element.remove();
    if (!this.element.isConnected) document.body.append(this.element);
    if (this.said === server.state) return;
    this.said = server.state;
    this.words.replaceChildren(...sentence());
  }

  async #lookAgain() {
    if (!(await server.check())) this.words.replaceChildren("Still not. ", ...sentence());
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

const sentence = () => (server.state === "refusing" ? refusing() : away());

/** A page on the reader's own machine comes from the project; anywhere else, they have no folder to type in. */
function away() {
  if (["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)) {
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
