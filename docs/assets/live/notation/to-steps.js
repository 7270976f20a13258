/** What happened, said in the notation: the steps that an arrival, or what the server told, makes true. */

import { never } from "../kit/never.js";

/** @import {Observed, Step} from "./contract.js" */
/** @import {Arrival} from "./types.js" */

/** What a browser reports where no close frame came: 1006, and of TLS that failed, Firefox 1015. */
const WITHOUT_A_FRAME = [1006, 1015];

/**
 * Whether it is a close that came from a close frame, so that the handshake before it had succeeded. Firefox, when
 * busy, leaves out the open event and the messages if the frame comes right behind the 101: the code and the reason are
 * there, wasClean is false.
 * @param {Arrival} arrival
 */
export function provesHandshake(arrival) {
  return arrival.type === "close" && !WITHOUT_A_FRAME.includes(arrival.code);
}

/**
 * @param {Arrival} arrival
 * @param {boolean} byServer Whether it was the server that closed, and not this page or a failed handshake.
 * @returns {Step | undefined}
 */
export function ofArrival(arrival, byServer) {
  switch (arrival.type) {
    case "open":
      return { do: "accepted", subprotocol: arrival.subprotocol || null };
    case "message":
      return {
        do: "receive",
        data: arrival.binary ? arrival.data.replace(/\s/g, "") : arrival.data,
        binary: arrival.binary,
      };
    case "close":
      return byServer ? { do: "closed", code: arrival.code, reason: arrival.reason } : undefined;
    default:
      return never(arrival);
  }
}

/**
 * @param {Observed} observed
 * @returns {Step | undefined}
 */
export function ofObserved(observed) {
  switch (observed.type) {
    case "handshake.response": {
      const status = Number(observed.text.split(" ")[1]);
      return status === 101 ? undefined : { do: "refused", status };
    }
    case "exception":
      return { do: "raised", name: observed.name, text: observed.text };
    case "event": {
      const { type, ...rest } = observed.event;
      return { do: "event", type, json: JSON.stringify(rest) };
    }
    case "handshake.request":
    case "frame":
    case "scope":
    case "handler":
    case "handler.end":
      return undefined;
    default:
      return never(observed);
  }
}
