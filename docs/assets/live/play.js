/**
 * Plays a transcript's steps in this browser and says, step by step, what came: what
 * `live_docs/player.py` does from Python. Knows no page: lines in, outcomes out.
 */

import { matches } from "./matching.js";
import { server } from "./server.js";
import * as visitor from "./visitor.js";

/** @import {Client} from "./client.js" */
/** @import {Arrival, Connect, Happening, Line, Opened, Outcome, Receive, Step} from "./types.js" */

const PATIENCE_MS = 5000;

/** What came is not what the step says; the message is what came. */
class Difference extends Error {}

/** The server does not answer at all, so nothing can be said of any step. */
export class ServerAway extends Error {}

/**
 * Play the steps in order. Ends after the first that differs: what follows it would mean nothing.
 * @param {Line[]} lines
 * @param {Map<string, Client>} clients
 * @param {(happening: Happening) => void} tell
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{line: Line, outcome: Outcome}>}
 */
export async function* play(lines, clients, tell, signal) {
  const actors = new Map(Array.from(clients, ([name, client]) => [name, new Actor(client, tell, signal)]));
  for (const [at, line] of lines.entries()) {
    const actor = /** @type {Actor} */ (actors.get(line.client));
    const upcoming = lines.slice(at + 1).find((later) => later.client === line.client)?.step.do;
    try {
      yield { line, outcome: { ok: true, came: (await actor.step(line.step, upcoming)) ?? undefined } };
    } catch (error) {
      signal.throwIfAborted();
      if (!(await server.check())) throw new ServerAway();
      yield { line, outcome: { ok: false, came: error instanceof Difference ? error.message : String(error) } };
      return;
    }
  }
  for (const line of lines.toReversed()) {
    const extra = actors.get(line.client)?.unread();
    if (extra) {
      yield { line, outcome: { ok: false, came: `after this line, ${extra}` } };
      return;
    }
  }
}

/** One client of a transcript while it is played. */
class Actor {
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
        return this.connect(step, upcoming === "refused");
      case "accepted":
        if ((this.opened?.subprotocol ?? "") !== (step.subprotocol ?? "")) {
          throw new Difference(`accepted ${this.opened?.subprotocol ?? ""}`.trim());
        }
        return;
      case "refused":
        if (this.opened) throw new Difference("accepted");
        return "all that JavaScript is told: an error event, and close code 1006";
      case "send":
        return this.client.send(step.data, step.binary);
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
        const same = status === step.status && (step.body === null || matches(step.body, body));
        if (!same) throw new Difference(`= ${status} ${body}`);
        return;
      }
      case "wait":
        return pause(step.ms, this.signal);
    }
  }

  /**
   * @param {Connect} step
   * @param {boolean} refusalExpected
   */
  async connect(step, refusalExpected) {
    const foreign = step.origin === "null";
    if (step.origin !== null && !foreign) {
      throw new Difference("a browser sets the Origin itself, so only Python can play this step");
    }
    if (step.user !== null) {
      this.note("out", `log ${step.user === visitor.ANONYMOUS ? "out" : `in as ${step.user}`}`);
      await visitor.become(step.user);
    }
    this.opened = null;
    this.client.connect(server.webSocketUrl(step.path), step.subprotocols, foreign);
    const arrival = await this.next();
    if (arrival.type === "open") this.opened = arrival;
    else if (!(await server.check())) throw new ServerAway();
    else if (!refusalExpected) throw new Difference("refused (close code 1006)");
  }

  /** @param {Receive} step */
  async receive(step) {
    const got = await this.next();
    if (got.type !== "message") throw new Difference(words(got));
    const same =
      got.binary === step.binary &&
      (step.binary ? got.data.replace(/\s/g, "") === step.data : matches(step.data, got.data));
    if (!same) throw new Difference(got.data);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  async close(code, reason) {
    const extra = this.unread();
    if (extra) throw new Difference(`before the close, ${extra}`);
    this.client.close(code, reason);
    const end = await this.next();
    if (end.type !== "close" || !end.wasClean) throw new Difference(words(end));
  }

  /**
   * @param {number} code
   * @param {string | null} reason
   */
  async closed(code, reason) {
    const end = await this.next();
    const same = end.type === "close" && end.code === code && (reason === null || matches(reason, end.reason));
    if (!same) throw new Difference(words(end));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string | null} body
   */
  async request(method, path, body) {
    this.note("out", `fetch("${path}")${method === "GET" ? "" : ` ${method} ${body ?? ""}`}`);
    this.answer = await visitor.ask(method, path, body);
    this.note("in", `response ${this.answer.status} ${this.answer.body}`);
  }

  /** @returns {Promise<Arrival>} */
  async next() {
    const arrival = await this.client.next(PATIENCE_MS, this.signal);
    if (!arrival) throw new Difference(`nothing within ${PATIENCE_MS / 1000} s`);
    return arrival;
  }

  /** A message that came and that no step has asked for; empty if there is none. */
  unread() {
    const extra = this.client.inbox.find((arrival) => arrival.type === "message");
    return extra ? words(extra) : "";
  }

  /**
   * @param {"out" | "in"} way
   * @param {string} what
   */
  note(way, what) {
    this.tell({ at: performance.now(), client: this.client.name, way, what });
  }
}

/**
 * An arrival in the notation's words.
 * @param {Arrival} arrival
 */
function words(arrival) {
  if (arrival.type === "message") return `a message: ${arrival.data}`;
  return arrival.type === "close" ? `closed ${arrival.code} ${arrival.reason}`.trim() : "accepted";
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
