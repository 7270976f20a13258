/**
 * What every tool is built on: an element that a page holds as `<div class="live"><tool-…>…</tool-…></div>`, and
 * that takes the place of the words between its tags, which are for readers without JavaScript. What connecting
 * it to the page adds, disconnecting takes away.
 */

import { build } from "../live/kit/dom.js";
import { letGo } from "../live/kit/let-go.js";
import { ready } from "../live/places/ready.js";
import { server } from "../live/places/server.js";
import { serverWord, tellServer } from "../live/places/server-word.js";

/** Why what runs code just as a page prints it cannot do so in a page. */
export const PLAIN =
  "It runs the code that is printed, and this opens the browser's own WebSocket: to a server on the network.";

export class Tool extends HTMLElement {
  /** @type {ChildNode[] | undefined} */
  words = undefined;
  /** Whether there is anything that it cannot do while the server is away. */
  needsServer = true;
  /** What it asks of the server: if one of these cannot be run in a page, the tool cannot. @type {string[]} */
  paths = [];
  /** Why it cannot be run in a page, whatever it asks for; empty where it can. */
  whyNotHere = "";
  /** Whether it has been seen, and no server has answered yet. */
  waitsToBegin = false;

  connectedCallback() {
    this.leaving = new AbortController();
    this.words ??= Array.from(this.childNodes);
    this.result = build("p", { className: "live-result" });
    this.result.setAttribute("role", "status");
    this.away = serverWord();
    this.replaceChildren(...this.render(), this.away);
    if (!this.needsServer) return;
    server.watch(() => this.#showServer(), this.signal);
    server.addEventListener("moved", () => this.hangUp(), { signal: this.signal });
    this.#whenSeen();
  }

  disconnectedCallback() {
    this.leaving?.abort();
    this.waitsToBegin = false;
    this.hangUp();
    this.replaceChildren(...(this.words ?? []));
    letGo(this);
  }

  /** Ends whatever should not outlive the tool's time on the page: listeners, requests, timers. */
  get signal() {
    return /** @type {AbortController} */ (this.leaving).signal;
  }

  /**
   * What the tool consists of; `this.result` belongs somewhere in it.
   * @returns {HTMLElement[]}
   */
  render() {
    throw new Error(`${this.localName} renders nothing`);
  }

  /** Close what is open; the tool leaves the page. */
  hangUp() {}

  /** The tool has been seen, and the server answers: at once, or when it has come. Once. */
  seen() {}

  /** @param {string} words For eyes and ears: it is a status. */
  say(words) {
    if (this.result) this.result.textContent = words;
  }

  get said() {
    return this.result?.textContent ?? "";
  }

  /**
   * The reader has pressed: see to it that the server runs. If it cannot, the status says why.
   * @returns {Promise<boolean>} false, too, where the tool has left the page meanwhile.
   */
  async hasServer() {
    const { signal, result } = this;
    return result !== undefined && (await ready(result, this.paths, this.whyNotHere)) && !signal.aborted;
  }

  /**
   * A WebSocket to the server that closes with the tool.
   * @param {string} path
   */
  socket(path) {
    const socket = server.open(server.webSocketUrl(path));
    this.signal.addEventListener("abort", () => socket.close(), { once: true });
    socket.addEventListener("close", ({ wasClean }) => void (wasClean || server.check()), { signal: this.signal });
    return socket;
  }

  #whenSeen() {
    const eye = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      eye.disconnect();
      if (server.state === "unknown") await server.check();
      this.waitsToBegin = true;
      this.#showServer();
    });
    eye.observe(this);
    this.signal.addEventListener("abort", () => eye.disconnect(), { once: true });
  }

  #showServer() {
    if (!this.away || this.signal.aborted) return;
    tellServer(this.away, server.whyNot(this.paths, this.whyNotHere));
    if (!this.waitsToBegin || !server.isUp) return;
    this.waitsToBegin = false;
    this.seen();
  }
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} className
 */
export function button(text, act, className = "") {
  const element = build("button", { type: "button", className: `live-button ${className}` }, text);
  element.addEventListener("click", act);
  return element;
}
