/** The cases to start from: what the protocol allows, what it forbids, and what this server will not take. */

import { encode } from "./bytes.js";

/** @typedef {"text" | "bytes" | "close"} Kind How the payload is written. */

/**
 * @typedef {object} Setting What the form's fields hold.
 * @property {number} opcode
 * @property {Kind} kind
 * @property {string} payload
 * @property {boolean} fin
 * @property {boolean} rsv1
 * @property {boolean} masked
 * @property {number} fragments
 * @property {number} form
 */

/** @typedef {{name: string, setting?: Partial<Setting>, bytes?: (key: Uint8Array) => Uint8Array}} Preset */

/** @type {Setting} */
export const PLAIN = {
  opcode: 1,
  kind: "text",
  payload: "Hello",
  fin: true,
  rsv1: false,
  masked: true,
  fragments: 1,
  form: 0,
};

/** @type {[group: string, presets: Preset[]][]} */
export const PRESETS = [
  [
    "Allowed",
    [
      { name: "a text", setting: {} },
      { name: "a text in three fragments", setting: { payload: "Hello, world", fragments: 3 } },
      {
        name: "a ping between two fragments",
        bytes: (key) => join(text("Hel", key, { fin: false }), short(9, key), text("lo", key, { opcode: 0 })),
      },
      { name: "200 bytes: the length takes 16 bits more", setting: { payload: "x".repeat(200) } },
      { name: "bytes that are no text", setting: { opcode: 2, kind: "bytes", payload: "00 ff c3 28" } },
      { name: "a ping", setting: { opcode: 9, payload: "are you there?" } },
      { name: "a pong that nobody asked for", setting: { opcode: 10, payload: "" } },
      { name: "a close with 1000 and a reason", setting: { opcode: 8, kind: "close", payload: "1000 bye" } },
      { name: "a close without a code", setting: { opcode: 8, kind: "close", payload: "" } },
      { name: "half a message", setting: { fin: false } },
    ],
  ],
  [
    "Forbidden by the protocol",
    [
      { name: "no mask", setting: { masked: false } },
      { name: "a reserved opcode", setting: { opcode: 3 } },
      { name: "the bit of an extension", setting: { rsv1: true } },
      { name: "a ping in two fragments", setting: { opcode: 9, fragments: 2 } },
      { name: "a ping of 126 bytes", setting: { opcode: 9, payload: "x".repeat(126) } },
      { name: "a continuation of nothing", setting: { opcode: 0 } },
      { name: "a message within a message", bytes: (key) => join(text("Hel", key, { fin: false }), text("lo", key)) },
      { name: "5 bytes, their length in 16 bits", setting: { form: 16 } },
      { name: "5 bytes, their length in 64 bits", setting: { form: 64 } },
      { name: "a text that is not UTF-8", setting: { kind: "bytes", payload: "c3 28" } },
      { name: "a close with 1005", setting: { opcode: 8, kind: "close", payload: "1005" } },
      { name: "half a close code", setting: { opcode: 8, kind: "bytes", payload: "03" } },
    ],
  ],
  [
    "Too much for this server",
    [
      {
        name: "a message of 65,537 bytes, only announced",
        bytes: (key) => Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 1, ...key),
      },
      { name: "21 pings", bytes: (key) => join(...Array.from({ length: 21 }, () => short(9, key))) },
    ],
  ],
];

/**
 * @param {string} words
 * @param {Uint8Array} key
 * @param {{opcode?: number, fin?: boolean}} more
 */
function text(words, key, more = {}) {
  return encode({ opcode: 1, payload: new TextEncoder().encode(words), key, ...more });
}

/**
 * @param {number} opcode
 * @param {Uint8Array} key
 */
function short(opcode, key) {
  return encode({ opcode, payload: new Uint8Array(), key });
}

/** @param {Uint8Array[]} pieces */
function join(...pieces) {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}
