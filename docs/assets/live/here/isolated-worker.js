/**
 * A worker that can reach nothing: neither cookies nor storage of the site, no server, no page but by what is sent to it.
 * What a reader has written runs in there, and what came by a link.
 *
 * It lives in a frame without an origin of its own, so that nothing of the site's is its own. The frame's policy forbids
 * every connection, and a worker made in it has the same policy: what it is made of, the page fetches and hands over.
 */

import { handOut } from "./handed-files.js";

/** @import {Order} from "./messages.js" */

const SCRIPT = new URL("./isolated-frame.js", import.meta.url);

/** `blob:` is what was handed over: no address on any network begins so. */
const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval' blob:; worker-src blob:";

/**
 * The policy stands below the script: that one has run when the policy begins, and nothing else ever does. The frame has it in
 * its text, since nothing that is kept for reading without a network is a frame's without an origin. `live_docs policy`
 * knows its hash.
 * @param {string} script
 */
const frameOf = (script) =>
  `<!doctype html><script>${script}</script><meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

/** What its owner asks of a `Worker`: fires "message" and "error". */
export class IsolatedWorker extends EventTarget {
  /**
   * @param {URL} files The folder of what it may ask for until the first edit.
   * @param {URL} script It imports nothing, and exports nothing.
   */
  constructor(files, script) {
    super();
    const [orders, handed, failed] = [new MessageChannel(), new MessageChannel(), new MessageChannel()];
    this.ended = false;
    this.orders = orders.port1;
    this.handed = handed.port1;
    this.orders.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    failed.port1.onmessage = ({ data }) => this.#fail(data);
    handOut(files, this.handed);
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.title = "Where the server in this page runs";
    this.frame.hidden = true;
    const ports = [failed.port2, orders.port2, handed.port2];
    Promise.all([load(script), load(SCRIPT).then((text) => this.#show(frameOf(text)))]).then(
      ([text]) => this.frame.contentWindow?.postMessage(text, "*", ports), // "*": it has no origin to name
      (error) => this.#fail(error.message),
    );
  }

  /**
   * Load the frame, unless it was ended meanwhile.
   * @param {string} html
   */
  #show(html) {
    if (this.ended) return undefined;
    this.frame.srcdoc = html;
    const loaded = new Promise((resolve) => this.frame.addEventListener("load", resolve, { once: true }));
    document.documentElement.append(this.frame); // turning a page replaces what is in the body
    return loaded;
  }

  /** @param {Order} order */
  postMessage(order) {
    if (order.do === "edit") this.handed.close(); // from here on it runs what anybody may have written
    this.orders.postMessage(order);
  }

  /** A document that goes takes its workers along, busy or not. */
  terminate() {
    this.ended = true;
    this.orders.close();
    this.handed.close();
    this.frame.remove();
  }

  /** @param {unknown} message */
  #fail(message) {
    this.dispatchEvent(new ErrorEvent("error", { message: String(message), cancelable: true }));
  }
}

/** @param {URL} script */
async function load(script) {
  const response = await fetch(script);
  if (!response.ok) throw new Error(`${script.pathname} answered ${response.status}`);
  return response.text();
}
