/**
 * The handshake, line by line, and the one computation in it, replayed: a server proves that it speaks WebSocket by
 * what it makes of the key (RFC 6455, sections 1.3 and 4.2.2).
 */

import { build, facts } from "../kit/dom.js";
import { toHex } from "../kit/hex.js";

/** @import {HandshakeRequest, HandshakeResponse} from "../notation/contract.js" */

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** @type {Record<string, string>} */
const MEANINGS = {
  host: "whom the browser meant to call",
  upgrade: "to which protocol to switch",
  connection: "Upgrade concerns this hop only",
  origin: "the page that asks; JavaScript cannot forge it",
  cookie: "sent along as with any request; the value does not leave the server",
  "sec-websocket-key": "16 random bytes in base64, new for each handshake",
  "sec-websocket-version": "13 is RFC 6455, the only one in use",
  "sec-websocket-extensions": "what the browser could do besides, such as compression",
  "sec-websocket-protocol": "the subprotocol: offered in the request, chosen in the response",
  "sec-websocket-accept": "the answer to Sec-WebSocket-Key, computed below",
};

/**
 * @param {HandshakeRequest | HandshakeResponse} handshake
 * @param {HandshakeRequest | HandshakeResponse | undefined} other The other half: the response to a request, and the other way round.
 */
export async function render(handshake, other) {
  const isRequest = handshake.type === "handshake.request";
  const [request, response] = isRequest ? [handshake.text, other?.text] : [other?.text, handshake.text];
  const key = header(request, "Sec-WebSocket-Key");
  return build(
    "div",
    {},
    lines(handshake.text),
    ...(key ? await replay(key, header(response, "Sec-WebSocket-Accept")) : []),
  );
}

/** @param {string} text */
function lines(text) {
  const [first = "", ...rest] = text.trimEnd().split("\r\n");
  const items = rest.map((line) => {
    const [name = "", value = ""] = line.split(/:(.*)/s);
    const meaning = build("small", {}, MEANINGS[name.toLowerCase()] ?? "");
    return build("li", {}, build("code", {}, build("b", {}, `${name}:`), value), meaning);
  });
  const seen = first.includes("observe=")
    ? "observe=… asks the server to show this page its half; the application never sees it"
    : "";
  const list = build(
    "ol",
    { className: "live-head" },
    build("li", {}, build("code", {}, first), build("small", {}, seen)),
    ...items,
  );
  list.setAttribute("role", "list");
  return list;
}

/**
 * @param {string | undefined} text
 * @param {string} name
 */
function header(text, name) {
  return text?.match(new RegExp(`^${name}: *(.*?)\\r?$`, "im"))?.[1] ?? "";
}

/**
 * From the key to the answer, step by step.
 * @param {string} key
 * @param {string} accept What the server answered, if it has.
 */
async function replay(key, accept) {
  const title = build("p", { className: "live-title" }, "From Sec-WebSocket-Key to Sec-WebSocket-Accept");
  if (!globalThis.crypto?.subtle) {
    return [
      title,
      build(
        "p",
        {},
        "A browser computes SHA-1 only for pages over https or from this machine, so it cannot be replayed here.",
      ),
    ];
  }
  const hash = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(key + GUID));
  const computed = btoa(String.fromCharCode(...new Uint8Array(hash)));
  const verdict =
    computed === accept ? "✓ equal: this server speaks WebSocket" : "✗ not equal: the browser closes the connection";
  return [
    title,
    facts([
      ["the key", key],
      ["key + GUID", build("span", {}, key, build("mark", {}, GUID))],
      ["SHA-1 of that", toHex(hash)],
      ["in base64", computed],
      ["the server says", accept || "nothing: it refused"],
      ["and so", accept ? verdict : "there is no WebSocket"],
    ]),
  ];
}
