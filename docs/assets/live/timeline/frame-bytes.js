/** A frame's bytes as they crossed, drawn one beside the other (RFC 6455, section 5.2), each with the field that it belongs to. */

import { build } from "../kit/dom.js";
import { toHex } from "../kit/hex.js";

const DRAWN = 48;

/**
 * @typedef {object} Bytes A frame as it is spelled on the wire.
 * @property {boolean} fin
 * @property {number} rsv
 * @property {number} opcode
 * @property {ArrayLike<number>} length The first seven bits, then the bytes that follow for a longer payload.
 * @property {Uint8Array | null} key
 * @property {Uint8Array} sent The payload as it crossed: masked, if there is a key.
 */

/**
 * @param {Bytes} frame
 * @param {number} of How long the payload is, of which not all may be here.
 */
export function drawBytes({ fin, rsv, opcode, length, key, sent }, of) {
  const [short = 0, ...longer] = Array.from(length);
  const bytes = build(
    "div",
    { className: "live-bytes" },
    withBits((fin ? 128 : 0) | (rsv << 4) | opcode, [
      ["fin", 1],
      ["rsv", 3],
      ["opcode", 4],
    ]),
    withBits((key ? 128 : 0) | short, [
      ["mask", 1],
      ["length", 7],
    ]),
    ...longer.map((byte) => drawn(byte, "length")),
    ...Array.from(key ?? [], (byte) => drawn(byte, "key")),
    ...Array.from(sent.slice(0, DRAWN), (byte) => drawn(byte, "payload")),
    of > DRAWN ? `… ${of - DRAWN} more` : "",
  );
  bytes.setAttribute("aria-hidden", "true"); // the table beside it says the same
  return bytes;
}

/**
 * @param {number} byte
 * @param {[string, number][]} parts Fields and how many bits each takes.
 */
function withBits(byte, parts) {
  let at = 0;
  const spans = parts.map(([field, count]) =>
    build("span", { dataset: { field } }, bits(byte, 8).slice(at, (at += count))),
  );
  return build(
    "span",
    { className: "live-byte" },
    toHex(Uint8Array.of(byte)),
    build("span", { className: "live-bits" }, ...spans),
  );
}

/**
 * @param {number} byte
 * @param {string} field
 */
function drawn(byte, field) {
  return build("span", { className: "live-byte", dataset: { field } }, toHex(Uint8Array.of(byte)));
}

/**
 * @param {number} value
 * @param {number} count
 */
export function bits(value, count) {
  return value.toString(2).padStart(count, "0");
}

/**
 * Pointing at a field lights its bytes, and the other way round.
 * @template {HTMLElement} E
 * @param {E} element What holds both.
 */
export function light(element) {
  const show = (/** @type {Event} */ { target }) => {
    const field = target instanceof Element ? target.closest("[data-field]")?.getAttribute("data-field") : null;
    for (const part of element.querySelectorAll("[data-field]")) {
      part.classList.toggle("live-lit", part.getAttribute("data-field") === field);
    }
  };
  for (const type of ["pointerover", "pointerleave", "focusin", "click"]) element.addEventListener(type, show);
  return element;
}
