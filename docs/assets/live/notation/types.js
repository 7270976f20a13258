/** @import {Observed, Step} from "./contract.js" */

/**
 * The shapes that the page's own modules share; those that cross from Python are in contract.js. Only types, in JSDoc.
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
