/**
 * A transcript's lines as the acts of a program: a connection with what becomes of it, a request with its answer, a
 * close with the exception behind it. What each kind of text is then written from. Sans page: lines in, acts out.
 */

import { never } from "../kit/never.js";
import { OBSERVER_STEPS } from "../notation/contract.js";

/** @import {Accepted, AsgiEvent, Close, Closed, Connect, Raised, Receive, Request, Response, Send, Step, Wait} from "../notation/contract.js" */

/**
 * @typedef {{client: string, step: Step, notes?: string[]}} Spoken A step, whose it is, and what is noted on it.
 * @typedef {{server: string, origin: string}} Places Where the server answers over HTTP, and the origin of its pages.
 *
 * @typedef {object} Written A text, and in a sentence or two what it takes to run it.
 * @property {string} text
 * @property {string} say
 *
 * @typedef {Written | {why: string}} Copied Or why there is none.
 *
 * @typedef {{do: "connect", step: Connect, accepted: Accepted | undefined}} Opening
 * @typedef {{do: "refused", step: Connect, status: number, raised: Raised | undefined}} Refusal
 * @typedef {{do: "unanswered", step: Connect}} Silence
 * @typedef {{do: "closed", step: Closed, raised: Raised | undefined}} Ending
 * @typedef {{do: "request", step: Request, response: Response}} Exchange
 * @typedef {{do: "send", step: Send} | {do: "receive", step: Receive} | {do: "close", step: Close} | {do: "wait", step: Wait}} Plain
 * @typedef {{do: "event", step: AsgiEvent} | {do: "raised", step: Raised}} Told
 * @typedef {(Opening | Refusal | Silence | Ending | Exchange | Plain | Told) & {client: string, notes: string[]}} Act
 */

export const ANONYMOUS = "anonymous";

/** The acts with which a connection or a request begins. */
const BEGINNINGS = ["connect", "refused", "unanswered", "request"];
/** Those among them that open a WebSocket, or try to. */
const CONNECTS = ["connect", "refused", "unanswered"];

/** @param {Act} act */
export function begins({ do: does }) {
  return BEGINNINGS.includes(does);
}

/**
 * @param {Act} act
 * @returns {act is (Opening | Refusal | Silence) & {client: string, notes: string[]}}
 */
function connects(act) {
  return CONNECTS.includes(act.do);
}

export class Conversation {
  /**
   * @param {Spoken[]} lines
   * @param {string} title
   */
  constructor(lines, title) {
    this.title = title || "What crosses the wire";
    this.acts = understand(lines);
    this.clients = Array.from(new Set(this.acts.map(({ client }) => client)));
    /** @type {Connect[]} */
    this.connects = this.acts.flatMap((act) => (connects(act) ? [act.step] : []));
    /** @type {Request[]} */
    this.requests = this.acts.flatMap((act) => (act.do === "request" ? [act.step] : []));
    /**
     * Who needs cookies: whoever logs in or, by a POST, may begin a session. A program of its own begins without
     * any, so as nobody.
     */
    this.cookieClients = new Set(this.acts.filter(needsCookies).map(({ client }) => client));
    this.hasCookies = this.cookieClients.size > 0;
    if (this.hasCookies) for (const act of this.acts) if (act.do === "request") this.cookieClients.add(act.client);
  }

  /**
   * @param {Act["do"]} name
   */
  has(name) {
    return this.acts.some((act) => act.do === name);
  }

  /** Whether two connections are open at once. */
  get overlaps() {
    const open = new Set();
    for (const act of this.acts) {
      if (act.do === "connect" && open.add(act.client).size > 1) return true;
      if (act.do === "close" || act.do === "closed") open.delete(act.client);
    }
    return false;
  }
}

/** @param {Act} act */
function needsCookies(act) {
  if (act.do === "request") return act.step.method === "POST" || act.step.path.startsWith("/demo/");
  return connects(act) && act.step.user !== null && act.step.user !== ANONYMOUS;
}

/**
 * What was recorded of a reader's own doing may begin anywhere: what has no connection is left out, and a connection
 * that another replaces is closed first.
 * @param {Spoken[]} lines
 * @returns {Act[]}
 */
function understand(lines) {
  /** @type {Set<Spoken>} Lines that others have taken along. */
  const taken = new Set();
  const open = new Set();
  /** @type {Act[]} */
  const acts = [];
  for (const [at, line] of lines.entries()) {
    if (taken.has(line)) continue;
    const { client, step } = line;
    const rest = lines.slice(at + 1).filter((later) => later.client === client);
    const next = rest.find((later) => !OBSERVER_STEPS.has(later.step.do));
    /** @type {string[]} */
    const notes = [];
    const take = (/** @type {Spoken | undefined} */ other) => {
      if (!other) return undefined;
      taken.add(other);
      notes.push(...(other.notes ?? []));
      return other.step;
    };
    take(line);
    switch (step.do) {
      case "connect": {
        if (open.has(client))
          acts.push({ do: "close", client, notes: [], step: { do: "close", code: 1000, reason: "" } });
        open.delete(client);
        if (next?.step.do === "refused") {
          take(next);
          const raised = /** @type {Raised | undefined} */ (take(nearRaised(rest)));
          acts.push({ do: "refused", client, notes, step, status: next.step.status, raised });
        } else if (next?.step.do === "unanswered") {
          take(next);
          acts.push({ do: "unanswered", client, notes, step });
        } else {
          open.add(client);
          const accepted = next?.step.do === "accepted" ? /** @type {Accepted} */ (take(next)) : undefined;
          acts.push({ do: "connect", client, notes, step, accepted });
        }
        break;
      }
      case "request":
        if (next?.step.do === "response")
          acts.push({ do: "request", client, notes, step, response: /** @type {Response} */ (take(next)) });
        break;
      case "raised":
        if (next?.step.do === "closed" && open.has(client))
          taken.delete(line); // the close will take it
        else acts.push({ do: "raised", client, notes, step });
        break;
      case "closed": {
        const before = lines.slice(0, at).filter((earlier) => earlier.client === client);
        const raised = /** @type {Raised | undefined} */ (
          take(nearRaised(before.toReversed(), taken) ?? nearRaised(rest))
        );
        if (open.delete(client)) acts.push({ do: "closed", client, notes, step, raised });
        break;
      }
      case "close":
        if (open.delete(client)) acts.push({ do: "close", client, notes, step });
        break;
      case "send":
        if (open.has(client)) acts.push({ do: "send", client, notes, step });
        break;
      case "receive":
        if (open.has(client)) acts.push({ do: "receive", client, notes, step });
        break;
      case "wait":
        acts.push({ do: "wait", client, notes, step });
        break;
      case "event":
        acts.push({ do: "event", client, notes, step });
        break;
      case "accepted":
      case "refused":
      case "unanswered":
      case "response":
        break; // taken along by their connect or request; here they stand for themselves, and say nothing to write
      default:
        never(step);
    }
  }
  return acts;
}

/**
 * The exception among what was told of the server right here, before the client does or hears anything more.
 * @param {Spoken[]} lines Of one client.
 * @param {Set<Spoken>} [taken]
 */
function nearRaised(lines, taken) {
  for (const line of lines) {
    if (line.step.do === "raised") return taken?.has(line) ? undefined : line;
    if (line.step.do !== "event" && line.step.do !== "refused") return undefined;
  }
  return undefined;
}
