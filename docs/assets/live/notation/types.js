/**
 * The shapes that the modules here share. No code: only types, in JSDoc.
 *
 * A step is what `live_docs/notation/steps.py` describes, read from a line's `data-step`.
 *
 * @typedef {{do: "connect", path: string, origin: string | null, subprotocols: string[], user: string | null}} Connect
 * @typedef {{do: "accepted", subprotocol: string | null}} Accepted
 * @typedef {{do: "refused", status: number}} Refused
 * @typedef {{do: "unanswered"}} Unanswered
 * @typedef {{do: "send", data: string, binary: boolean}} Send
 * @typedef {{do: "receive", data: string, binary: boolean}} Receive
 * @typedef {{do: "close", code: number, reason: string}} Close
 * @typedef {{do: "closed", code: number, reason: string | null}} Closed
 * @typedef {{do: "request", method: string, path: string, body: string | null}} Request
 * @typedef {{do: "response", status: number, body: string | null}} Response
 * @typedef {{do: "wait", ms: number}} Wait
 * @typedef {{do: "raised", name: string, text: string}} Raised
 * @typedef {{do: "event", type: string, json: string | null}} AsgiEvent
 * @typedef {Connect | Accepted | Refused | Unanswered | Send | Receive | Close | Closed | Request | Response | Wait | Raised | AsgiEvent} Step
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
 * @typedef {"js" | "wire" | "asgi" | "consumer"} Lane
 * @typedef {"server" | "page" | ""} Toward
 *
 * @typedef {object} Happening Something that happened, for the timeline.
 * @property {number} at Milliseconds on `performance.now()`'s clock.
 * @property {Lane} lane
 * @property {string} client
 * @property {Toward} toward Where it was going; "" for what crosses nothing.
 * @property {string} what In one line: the call or the event, as its own lane would write it.
 * @property {string} [connection] Which of the page's connections, "" or missing for what belongs to none.
 * @property {string} [crossing] What it shares with the same message in the other lanes; see correlation.js.
 * @property {Record<string, string>} [properties] In JavaScript's lane: what the call or event had to it.
 * @property {boolean} [failed] Whether it is a call of which nothing came.
 * @property {Step} [step] What it is in the notation, if it is a step of a transcript.
 * @property {Observed} [observed] In the other lanes: what the server told.
 *
 * What the server tells of itself; sandbox_server/wire/ says when. `at` is on its own clock.
 * @typedef {{client: string, connection: number, at: number}} Common
 * @typedef {Common & {lane: "wire", type: "handshake.request" | "handshake.response", text: string}} Handshake
 * @typedef {Common & {lane: "wire", type: "frame", way: "in" | "out", fin: boolean, rsv: number, opcode: number,
 *   mask: string | null, length: number, payload: string, cut: boolean}} Frame
 * @typedef {Common & {lane: "asgi", type: "scope", layer: "server" | "consumer", python: string, added: string[]}} Scope
 * @typedef {Common & {lane: "asgi", type: "event", way: "in" | "out", event: {type: string}, python: string}} Event_
 * @typedef {Common & {lane: "consumer", type: "handler", handler: string}} Handler
 * @typedef {Common & {lane: "consumer", type: "handler.end", handler: string, took: number}} HandlerEnd
 * @typedef {Common & {lane: "consumer", type: "exception", name: string, text: string, where: string}} Exception
 * @typedef {Handshake | Frame | Scope | Event_ | Handler | HandlerEnd | Exception} Observed
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
