/** What the server tells of its half, as happenings for the timeline: where each was going, and what it says in one line. */

import { fromHex, toHex } from "../kit/hex.js";
import { never } from "../kit/never.js";
import { quoted } from "../kit/quoting.js";
import { PARAMETER } from "../notation/contract.js";
import { ofObserved } from "../notation/to-steps.js";

/** @import {Correlation} from "./correlation.js" */
/** @import {AsgiEventObserved, Frame, Observed} from "../notation/contract.js" */
/** @import {Happening, Toward} from "../notation/types.js" */

export const OPCODES = new Map([
  [0, "continuation"],
  [1, "text"],
  [2, "binary"],
  [8, "close"],
  [9, "ping"],
  [10, "pong"],
]);

/**
 * @param {Observed} observed
 * @param {number} at On the page's clock.
 * @param {Correlation} crossings Of its connection.
 * @returns {Happening}
 */
export function happening(observed, at, crossings) {
  const { lane, client } = observed;
  const toward = direction(observed, crossings);
  const crossing = crossed(observed, toward, crossings);
  const what = inOneLine(observed);
  return {
    at,
    lane,
    client,
    toward: isLoss(observed) ? "" : toward,
    what,
    connection: crossings.connection,
    crossing,
    step: ofObserved(observed),
    observed,
  };
}

/**
 * Whether it is what the server made of a connection that was lost: 1006 is on no wire (RFC 6455, section 7.4.1).
 * @param {Observed} observed
 */
function isLoss(observed) {
  if (observed.type !== "event") return false;
  const { type, ...rest } = observed.event;
  return (
    type === "websocket.disconnect" && Object.entries(rest).some(([name, value]) => name === "code" && value === 1006)
  );
}

/**
 * @param {Observed} observed
 * @param {Correlation} crossings
 * @returns {Toward}
 */
function direction(observed, crossings) {
  switch (observed.type) {
    case "frame":
    case "event":
      return observed.way === "in" ? "server" : "page";
    case "handshake.response":
      return "page";
    case "handshake.request":
      return "server";
    case "handler":
      return crossings.running++ ? "" : "server"; // one handler may call another
    case "handler.end":
      crossings.running -= 1;
      return "";
    case "scope":
      return observed.layer === "server" ? "server" : "";
    case "exception":
      return "";
    default:
      return never(observed);
  }
}

/**
 * @param {Observed} observed
 * @param {Toward} toward
 * @param {Correlation} crossings
 */
function crossed(observed, toward, crossings) {
  switch (observed.type) {
    case "handshake.request":
    case "handshake.response":
      return crossings.handshake(toward);
    case "scope":
      return crossings.handshake("server");
    case "frame":
      return framed(observed, toward, crossings);
    case "event": {
      const crossing = evented(observed, toward, crossings);
      if (toward === "server") crossings.current = crossing;
      return crossing;
    }
    case "handler":
    case "handler.end":
    case "exception":
      return crossings.current;
    default:
      return never(observed);
  }
}

/**
 * @param {Frame} frame
 * @param {Toward} toward
 * @param {Correlation} crossings
 */
function framed({ opcode }, toward, crossings) {
  if (opcode === 8) return crossings.close(toward);
  return opcode === 1 || opcode === 2 ? crossings.message("wire", toward) : undefined;
}

/**
 * @param {AsgiEventObserved} observed
 * @param {Toward} toward
 * @param {Correlation} crossings
 */
function evented({ event: { type } }, toward, crossings) {
  if (/connect$|accept$|response/.test(type) && !type.endsWith("disconnect")) return crossings.handshake(toward);
  return /disconnect$|close$/.test(type) ? crossings.close(toward) : crossings.message("asgi", toward);
}

/** @param {Observed} observed */
function inOneLine(observed) {
  switch (observed.type) {
    case "handshake.request":
    case "handshake.response":
      return firstLine(observed.text).replace(new RegExp(`[?&]${PARAMETER}=[^\\s&]*`), "");
    case "frame":
      return framePayload(observed);
    case "scope":
      return observed.layer === "server" ? "scope" : `scope + ${observed.added.join(", ")}`;
    case "event": {
      const { type, ...rest } = observed.event;
      const said = Object.entries(rest).filter(([, value]) => value !== null);
      return [type, ...said.map(([name, value]) => `${name}=${brief(value)}`)].join(" ");
    }
    case "handler":
      return `${observed.handler}()`;
    case "handler.end":
      return `${observed.handler.split(".").at(-1)}() took ${observed.took.toFixed(2)} ms`;
    case "exception":
      return `${observed.name}: ${observed.text}`;
    default:
      return never(observed);
  }
}

/** @param {unknown} value */
function brief(value) {
  return typeof value === "string" ? quoted(value) : typeof value === "object" ? "…" : String(value);
}

/** @param {string} text */
function firstLine(text) {
  return text.slice(0, text.indexOf("\r\n"));
}

/** @param {Frame} frame */
function framePayload({ opcode, payload, cut, fin }) {
  const bytes = fromHex(payload);
  const more = (cut ? "…" : "") + (fin ? "" : ", more follows");
  if (opcode === 8) return `close ${closing(bytes)}`;
  const shown = opcode === 1 ? quoted(new TextDecoder().decode(bytes)) : toHex(bytes);
  return `${OPCODES.get(opcode) ?? `opcode ${opcode}`} ${shown}${more}`.trim();
}

/**
 * A close frame's payload: two bytes of code, and the reason.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function closing(bytes) {
  if (bytes.length < 2) return "without a code";
  const reason = new TextDecoder().decode(bytes.slice(2));
  return `${new DataView(bytes.buffer).getUint16(0)} ${reason}`.trim();
}
