/**
 * What a link may hold: the shapes of `notation/types.js`, and nothing that is not in them. Whatever goes into a link
 * and whatever comes out of one is read here, field by field: what has another shape is an error, and what is not
 * known is left out. What a stranger wrote has passed all of it before any of it is used.
 */

import {
  byField,
  count,
  hex,
  listOf,
  number,
  object,
  oneOf,
  optional,
  orNull,
  record,
  recordOf,
  text,
  that,
  truth,
} from "../kit/shapes.js";
import { headWithoutReader, scopeWithoutReader } from "./without-reader.js";

/** @import {Shape} from "../kit/shapes.js" */
/** @import {Observed, Step} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

/**
 * @typedef {object} State
 * @property {Record<string, string>} typed The fields, by their names in Controls.
 * @property {Happening[]} happened
 */

/** On the sandbox server, and at no other address. @type {Shape<string>} */
const path = that((value) => typeof value === "string" && /^\/(?![/\\])/.test(value));
/** What a message holds: text, or bytes in hexadecimal. */
const message = (/** @type {unknown} */ step) => ({ data: record(step).binary ? hex : text, binary: truth });

/** @type {{[Name in Step["do"]]: Shape<Extract<Step, {do: Name}>>}} */
const STEPS = {
  connect: object({
    do: oneOf("connect"),
    path,
    origin: orNull(text),
    subprotocols: listOf(text),
    user: orNull(text),
  }),
  accepted: object({ do: oneOf("accepted"), subprotocol: orNull(text) }),
  refused: object({ do: oneOf("refused"), status: count }),
  unanswered: object({ do: oneOf("unanswered") }),
  send: (step) => object({ do: oneOf("send"), ...message(step) })(step),
  receive: (step) => object({ do: oneOf("receive"), ...message(step) })(step),
  close: object({ do: oneOf("close"), code: count, reason: text }),
  closed: object({ do: oneOf("closed"), code: count, reason: orNull(text) }),
  request: object({ do: oneOf("request"), method: oneOf("GET", "POST"), path, body: orNull(text) }),
  response: object({ do: oneOf("response"), status: count, body: orNull(text) }),
  wait: object({ do: oneOf("wait"), ms: count }),
  raised: object({ do: oneOf("raised"), name: text, text }),
  event: object({ do: oneOf("event"), type: text, json: orNull(text) }),
};

/** A correlation id; links from before connections had one hold a number. @type {Shape<string>} */
const connection = (value) => (typeof value === "number" ? String(value) : text(value));

const common = { client: text, connection, at: number };
const way = oneOf("in", "out");

const handshake = object({
  ...common,
  lane: oneOf("wire"),
  type: oneOf("handshake.request", "handshake.response"),
  text: (value) => headWithoutReader(text(value)),
});

/** @type {Record<Observed["type"], Shape<Observed>>} */
const OBSERVED = {
  "handshake.request": handshake,
  "handshake.response": handshake,
  frame: object({
    ...common,
    lane: oneOf("wire"),
    type: oneOf("frame"),
    way,
    fin: truth,
    rsv: count,
    opcode: count,
    mask: orNull(hex),
    length: count,
    payload: hex,
    cut: truth,
  }),
  scope: object({
    ...common,
    lane: oneOf("asgi"),
    type: oneOf("scope"),
    layer: oneOf("server", "consumer"),
    python: (value) => scopeWithoutReader(text(value)),
    added: listOf(text),
  }),
  event: object({
    ...common,
    lane: oneOf("asgi"),
    type: oneOf("event"),
    way,
    event: object({ type: text }),
    python: text,
  }),
  handler: object({ ...common, lane: oneOf("consumer"), type: oneOf("handler"), handler: text }),
  "handler.end": object({
    ...common,
    lane: oneOf("consumer"),
    type: oneOf("handler.end"),
    handler: text,
    took: number,
  }),
  exception: object({
    ...common,
    lane: oneOf("consumer"),
    type: oneOf("exception"),
    name: text,
    text,
    where: text,
  }),
};

/** @type {Shape<State>} */
export const readState = object({
  typed: recordOf(text),
  happened: listOf(
    object({
      at: number,
      lane: oneOf("js", "wire", "asgi", "consumer"),
      client: text,
      toward: oneOf("server", "page", ""),
      what: text,
      connection: optional(text),
      crossing: optional(text),
      properties: optional(recordOf(text)),
      failed: optional(truth),
      step: optional(byField("do", /** @type {Record<string, Shape<Step>>} */ (STEPS))),
      observed: optional(byField("type", OBSERVED)),
    }),
  ),
});
