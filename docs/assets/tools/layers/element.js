/**
 * `<tool-layers>`: choose which layers of AuthMiddlewareStack stand around a consumer, and in which order; connect
 * through them, and see what each put into the scope, or what it raised. The server's half is
 * sandbox_server/sandboxes/layers.py, which has a route for each order.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { Observation } from "../../live/observing/observation.js";
import { server } from "../../live/places/server.js";
import { become } from "../../live/places/visitor.js";
import { Client } from "../../live/player/client.js";
import { button, Tool } from "../tool.js";
import { drawn, LAYERS } from "./boxes.js";

/** @import {Seen} from "./boxes.js" */

await adoptStyle(import.meta.url);

const PATIENCE_MS = 5000;
const USERS = ["alice", "anonymous"];

class ToolLayers extends Tool {
  paths = ["/ws/layers/", "/demo/"];

  render() {
    this.order = choice(orders(Array.from(LAYERS.keys())).map((names) => [names.join("-") || "none", inWords(names)]));
    this.user = choice(USERS.map((user) => [user, user]));
    this.picture = build("div", { className: "layers-picture" });
    this.client = new Client(
      "",
      (happening) => this.client?.half.add(happening),
      () => this.#observe(),
    );
    /** @type {Observation | undefined} */
    this.observation = undefined;
    this.running = new AbortController();
    this.order.addEventListener("change", () => this.#clear(), { signal: this.signal });
    this.user.addEventListener("change", () => this.#clear(), { signal: this.signal });
    this.#clear();
    const title = build("figcaption", {}, "Put the layers in another order, or leave some out");
    const form = build(
      "div",
      { className: "live-form" },
      labelled("layers, outermost first", this.order, "live-wide"),
      labelled("log in as", this.user),
    );
    const figure = build("figure", { className: "live-transcript" }, title, form, this.picture);
    const bar = build("div", { className: "live-bar" });
    bar.append(
      button("Connect", () => void this.#run(), "live-run"),
      ...(this.result ? [this.result] : []),
    );
    return [figure, bar];
  }

  hangUp() {
    this.running?.abort();
    this.client?.leave();
    this.observation?.close();
  }

  get #names() {
    return this.order?.value === "none" ? [] : (this.order?.value.split("-") ?? []);
  }

  /** Nothing has been tried with what is chosen now. */
  #clear() {
    this.running?.abort();
    this.client?.forget();
    this.observation?.forget();
    this.#draw({});
    this.say("");
  }

  /** @param {Seen} seen */
  #draw(seen) {
    this.picture?.replaceChildren(drawn(this.#names, seen));
  }

  async #run() {
    this.#clear();
    this.running = new AbortController();
    const signal = AbortSignal.any([this.signal, this.running.signal]);
    if (!(await this.hasServer()) || signal.aborted) return;
    this.say("Connecting…");
    try {
      const seen = await this.#try(signal);
      this.#draw(seen);
      this.say(ending(seen));
    } catch (error) {
      if (!signal.aborted) this.say((await server.check()) ? String(error) : server.whyMissing);
    }
  }

  /**
   * Log in, connect, ask the consumer who it is.
   * @param {AbortSignal} signal
   * @returns {Promise<Seen>}
   */
  async #try(signal) {
    const client = /** @type {Client} */ (this.client);
    await become(this.user?.value ?? "");
    signal.throwIfAborted();
    await client.connect(server.webSocketUrl(`/ws/layers/${this.order?.value}/`));
    /** @type {Seen} */
    const seen = {};
    for (;;) {
      const arrival = await client.inbox.next(PATIENCE_MS, signal);
      if (!arrival) throw new Error("The server did not answer.");
      if (arrival.type === "open") {
        client.send("who is it?");
      } else if (arrival.type === "message") {
        Object.assign(seen, JSON.parse(arrival.data));
        if (seen.user !== undefined) break;
      } else {
        seen.code = arrival.code;
        if (client.observed) seen.exception = await client.half.exceptions.next(PATIENCE_MS, signal);
        break;
      }
    }
    client.leave();
    return seen;
  }

  async #observe() {
    const observation = (this.observation ??= new Observation(
      (happening) => this.client?.half.add(happening),
      () => {},
    ));
    return (await observation.ready()) ? observation : null;
  }
}

/**
 * Every order of some of the keys: all of them first, none of them last.
 * @param {string[]} keys
 * @returns {string[][]}
 */
function orders(keys) {
  const all = [[]];
  const found = /** @type {string[][]} */ (all);
  for (let at = 0; at < found.length; at++) {
    const order = /** @type {string[]} */ (found[at]);
    for (const key of keys) if (!order.includes(key)) found.push([...order, key]);
  }
  return found.sort((one, other) => other.length - one.length);
}

/** @param {string[]} names */
function inWords(names) {
  return names.map((name) => LAYERS.get(name)?.name.replace("Middleware", "")).join(", ") || "none at all";
}

/** @param {[string, string][]} options */
function choice(options) {
  return build("select", {}, ...options.map(([value, words]) => build("option", { value }, words)));
}

/**
 * How a connection ended, in words.
 * @param {Seen} seen
 */
function ending({ user, code, added, exception }) {
  if (user !== undefined) return `Accepted. The consumer reads scope["user"]: ${user}.`;
  const how = added
    ? `Accepted, then closed with ${code}`
    : `Refused: your JavaScript sees close code ${code}, no more`;
  return exception ? `${how}. On the server: ${exception.name}: ${exception.text}` : `${how}.`;
}

customElements.define("tool-layers", ToolLayers);
