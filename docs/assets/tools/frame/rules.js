/** The first rule of the protocol that a client's frames break, and the code with which the server has to close. */

/** @import {RawFrame} from "./bytes.js" */

/** @typedef {{at: number, field: string, rule: string, code: number}} Fault `at` is the frame's place, from 0. */

const MESSAGE_BYTES = 65536;
const PINGS = 20;

/**
 * @param {RawFrame[]} frames
 * @returns {Fault | null}
 */
export function findFault(frames) {
  const message = { open: false, bytes: 0, /** @type {TextDecoder | null} */ text: null };
  let pings = 0;
  for (const [at, frame] of frames.entries()) {
    const [field, rule, code = 1002] =
      inHead(frame, message.open) ?? inPayload(frame, message, (pings += frame.opcode === 9 ? 1 : 0)) ?? [];
    if (field && rule) return { at, field, rule, code };
    if (frame.opcode === 8) return null; // nothing is read after a close frame
  }
  return null;
}

/** @typedef {[field: string, rule: string, code?: number]} Found */

/**
 * @param {RawFrame} frame
 * @param {boolean} inside Whether a message has begun that has not ended.
 * @returns {Found | undefined}
 */
function inHead({ fin, rsv, opcode, length, announced, key }, inside) {
  const control = opcode > 7;
  if (rsv) return ["rsv", "no extension was agreed on that gives this bit a meaning (5.2)"];
  if (!key) return ["mask", "a client must mask every frame (5.1)"];
  if (![0, 1, 2, 8, 9, 10].includes(opcode)) return ["opcode", "reserved: it has no meaning yet (5.2)"];
  if (control && !fin) return ["fin", "a control frame must not be fragmented (5.5)"];
  if (control && (length[0] ?? 0) > 125) return ["length", "a control frame has at most 125 bytes (5.5)"];
  if (opcode === 8 && announced === 1) return ["length", "a close code takes two bytes (5.5.1)"];
  if (opcode === 0 && !inside) return ["opcode", "there is no message to continue (5.4)"];
  if (!control && opcode && inside) return ["opcode", "the message before has not ended (5.4)"];
  if (announced < (length.length === 9 ? 65536 : length.length === 3 ? 126 : 0))
    return ["length", "the length must take as few bytes as it can (5.2)"];
  if ((length[1] ?? 0) > 127 && length.length === 9) return ["length", "the first bit of the 64 must be 0 (5.2)"];
  return undefined;
}

/**
 * @param {RawFrame} frame
 * @param {{open: boolean, bytes: number, text: TextDecoder | null}} message
 * @param {number} pings
 * @returns {Found | undefined}
 */
function inPayload({ fin, opcode, announced, payload }, message, pings) {
  if (pings > PINGS) return ["opcode", `${PINGS} pings at once are enough for this server`, 1008];
  if (opcode === 8) return inClose(payload);
  if (opcode > 7) return undefined;
  if (opcode)
    Object.assign(message, { bytes: 0, text: opcode === 1 ? new TextDecoder("utf-8", { fatal: true }) : null });
  message.open = !fin;
  message.bytes += announced;
  if (message.bytes > MESSAGE_BYTES) return ["length", "this server takes messages of 65,536 bytes", 1009];
  return isUtf8(payload, message.text, !fin || payload.length < announced)
    ? undefined
    : ["payload", "a text must be UTF-8 (8.1)", 1007];
}

/**
 * @param {Uint8Array} payload
 * @returns {Found | undefined}
 */
function inClose(payload) {
  if (payload.length < 2) return undefined;
  const code = (payload[0] ?? 0) * 256 + (payload[1] ?? 0);
  const named = (code >= 1000 && code <= 1013 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);
  if (!named) return ["payload", `no close frame may hold ${code}, for this server (7.4)`];
  return isUtf8(payload.slice(2), new TextDecoder("utf-8", { fatal: true }), false)
    ? undefined
    : ["payload", "a reason must be UTF-8 (5.5.1)", 1007];
}

/**
 * @param {Uint8Array} bytes
 * @param {TextDecoder | null} decoder
 * @param {boolean} more Whether more bytes of the same text follow.
 */
function isUtf8(bytes, decoder, more) {
  try {
    decoder?.decode(bytes, { stream: more });
    return true;
  } catch {
    return false;
  }
}
