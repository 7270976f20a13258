/** One list of routes and one path: what the server explains, and what a WebSocket to that path really gets. */

import { build } from "../../live/kit/dom.js";
import { server } from "../../live/places/server.js";
import { readAddress } from "./address.js";
import { RouteList, withCode } from "./list.js";

/** @import {Note} from "./list.js" */

/**
 * @typedef {{route: string, kwargs: Record<string, [unknown, string]>, args: string[]}} Answer What the consumer
 *   behind a route says of itself.
 * @typedef {{compared: string, routes: Note[], winner: Answer | null, error: string}} Explanation
 */

const SILENCE_MS = 1500;

export class Panel {
  /**
   * @param {string} list
   * @param {number} rows
   */
  constructor(list, rows) {
    this.list = list;
    this.routes = new RouteList();
    this.compared = build("p", { className: "routes-compared" });
    this.verdict = status("routes-verdict");
    this.proof = status("routes-proof");
    this.element = build("section", {}, this.compared, this.verdict, this.proof, this.routes.element);
    this.element.style.setProperty("--routes-rows", String(rows));
    /** @type {Explanation | undefined} */
    this.explanation = undefined;
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   */
  async explain(path, signal) {
    const { compared, query } = readAddress(path);
    const question = new URLSearchParams({ path: compared });
    const response = await server.fetch(`/explain/${this.list}/?${question}`, { signal });
    const explained = await response.json();
    signal.throwIfAborted();
    if (!response.ok) throw new RangeError(explained.error);
    this.explanation = /** @type {Explanation} */ (explained);
    const { winner, error, routes } = this.explanation;
    const ignored = query ? `; \`${query}\` is no part of the path` : "";
    this.compared.replaceChildren("compared: ", build("code", {}, this.explanation.compared), ...withCode(ignored));
    this.verdict.dataset.taken = String(Boolean(winner));
    this.verdict.replaceChildren(...(winner ? taken(winner) : lost(error)));
    this.proof.replaceChildren();
    this.routes.show(routes);
  }

  /**
   * @param {string} path
   * @param {(path: string) => WebSocket} open
   * @returns {Promise<void>} When it is known what came of it.
   */
  connect(path, open) {
    this.#prove("Connecting …", "");
    /** @type {WebSocket} */
    let socket;
    try {
      socket = open(readAddress(path).path);
    } catch (error) {
      this.#prove(`new WebSocket() throws ${/** @type {Error} */ (error).name}`, "");
      return Promise.resolve();
    }
    return new Promise((done) => {
      const hearing = new AbortController();
      const end = (/** @type {string} */ came, /** @type {unknown} */ answer) => {
        hearing.abort();
        socket.close();
        this.#prove(came, this.#compare(answer));
        done();
      };
      const on = { signal: hearing.signal };
      socket.addEventListener("message", ({ data }) => end(`accepted: ${data}`, read(data)), on);
      socket.addEventListener("close", ({ code }) => end(`refused: close code ${code}`, null), on);
      socket.addEventListener(
        "open",
        () => setTimeout(() => hearing.signal.aborted || end("accepted", ""), SILENCE_MS),
        on,
      );
    });
  }

  /** @param {unknown} answer The consumer's; null if there was none. */
  #compare(answer) {
    const { winner } = /** @type {Explanation} */ (this.explanation);
    if (same(answer, winner)) return "as explained";
    if (!winner) return "no route of this list took it: one of another page did";
    return "not as explained";
  }

  /**
   * @param {string} came
   * @param {string} compared
   */
  #prove(came, compared) {
    const judged = compared && build("strong", {}, `${compared === "as explained" ? "✓" : "✗"} ${compared}: `);
    this.proof.replaceChildren(judged, came);
  }
}

/** @param {string} className */
function status(className) {
  const element = build("p", { className });
  element.setAttribute("role", "status");
  return element;
}

/** @param {Answer} winner */
function taken({ route, kwargs, args }) {
  const python = (/** @type {unknown} */ value) => (typeof value === "string" ? `'${value}'` : String(value));
  const named = Object.entries(kwargs).map(([name, [value, type]]) => [
    ...[build("code", {}, name), " is ", build("code", {}, python(value)), " (", type, ")"],
  ]);
  const parts = [...named, ...(args.length ? [["args are ", build("code", {}, args.map(python).join(", "))]] : [])];
  const found = parts.flatMap((part, number) => (number ? [", ", ...part] : part));
  return [build("strong", {}, `✓ ${route}`), " takes it: ", ...(found.length ? found : ["no kwargs"]), "."];
}

/** @param {string} error */
function lost(error) {
  const raised = build("code", {}, error);
  return [
    build("strong", {}, "✗ no route"),
    " takes it. Channels raises ",
    raised,
    " This server refuses with 404 instead.",
  ];
}

/** @param {string} data */
function read(data) {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
