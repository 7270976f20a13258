/**
 * What the server tells of its half, read before it is used: where it runs in this page, it runs code that anybody may have
 * written, and in a link it is a stranger's.
 */

import { byField, count, hex, listOf, number, object, oneOf, orNull, record, text, truth } from "../kit/shapes.js";

/** @import {Shape} from "../kit/shapes.js" */
/** @import {AsgiMessage, Message, Observed} from "../notation/contract.js" */

const common = { client: text, connection: text, at: number };
const way = oneOf("in", "out");
const handshake = object({
  ...common,
  lane: oneOf("wire"),
  type: oneOf("handshake.request", "handshake.response"),
  text,
});

/** An event has whatever its type has. @type {Shape<AsgiMessage>} */
const message = (value) => ({ ...record(value), type: text(record(value).type) });

/** @satisfies {{[Type in Observed["type"]]: Shape<any>}} */
export const OBSERVED = {
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
    python: text,
    added: listOf(text),
  }),
  event: object({ ...common, lane: oneOf("asgi"), type: oneOf("event"), way, event: message, python: text }),
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

/** @type {{[Kind in Message["kind"]]: Shape<Extract<Message, {kind: Kind}>>}} */
const MESSAGES = {
  ready: object({ kind: oneOf("ready") }),
  clock: object({ kind: oneOf("clock"), page_time: orNull(number), server_time: number }),
  lost: object({ kind: oneOf("lost"), count }),
  observed: object({
    kind: oneOf("observed"),
    events: listOf(byField("type", /** @type {Record<string, Shape<Observed>>} */ (OBSERVED))),
  }),
};

/** @type {Shape<Message>} */
export const readMessage = byField("kind", /** @type {Record<string, Shape<Message>>} */ (MESSAGES));
