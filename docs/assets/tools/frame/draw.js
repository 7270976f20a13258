/**
 * A frame drawn over its bytes, field by field, and the rule that it breaks where it breaks it. The live sandbox's
 * own drawing (../../live/timeline/detail-frame.js) is of frames that a server took; here no frame is too wrong to be drawn.
 */

import { build } from "../../live/kit/dom.js";
import { toHex } from "../../live/kit/hex.js";
import { quoted } from "../../live/kit/quoting.js";
import { closing, OPCODES } from "../../live/observing/to-happenings.js";
import { bits, drawBytes, light } from "../../live/timeline/frame-bytes.js";

/** @import {RawFrame} from "./bytes.js" */
/** @import {Fault} from "./rules.js" */

const MASKED = "payload, masked";

/** @typedef {{id: string, name: string, raw: string, meaning: string}} Field */

/**
 * In one line.
 * @param {RawFrame} frame
 */
export function inOneLine({ fin, opcode, payload, sent, announced }) {
  const what = OPCODES.get(opcode) ?? `reserved opcode ${opcode}`;
  return `${what} ${said(opcode, payload)}${sent.length < announced ? `, ${sent.length} of ${announced} bytes` : ""}${fin ? "" : ", more follows"}`;
}

/**
 * @param {number} opcode
 * @param {Uint8Array<ArrayBuffer>} payload
 */
function said(opcode, payload) {
  if (opcode === 8) return payload.length === 1 ? "with half a code" : closing(payload);
  if (payload.length === 0) return "empty";
  return opcode === 2 ? brief(toHex(payload)) : quoted(brief(new TextDecoder().decode(payload)));
}

/**
 * @param {RawFrame} frame
 * @param {Fault | null} fault
 */
export function draw(frame, fault) {
  const rows = fields(frame).map((field) =>
    row(field, field.id === fault?.field && field.name !== MASKED ? fault : null),
  );
  const table = build("table", { className: "live-fields" }, build("tbody", {}, ...rows));
  return light(build("div", { className: "live-frame" }, drawBytes(frame, frame.sent.length), table));
}

/**
 * @param {RawFrame} frame
 * @returns {Field[]}
 */
function fields({ fin, rsv, opcode, length, announced, key, sent, payload }) {
  const form = { 1: "7-bit", 3: "7+16-bit" }[length.length] ?? "7+64-bit";
  const lacking = sent.length < announced ? `; ${sent.length} are here` : "";
  const sum = key && payload.length ? `; the first: ${hex(sent[0])} xor ${hex(key[0])} = ${hex(payload[0])}` : "";
  return [
    {
      id: "fin",
      name: "FIN",
      raw: fin ? "1" : "0",
      meaning: fin ? "the message ends with this frame" : "more frames of this message follow",
    },
    {
      id: "rsv",
      name: "RSV1-3",
      raw: bits(rsv, 3),
      meaning: rsv ? "set, for an extension" : "no extension is at work",
    },
    { id: "opcode", name: "opcode", raw: bits(opcode, 4), meaning: `${opcode}: ${OPCODES.get(opcode) ?? "reserved"}` },
    {
      id: "mask",
      name: "MASK",
      raw: key ? "1" : "0",
      meaning: key ? "masked, as all that a browser sends" : "not masked, as all that a server sends",
    },
    {
      id: "length",
      name: "length",
      raw: `${bits(length[0] ?? 0, 7)} ${toHex(length.slice(1))}`.trim(),
      meaning: `${announced.toLocaleString("en")} bytes, in the ${form} form${lacking}`,
    },
    ...(key
      ? [
          {
            id: "key",
            name: "masking key",
            raw: toHex(key),
            meaning: "four bytes; a browser takes new random ones for each frame",
          },
        ]
      : []),
    ...(sum
      ? [{ id: "payload", name: MASKED, raw: brief(toHex(sent)), meaning: `each byte xor one of the key's${sum}` }]
      : []),
    {
      id: "payload",
      name: key ? "payload, unmasked" : "payload",
      raw: brief(toHex(payload)),
      meaning: said(opcode, payload),
    },
  ];
}

/**
 * @param {Field} field
 * @param {Fault | null} fault
 */
function row({ id, name, raw, meaning }, fault) {
  const title = build("button", { type: "button" }, name);
  const rule = fault ? [build("strong", { className: "frame-fault" }, `✗ ${fault.rule}: ${fault.code}`)] : [];
  const told = build("div", {}, ...(raw ? [build("code", {}, raw)] : []), build("span", {}, meaning), ...rule);
  return build("tr", { dataset: { field: id } }, build("th", { scope: "row" }, title), build("td", {}, told));
}

/** @param {number} [byte] */
const hex = (byte = 0) => byte.toString(16).padStart(2, "0");

/** @param {string} text */
const brief = (text) => (text.length > 150 ? `${text.slice(0, 150)}…` : text);
