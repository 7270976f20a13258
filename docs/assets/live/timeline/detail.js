/** What a happening of the timeline opens to. Each kind has a module of its own, loaded when the first one is opened. */

import { facts } from "../kit/dom.js";

/** @import {HandshakeRequest, HandshakeResponse} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

/**
 * @param {Happening} happening
 * @param {() => HandshakeRequest | HandshakeResponse | undefined} otherHalf Finds the response to a request, and the request to a response.
 * @returns {Promise<Node>}
 */
export async function render({ observed, what, properties }, otherHalf) {
  if (!observed) return facts(Object.entries({ [properties?.["event.type"] ? "event" : "call"]: what, ...properties }));
  switch (observed.type) {
    case "frame":
      return (await import("./detail-frame.js")).render(observed);
    case "handshake.request":
    case "handshake.response":
      return (await import("./detail-handshake.js")).render(observed, otherHalf());
    default:
      return (await import("./detail-python.js")).render(observed);
  }
}
