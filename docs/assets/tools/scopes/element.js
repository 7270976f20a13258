/**
 * `<tool-scopes>`: asks one bare ASGI application over HTTP and over a WebSocket, and shows the two scopes that it was
 * called with side by side, and the events of the two connections as they come. The other half is
 * sandbox_server/sandboxes/own_scope.py.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { Tool } from "../tool.js";
import { ENOUGH, overHttp, overWebSocket } from "./calls.js";
import { Events } from "./events.js";
import { comparison, fill, headers, keysOf, values } from "./table.js";

/** @import {Line, Scope} from "./calls.js" */

await adoptStyle(import.meta.url);

const PATIENCE_MS = 5000;
const LONGEST = 100;
const TOO_LATE = "comes last: nobody is left to be told";

class ToolScopes extends Tool {
  paths = ["/scope/", "/ws/scope/"];
  running = false;

  render() {
    this.path = field("caf%C3%A9/");
    this.query = field("q=caf%C3%A9");
    this.message = field("hello");
    this.method = build("select", {}, build("option", {}, "POST"), build("option", {}, "GET"));
    this.runButton = build("button", { type: "submit", className: "live-button live-run" }, "Run");
    const bar = build("div", { className: "live-bar" }, this.runButton, /** @type {HTMLElement} */ (this.result));
    const fields = build(
      "div",
      { className: "live-form" },
      labelled("method", this.method),
      labelled("path", this.path, "live-wide"),
      labelled("query", this.query, "live-wide"),
      labelled("message", this.message, "live-wide"),
    );
    this.address = build("p", { className: "live-address" });
    const form = build("form", {}, fields, this.address, bar);
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        void this.run();
      },
      { signal: this.signal },
    );
    form.addEventListener("input", () => this.showAddress(), { signal: this.signal });
    this.scopes = comparison("The scope: what the application is told at the start", "key");
    this.headers = comparison("The headers of the two requests", "name");
    this.#show(null, null);
    this.http = new Events("HTTP");
    this.webSocket = new Events("WebSocket");
    this.showAddress();
    return [
      build("p", { className: "live-title" }, "One application, called twice: its two scopes, and its events"),
      form,
      build("div", { className: "scopes-both" }, this.http.element, this.webSocket.element),
      this.scopes,
      build("details", { className: "scopes-headers" }, build("summary", {}, "The headers, one by one"), this.headers),
    ];
  }

  /** What the reader asks for, as the last part of an address. */
  get target() {
    const path = (this.path?.value ?? "").replaceAll("?", "%3F").replaceAll("#", "%23").replace(/^\/+/, "");
    const query = (this.query?.value ?? "").replaceAll("#", "%23");
    return `scope/${path}${query && `?${query}`}`;
  }

  showAddress() {
    const { origin } = server;
    if (this.address) {
      this.address.textContent = `${this.method?.value} ${origin}/${this.target} and ${server.webSocketUrl("/ws/")}${this.target}`;
    }
  }

  async run() {
    if (this.running) return;
    this.#working(true);
    this.say("");
    const { signal } = this;
    await server.check();
    if (await this.hasServer()) {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      const both = [this.#askOverHttp(patience), this.#askOverWebSocket(patience)];
      const settled = await Promise.allSettled(both);
      if (signal.aborted) return;
      const failed = settled.filter((one) => one.status === "rejected").map(({ reason }) => reason.message);
      const [http = null, webSocket = null] = settled.map((one) => (one.status === "fulfilled" ? one.value : null));
      this.#show(http, webSocket);
      if (patience.aborted) this.say("Not everything came within five seconds. Try again.");
      else this.say(failed.join(" ") || "One application, two calls, two scopes. Compare them below.");
    }
    this.#working(false);
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<Scope>}
   */
  async #askOverHttp(signal) {
    const events = /** @type {Events} */ (this.http);
    events.clear();
    const method = this.method?.value ?? "GET";
    const request = { method, body: method === "POST" ? this.message?.value : null, signal };
    /** @type {Scope | undefined} */
    let scope;
    await overHttp(`/${this.target}`, request, (line, bytes) => {
      scope ??= line.scope;
      events.tell(line, "http.response.body", `body: ${bytes} bytes, more_body: True`);
    });
    events.add("send", "http.response.body", "body: b'', more_body: False; the response is complete");
    events.add("receive", "http.disconnect", TOO_LATE);
    return scope ?? {};
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<Scope>}
   */
  async #askOverWebSocket(signal) {
    const events = /** @type {Events} */ (this.webSocket);
    events.clear();
    /** @type {Scope | undefined} */
    let scope;
    const hear = (/** @type {Line} */ line, /** @type {number} */ bytes) => {
      scope ??= line.scope;
      events.tell(line, "websocket.send", `text: ${bytes} characters`);
    };
    this.open = this.socket(`/ws/${this.target}`);
    await overWebSocket(this.open, this.message?.value ?? "", hear, signal);
    events.add("receive", "websocket.disconnect", `code: ${ENOUGH}; ${TOO_LATE}`);
    return scope ?? {};
  }

  /**
   * @param {Scope | null} http null if it did not come
   * @param {Scope | null} webSocket
   */
  #show(http, webSocket) {
    if (!this.scopes || !this.headers) return;
    fill(this.scopes, keysOf(http, webSocket), http && values(http), webSocket && values(webSocket));
    const [first, second] = [http && headers(http), webSocket && headers(webSocket)];
    fill(this.headers, Object.keys({ ...first, ...second }).sort(), first, second);
  }

  /** @param {boolean} running */
  #working(running) {
    this.running = running;
    this.runButton?.setAttribute("aria-disabled", String(running));
    if (!running) this.open?.close();
  }

  hangUp() {
    this.running = false;
  }
}

/** @param {string} value */
function field(value) {
  return build("input", { type: "text", value, maxLength: LONGEST, autocomplete: "off", spellcheck: false });
}

customElements.define("tool-scopes", ToolScopes);
