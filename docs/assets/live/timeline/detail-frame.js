/** A frame, decoded field by field over its bytes (RFC 6455, section 5.2). */

import { build } from "../kit/dom.js";
import { fromHex, toHex } from "../kit/hex.js";
import { quoted } from "../kit/quoting.js";
import { closing, OPCODES } from "../observing/to-happenings.js";
import { bits, drawBytes, light } from "./frame-bytes.js";

/** @import {Frame} from "../notation/contract.js" */

/** @typedef {{id: string, name: string, raw: string, meaning: Node | string}} Field */

/** @param {Frame} frame */
export function render(frame) {
  const payload = fromHex(frame.payload);
  const key = frame.mask === null ? null : fromHex(frame.mask);
  const masked = key ? payload.map((byte, at) => byte ^ (key[at % 4] ?? 0)) : payload;
  const length = lengthBytes(frame.length);
  const rows = fields(frame, length, key, masked, payload).map(row);
  const table = build("table", { className: "live-fields" }, build("tbody", {}, ...rows));
  return light(
    build("div", { className: "live-frame" }, drawBytes({ ...frame, length, key, sent: masked }, frame.length), table),
  );
}

/**
 * The payload's length as the frame spells it: in 7 bits, or 126 and 16 bits more, or 127 and 64 bits more.
 * @param {number} length
 */
function lengthBytes(length) {
  if (length < 126) return [length];
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(length));
  const bytes = Array.from(new Uint8Array(view.buffer));
  return length < 65536 ? [126, ...bytes.slice(6)] : [127, ...bytes];
}

/**
 * @param {Frame} frame
 * @param {number[]} length
 * @param {Uint8Array | null} key
 * @param {Uint8Array} masked
 * @param {Uint8Array<ArrayBuffer>} payload
 * @returns {Field[]}
 */
function fields(frame, length, key, masked, payload) {
  const cut = frame.cut ? ` … (the first ${payload.length} bytes)` : "";
  const form = length.length === 1 ? "7-bit" : length.length === 3 ? "7+16-bit" : "7+64-bit";
  const text = build(
    "samp",
    {},
    frame.opcode === 8 ? closing(payload) : quoted(new TextDecoder().decode(payload, { stream: frame.cut })),
  );
  const sum =
    key && payload.length
      ? `; the first byte: ${toHex(masked.slice(0, 1))} xor ${toHex(key.slice(0, 1))} = ${toHex(payload.slice(0, 1))}`
      : "";
  return [
    {
      id: "fin",
      name: "FIN",
      raw: frame.fin ? "1" : "0",
      meaning: frame.fin ? "the message ends with this frame" : "more frames of this message follow",
    },
    {
      id: "rsv",
      name: "RSV1-3",
      raw: bits(frame.rsv, 3),
      meaning: frame.rsv ? "an extension is at work" : "no extension is at work",
    },
    {
      id: "opcode",
      name: "opcode",
      raw: bits(frame.opcode, 4),
      meaning: `${frame.opcode}: ${OPCODES.get(frame.opcode) ?? "reserved"}`,
    },
    {
      id: "mask",
      name: "MASK",
      raw: key ? "1" : "0",
      meaning: key ? "masked, as all that a browser sends" : "not masked: a server never masks",
    },
    {
      id: "length",
      name: "length",
      raw: `${bits(length[0] ?? 0, 7)} ${toHex(Uint8Array.from(length.slice(1)))}`.trim(),
      meaning: `${frame.length} bytes, in the ${form} form`,
    },
    ...(key
      ? [{ id: "key", name: "masking key", raw: toHex(key), meaning: "four random bytes, new for each frame" }]
      : []),
    ...(key
      ? [
          {
            id: "payload",
            name: "payload, masked",
            raw: toHex(masked) + cut,
            meaning: `each byte xor one of the key's${sum}`,
          },
        ]
      : []),
    { id: "payload", name: key ? "payload, unmasked" : "payload", raw: toHex(payload) + cut, meaning: text },
  ];
}

/** @param {Field} field */
function row({ id, name, raw, meaning }) {
  const button = build("button", { type: "button" }, name);
  const told = build("div", {}, build("code", {}, raw), build("span", {}, meaning));
  return build("tr", { dataset: { field: id } }, build("th", { scope: "row" }, button), build("td", {}, told));
}
