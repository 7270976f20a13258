/**
 * The shapes that the modules here share. No code: only types, in JSDoc.
 *
 * A step is what `live_docs/steps.py` describes, read from a line's `data-step`.
 *
 * @typedef {{do: "connect", path: string, origin: string | null, subprotocols: string[], user: string | null}} Connect
 * @typedef {{do: "accepted", subprotocol: string | null}} Accepted
 * @typedef {{do: "refused", status: number}} Refused
 * @typedef {{do: "send", data: string, binary: boolean}} Send
 * @typedef {{do: "receive", data: string, binary: boolean}} Receive
 * @typedef {{do: "close", code: number, reason: string}} Close
 * @typedef {{do: "closed", code: number, reason: string | null}} Closed
 * @typedef {{do: "request", method: string, path: string, body: string | null}} Request
 * @typedef {{do: "response", status: number, body: string | null}} Response
 * @typedef {{do: "wait", ms: number}} Wait
 * @typedef {Connect | Accepted | Refused | Send | Receive | Close | Closed | Request | Response | Wait} Step
 *
 * @typedef {object} Line A step where it is printed.
 * @property {HTMLElement} element
 * @property {string} client
 * @property {Step} step
 *
 * @typedef {object} Outcome A step that was played.
 * @property {boolean} ok
 * @property {string} [came] What came instead, or what there is to say of what came.
 *
 * @typedef {object} Happening Something that happened, for the timeline.
 * @property {number} at Milliseconds on `performance.now()`'s clock.
 * @property {string} client
 * @property {"out" | "in"} way
 * @property {string} what The call or the event, as JavaScript would write it.
 *
 * @typedef {object} Message What a client received and no step has asked for yet.
 * @property {"message"} type
 * @property {string} data Text, or bytes in hexadecimal.
 * @property {boolean} binary
 *
 * @typedef {{type: "open", subprotocol: string}} Opened
 * @typedef {{type: "close", code: number, reason: string, wasClean: boolean}} Ended
 * @typedef {Opened | Message | Ended} Arrival
 */

export {};
