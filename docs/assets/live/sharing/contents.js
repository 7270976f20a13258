/**
 * What a link may hold: the shapes of `notation/types.js`, and nothing that is not in them. Whatever goes into a link
 * and whatever comes out of one is read here, field by field: what has another shape is an error, and what is not
 * known is left out. What a stranger wrote has passed all of it before any of it is used.
 */

import { byField, listOf, number, object, oneOf, optional, record, recordOf, text, truth } from "../kit/shapes.js";
import { readStep } from "../notation/step-shapes.js";
import { OBSERVED } from "../observing/observed-shapes.js";
import { headWithoutReader, scopeWithoutReader } from "./without-reader.js";

/** @import {Shape} from "../kit/shapes.js" */
/** @import {Observed} from "../notation/contract.js" */
/** @import {Happening} from "../notation/types.js" */

/**
 * @typedef {object} State
 * @property {Record<string, string>} typed The fields, by their names in Controls.
 * @property {Happening[]} happened
 */

/** As it was observed, without what a link leaves out. @type {{[Type in Observed["type"]]?: Shape<Observed>}} */
const LEFT_OUT = {
  "handshake.request": withoutReader,
  "handshake.response": withoutReader,
  scope: (value) => {
    const scope = OBSERVED.scope(value);
    return { ...scope, python: scopeWithoutReader(scope.python) };
  },
  event: (value) => {
    const { event, ...rest } = OBSERVED.event(value);
    return { ...rest, event: { type: event.type } };
  },
};

/** @param {unknown} value */
function withoutReader(value) {
  const head = OBSERVED["handshake.request"](value);
  return { ...head, text: headWithoutReader(head.text) };
}

const readObserved = byField("type", /** @type {Record<string, Shape<Observed>>} */ ({ ...OBSERVED, ...LEFT_OUT }));

/** Links from before connections had an id hold a number. @type {Shape<Observed>} */
const observed = (value) => {
  const { connection, ...rest } = record(value);
  return readObserved({ ...rest, connection: typeof connection === "number" ? String(connection) : connection });
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
      step: optional(readStep),
      observed: optional(observed),
    }),
  ),
});
