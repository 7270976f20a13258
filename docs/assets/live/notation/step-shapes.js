/** What a step from outside must look like: out of a link, or out of the worker that has read a reader's transcript. */

import { byField, count, hex, listOf, object, oneOf, orNull, record, text, that, truth } from "../kit/shapes.js";

/** @import {Shape} from "../kit/shapes.js" */
/** @import {Step} from "./contract.js" */

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

/** @type {Shape<Step>} */
export const readStep = byField("do", /** @type {Record<string, Shape<Step>>} */ (STEPS));
