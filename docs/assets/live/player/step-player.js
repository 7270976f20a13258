/**
 * One client of a transcript while it is played: does what a step asks, or checks what it claims.
 */

import { never } from "../kit/never.js";
import { HANDSHAKE_PATIENCE_MS, STEP_PATIENCE_MS } from "../notation/contract.js";
import { provesHandshake } from "../notation/to-steps.js";
import { server } from "../places/server.js";
import * as visitor from "../places/visitor.js";
import { agrees, Difference } from "./difference.js";
import { firstArrival } from "./first-arrival.js";
import { asked } from "./http-exchange.js";
import { event, raised, refusal, refused, unanswered } from "./server-steps.js";

/** @import {Client} from "./client.js" */
/** @import {Connect, Receive, Step} from "../notation/contract.js" */
/** @import {Arrival, Happening, Opened, Toward} from "../notation/types.js" */

/** The server does not answer at all, so nothing can be said of any step. */
export class ServerAway extends Error {}

export class StepPlayer {
  /**
   * @param {Client} client
   * @param {(happening: Happening) => void} tell
   * @param {AbortSignal} signal
   */
  constructor(client, tell, signal) {
    this.client = client;
    this.tell = tell;
    this.signal = signal;
    /** @type {Opened | null} */
    this.opened = null;
    this.answer = { status: 0, body: "" };
  }

  /**
   * Do what a step asks, or check what it claims; throws Difference with what came instead.
   * @param {Step} step
   * @param {string | undefined} upcoming What this client does next.
   * @returns {Promise<string | void>} What there is to say of a step that went as written.
   */
  async step(step, upcoming) {
    switch (step.do) {
      case "connect":
        return this.connect(step, upcoming);
      case "accepted":
        if ((this.opened?.subprotocol ?? "") !== (step.subprotocol ?? "")) {
          throw new Difference(`accepted ${this.opened?.subprotocol ?? ""}`.trim());
        }
        return;
      case "refused":
        if (this.opened) throw new Difference("accepted");
        return refused(step, this.client, this.signal);
      case "unanswered":
        if (this.opened) throw new Difference("accepted");
        return unanswered(this.client);
      case "send":
        return this.send(step.data, step.binary);
      case "receive":
        return this.receive(step);
      case "close":
        return this.close(step.code, step.reason);
      case "closed":
        return this.closed(step.code, step.reason);
      case "request":
        return this.request(step.method, step.path, step.body);
      case "response": {
        const { status, body } = this.answer;
        const same = status === step.status && (step.body === null || agrees(this.client, step.body, body));
        if (!same) throw new Difference(`= ${status} ${body}`.trim());
        return;
      }
      case "wait":
        return pause(step.ms, this.signal);
      case "raised":
        return raised(step, this.client, this.signal);
      case "event":
        return event(step, this.client, this.signal);
      default:
        never(step);
    }
  }

  /**
   * @param {Connect} step
   * @param {string | undefined} upcoming What the handshake is expected to come to.
   */
  async connect(step, upcoming) {
    const foreign = step.origin === "null";
    if (step.origin !== null && !foreign) {
      throw new Difference("a browser sets the Origin itself, so only Python can play this step");
    }
    if (step.user !== null) {
      this.note("server", visitor.toBecome(step.user));
      await visitor.become(step.user);
      this.client.user = step.user;
    }
    this.opened = null;
    const arrival = await firstArrival(
      () => this.client.connect(server.webSocketUrl(step.path), step.subprotocols, foreign),
      () => this.next(HANDSHAKE_PATIENCE_MS),
      () => this.note("page", "this browser lost the open event, and what came with it: once more"),
    );
    if (arrival.type === "open") this.opened = arrival;
    else if (provesHandshake(arrival)) {
      this.opened = { type: "open", subprotocol: "" };
      this.client.inbox.items.unshift(arrival);
    } else if (!(await server.check())) throw new ServerAway();
    else if (upcoming !== "refused" && upcoming !== "unanswered") {
      throw new Difference(await refusal(this.client, this.signal));
    }
  }

  /**
   * The platform says nothing of a message that it throws away because the connection has ended.
   * @param {string} data
   * @param {boolean} binary
   */
  send(data, binary) {
    const end = this.client.inbox.items.find((arrival) => arrival.type === "close");
    if (end) throw new Difference(words(end));
    this.client.send(data, binary);
  }

  /** @param {Receive} step */
  async receive(step) {
    const got = await this.next();
    if (got.type !== "message") throw new Difference(words(got));
    const same =
      got.binary === step.binary &&
      (step.binary ? got.data.replace(/\s/g, "") === step.data : agrees(this.client, step.data, got.data));
    if (!same) throw new Difference(got.data);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  async close(code, reason) {
    const extra = this.unread();
    if (extra) throw new Difference(`before the close: ${extra}`);
    this.client.close(code, reason);
    const end = await this.next();
    if (!("wasClean" in end && end.wasClean && end.code === code)) throw new Difference(words(end));
  }

  /**
   * @param {number} code
   * @param {string | null} reason
   */
  async closed(code, reason) {
    const end = await this.next();
    const same = "code" in end && end.code === code && (reason === null || agrees(this.client, reason, end.reason));
    if (!same) throw new Difference(words(end));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string | null} body
   */
  async request(method, path, body) {
    this.answer = await asked(this.client.name, this.tell, method, path, body);
  }

  /** @returns {Promise<Arrival>} */
  async next(patience = STEP_PATIENCE_MS) {
    const arrival = await this.client.inbox.next(patience, this.signal);
    if (!arrival) throw new Difference(`nothing within ${patience / 1000} s`);
    return arrival;
  }

  /** A message that came and that no step has asked for; empty if there is none. */
  unread() {
    const extra = this.client.inbox.items.find((arrival) => arrival.type === "message");
    return extra ? words(extra) : "";
  }

  /**
   * @param {Toward} toward
   * @param {string} what
   */
  note(toward, what) {
    this.tell({ at: performance.now(), lane: "js", client: this.client.name, toward, what });
  }
}

/**
 * An arrival in the notation's words.
 * @param {Arrival} arrival
 */
function words(arrival) {
  switch (arrival.type) {
    case "open":
      return "accepted";
    case "message":
      return `a message: ${arrival.data}`;
    case "close":
      return `closed ${arrival.code} ${arrival.reason}`.trim();
    default:
      return never(arrival);
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener("abort", giveUp, { once: true });
  });
}
