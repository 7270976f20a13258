/**
 * What comes out of the worker, read before it is used: code that anybody may have written runs in there, and may say
 * whatever it likes. What has another shape is an error.
 */

import { byField, count, listOf, number, object, oneOf, recordOf, text, that, truth } from "../kit/shapes.js";
import { readStep } from "../notation/step-shapes.js";

/** @import {Shape} from "../kit/shapes.js" */
/** @import {Told, Transcript} from "./messages.js" */

/** @type {Shape<Uint8Array<ArrayBuffer>>} */
const bytes = that((value) => value instanceof Uint8Array);
/** @type {Shape<string | Uint8Array<ArrayBuffer>>} */
const textOrBytes = that((value) => typeof value === "string" || value instanceof Uint8Array);
/** What `Response` takes. @type {Shape<number>} */
const status = that((value) => Number.isInteger(value) && value >= 200 && value <= 599);
/** As pairs; `Headers` throws at what no header can be. @type {Shape<[string, string][]>} */
const headers = (value) => Array.from(new Headers(/** @type {[string, string][]} */ (listOf(listOf(text))(value))));
/** What a close event may say (RFC 6455, 7.4). @type {Shape<number>} */
const closeCode = that((value) => Number.isInteger(value) && value >= 1000 && value <= 4999);

/** @type {Shape<Transcript>} */
const readTranscript = object({
  lines: listOf(object({ number: count, text, spoken: text, client: text, notes: listOf(text), step: readStep })),
  problems: listOf(object({ line: count, message: text })),
});

/** @type {{[Kind in Told["tell"]]: Shape<Extract<Told, {tell: Kind}>>}} */
const TOLD = {
  progress: object({ tell: oneOf("progress"), id: count, loaded: number, total: number, what: text }),
  ready: object({ tell: oneOf("ready"), id: count, versions: recordOf(text), waits: truth }),
  failed: object({ tell: oneOf("failed"), id: count, message: text }),
  opened: object({ tell: oneOf("opened"), id: count, protocol: text }),
  message: object({ tell: oneOf("message"), id: count, data: textOrBytes }),
  closed: object({ tell: oneOf("closed"), id: count, code: closeCode, reason: text, wasClean: truth }),
  response: object({ tell: oneOf("response"), id: count, status, headers }),
  part: object({ tell: oneOf("part"), id: count, data: bytes }),
  finished: object({ tell: oneOf("finished"), id: count, whole: truth }),
  edited: object({ tell: oneOf("edited"), id: count, traceback: text }),
  read: object({ tell: oneOf("read"), id: count, transcript: (json) => readTranscript(JSON.parse(text(json))) }),
  raised: object({ tell: oneOf("raised"), id: count, traceback: text }),
  pong: object({ tell: oneOf("pong"), id: count }),
};

/** @type {Shape<Told>} */
export const readTold = byField("tell", /** @type {Record<string, Shape<Told>>} */ (TOLD));
