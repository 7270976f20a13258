/**
 * The one computation of the handshake, done here and compared with what the server makes of the same key: its own
 * small client asks the echo, since JavaScript can neither choose Sec-WebSocket-Key nor read Sec-WebSocket-Accept.
 */

import { build, facts, labelled } from "../../live/kit/dom.js";
import { toHex } from "../../live/kit/hex.js";
import { adoptStyle } from "../../live/kit/style.js";
import { ask, RAW_PATHS } from "../raw-bytes.js";
import { button, Tool } from "../tool.js";

await adoptStyle(import.meta.url);

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const RFC_KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT = /^(sec-websocket-accept: *)(.*)$/i;
const NO_CRYPTO = "This browser computes SHA-1 only for pages over https or from this machine.";

class ToolHandshake extends Tool {
  paths = RAW_PATHS;

  render() {
    this.key = build("input", { value: randomKey(), maxLength: 100, autocomplete: "off", spellcheck: false });
    this.key.addEventListener("input", () => void this.compute());
    this.steps = build("div", { className: "handshake-steps" });
    this.heads = build("div", { className: "handshake-heads" });
    this.asking = button("Ask the server", () => void this.ask(), "live-run");
    void this.compute();
    return [
      build("p", { className: "live-title" }, "From Sec-WebSocket-Key to Sec-WebSocket-Accept"),
      build(
        "div",
        { className: "live-form" },
        labelled("key", this.key, "live-wide"),
        button("New key", () => this.choose(randomKey())),
        button("The RFC's key", () => this.choose(RFC_KEY)),
      ),
      this.steps,
      build("div", { className: "live-bar" }, this.asking, ...(this.result ? [this.result] : [])),
      this.heads,
    ];
  }

  /** @param {string} key */
  choose(key) {
    if (this.key) this.key.value = key;
    void this.compute();
  }

  /** Each step of it, for the key as it stands. */
  async compute() {
    const key = this.key?.value ?? "";
    const hash = crypto.subtle ? await crypto.subtle.digest("SHA-1", new TextEncoder().encode(key + GUID)) : null;
    if (key !== this.key?.value) return;
    this.computed = hash ? btoa(String.fromCharCode(...new Uint8Array(hash))) : "";
    this.say("");
    this.heads?.replaceChildren();
    this.steps?.replaceChildren(
      facts([
        ["the key is", sixteenBytes(key)],
        ["key + GUID", build("span", {}, key, build("mark", {}, GUID))],
        ["SHA-1 of that", hash ? toHex(hash) : NO_CRYPTO],
        ["in base64", this.computed ? build("strong", {}, this.computed) : NO_CRYPTO],
      ]),
    );
  }

  async ask() {
    const key = this.key?.value ?? "";
    if (this.asking?.ariaDisabled === "true") return;
    this.asking?.setAttribute("aria-disabled", "true");
    const { request = "", response = "", error } = await ask(this, { key });
    this.asking?.removeAttribute("aria-disabled");
    if (key !== this.key?.value) return undefined;
    if (error !== undefined) return this.say(error);
    this.say(this.compare(response));
    return this.heads?.replaceChildren(
      head("What the server's small client sent", request),
      head("What the server answered", response),
    );
  }

  /** @param {string} response */
  compare(response) {
    const lines = response.split("\r\n");
    const [, , accept] = lines.map((line) => ACCEPT.exec(line)).find(Boolean) ?? [];
    if (accept === undefined) return `No WebSocket: ${lines[0]}`;
    if (!this.computed) return `The server says ${accept}.`;
    return accept === this.computed
      ? "✓ The same: this server speaks WebSocket."
      : "✗ Different: a browser would close the connection.";
  }
}

function randomKey() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/** @param {string} key */
function sixteenBytes(key) {
  try {
    const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
    return `base64 of ${bytes.length} bytes${bytes.length === 16 ? "" : ", and must be of 16"}: ${toHex(bytes)}`;
  } catch {
    return "no base64: it must be that of 16 bytes";
  }
}

/**
 * The head of a request or a response as it crossed, the answer to the key marked.
 * @param {string} title
 * @param {string} text
 */
function head(title, text) {
  const lines = text
    .trimEnd()
    .split("\r\n")
    .map((line) => {
      const [, name, accept] = ACCEPT.exec(line) ?? [];
      return build("li", {}, build("code", {}, ...(name && accept ? [name, build("mark", {}, accept)] : [line])));
    });
  const list = build("ol", { className: "live-head" }, ...lines);
  list.setAttribute("role", "list");
  return build("section", {}, build("p", { className: "handshake-heading" }, title), list);
}

customElements.define("tool-handshake", ToolHandshake);
