/**
 * A race: the load that the server is asked for, and what it has reported of it so far.
 * @typedef {"await" | "blocking" | "sync_to_async"} How
 * @typedef {{server: "wsgi" | "asgi", requests: number, wait_ms: number, workers: number, how: How}} Load
 * @typedef {{call: number, worker: string, started_ms: number, ended_ms?: number}} Stretch
 */

import { server } from "../../live/places/server.js";

/** What a call does with its time. @type {Record<How, string>} */
export const HOW = {
  await: "await asyncio.sleep()",
  blocking: "time.sleep()",
  sync_to_async: "sync_to_async(time.sleep)",
};

export const EVENT_LOOP = "event loop";
const MOST_LANES = 8;

export class Race {
  /** @param {Load} load */
  constructor(load) {
    this.load = load;
    /** @type {Map<string, Stretch>} One for each call and each worker that it kept. */
    this.stretches = new Map();
    /** @type {number | undefined} */
    this.took = undefined;
    this.began = 0; // by the page's own clock: only how far the bars have grown rests on it
  }

  /**
   * Ask the server for the race, and wait until it is over.
   * @param {WebSocket} socket
   * @param {() => void} changed Called after each message.
   * @returns {Promise<void>}
   */
  run(socket, changed) {
    const { how, workers, ...load } = this.load;
    const asked = load.server === "wsgi" ? { ...load, workers } : { ...load, how };
    return new Promise((resolve, reject) => {
      const ask = () => socket.send(JSON.stringify(asked));
      if (socket.readyState === WebSocket.OPEN) ask();
      else socket.addEventListener("open", ask);
      socket.addEventListener("close", async ({ wasClean }) => {
        if (wasClean) reject(new Error("Stopped before the end."));
        else reject(new Error((await server.check()) ? "The connection broke off. Try again." : server.whyMissing));
      });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.error) reject(new Error(`The server says: ${message.error}.`));
        else if (message.call) this.add(message);
        else this.took = message.took_ms;
        changed();
        if (this.took !== undefined) resolve();
      };
    });
  }

  /** @param {Stretch} stretch */
  add(stretch) {
    if (!this.stretches.size) this.began = performance.now() - stretch.started_ms;
    this.stretches.set(`${stretch.call} ${stretch.worker}`, stretch);
  }

  /** How long it has been running, or took. */
  get elapsed() {
    return this.took ?? (this.stretches.size ? performance.now() - this.began : 0);
  }

  /** How long it should take, to have an axis from the start. */
  get expected() {
    const { server, requests, wait_ms, workers, how } = this.load;
    const turns = server === "wsgi" ? Math.ceil(requests / workers) : how === "await" ? 1 : requests;
    return turns * wait_ms;
  }

  /** The workers that are threads with one call at a time, each of which gets a lane. */
  get lanes() {
    return this.load.server === "wsgi"
      ? Array.from({ length: Math.min(this.load.workers, MOST_LANES) }, (_, number) => `worker_${number}`)
      : ["sync_to_async"];
  }

  /**
   * When a call began, as far as it has.
   * @param {number} call
   */
  beginning(call) {
    return this.ofCall(call).at(0)?.started_ms;
  }

  /** @param {number} call */
  ofCall(call) {
    return [...this.stretches.values()].filter((stretch) => stretch.call === call);
  }

  /** How long the last call to begin had to wait for that. */
  get longestQueue() {
    const calls = Array.from({ length: this.load.requests }, (_, index) => this.beginning(index + 1) ?? 0);
    return Math.max(...calls);
  }
}
