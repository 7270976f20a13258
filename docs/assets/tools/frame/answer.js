/** What came back, in a sentence, and whether it is what the rules foretold. */

import { toHex } from "../../live/kit/hex.js";
import { quoted } from "../../live/kit/quoting.js";
import { closing } from "../../live/observing/to-happenings.js";

/** @import {RawFrame} from "./bytes.js" */
/** @import {Fault} from "./rules.js" */

/** What a close frame's codes are called (RFC 6455, 7.4.1, and IANA's registry). */
const NAMES = new Map([
  [1000, "normal closure"],
  [1001, "going away"],
  [1002, "protocol error"],
  [1003, "unsupported data"],
  [1007, "invalid payload"],
  [1008, "policy violation"],
  [1009, "message too big"],
  [1010, "mandatory extension"],
  [1011, "internal error"],
  [1012, "service restart"],
  [1013, "try again later"],
]);

/**
 * @param {RawFrame[]} frames
 * @param {boolean} ended Whether the server ended the TCP connection.
 * @param {Fault | null} fault What is wrong with what was sent.
 */
export function inWords(frames, ended, fault) {
  const end = frames.find(({ opcode }) => opcode === 8);
  const before = frames.filter((frame) => frame !== end).map(told);
  const several = before.length > 2 ? [`${before.length} frames, the first ${before[0]}`] : before;
  const words = several.length ? [`The server answered with ${several.join(" and ")}.`] : [];
  if (end) words.push(`The server closed ${closed(end)}.`);
  else if (ended) words.push("The server ended TCP without a close frame: 1006.");
  else if (words.length === 0) words.push("Nothing came back, and the connection is still open.");
  return [...words, ...compared(end, fault)].join(" ");
}

/** @param {RawFrame} frame */
function told({ opcode, payload }) {
  if (opcode === 2) return `bytes, ${toHex(payload)}`;
  const words = payload.length ? quoted(new TextDecoder().decode(payload)) : "empty";
  return `a ${opcode === 10 ? "pong" : opcode === 9 ? "ping" : "text"}, ${words}`;
}

/** @param {RawFrame} end */
function closed({ payload }) {
  const [code = "", ...reason] = closing(payload).split(" ");
  if (payload.length < 2) return "without a code, as you did: JavaScript would see 1005";
  const name = NAMES.get(Number(code));
  return `with ${code}${name ? `, ${name}` : ""}${reason.length ? `: “${reason.join(" ")}”` : ""}`;
}

/**
 * @param {RawFrame | undefined} end
 * @param {Fault | null} fault
 */
function compared(end, fault) {
  const code = end && end.payload.length > 1 ? (end.payload[0] ?? 0) * 256 + (end.payload[1] ?? 0) : null;
  if (!fault) return [];
  return [code === fault.code ? "As the rule says." : `The rule says ${fault.code}: this page was wrong.`];
}
