/**
 * `<tool-four-consumers>`: has the server run some consumers at once, of three kinds one after the other, and draws
 * when each of their handlers waited and when it worked.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { Tool } from "../tool.js";

await adoptStyle(import.meta.url);

/**
 * What the server measured, in milliseconds from the start: each handler's begin and end, and a bystander's answer.
 * @typedef {object} Measured
 * @property {number} threads
 * @property {boolean} one_after_the_other
 * @property {number} took_ms
 * @property {[number, number][]} handlers_ms
 * @property {number} bystander_ms
 */

const WORK_MS = 200;
const MOST = 8;
const KINDS = {
  sync: ["def", "SyncWorker: each handler blocks for 200 ms"],
  async: ["async def", "AsyncWorker: each handler awaits 200 ms"],
  pool: ["async def", "PoolWorker: each handler has a thread of a pool block for 200 ms"],
};

class ToolFourConsumers extends Tool {
  paths = ["/ws/four-consumers/"];

  render() {
    this.number = build("input", { type: "number", min: "1", max: String(MOST), value: "4", required: true });
    const run = build("button", { type: "submit", className: "live-button live-run" }, "Run");
    const form = build(
      "form",
      { className: "live-form four-form" },
      labelled(`consumers (1 to ${MOST})`, this.number),
      run,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run();
    });
    this.kinds = new Map(Object.entries(KINDS).map(([kind, [code, words]]) => [kind, new Kind(code, words)]));
    const title = build("p", { className: "live-title" }, "Some consumers at once, each with 200 ms of work");
    const bar = build("div", { className: "live-bar" }, form, /** @type {HTMLElement} */ (this.result));
    const legend =
      "A thin line waits, a thick one works. The dot is a bystander's answer: an async consumer with nothing to do.";
    const charts = Array.from(this.kinds.values(), ({ element }) => element);
    return [title, bar, ...charts, build("p", { className: "four-legend" }, legend)];
  }

  hangUp() {
    this.asking?.close();
  }

  async #run() {
    if (this.asking || !(await this.hasServer()) || this.asking) return;
    const count = Number(this.number?.value);
    let scale = count * WORK_MS * 1.15;
    this.kinds?.forEach((kind) => kind.clear());
    this.say("Measuring…");
    const socket = (this.asking = this.socket("/ws/four-consumers/"));
    try {
      await heard(socket, "open");
      for (const [handlers, kind] of this.kinds ?? []) {
        socket.send(JSON.stringify({ handlers, consumers: count }));
        const answer = JSON.parse((await heard(socket, "message")).data);
        if (answer.error) throw new Error(answer.error);
        scale = Math.max(scale, answer.took_ms * 1.02, answer.bystander_ms * 1.02);
        kind.draw(answer, scale);
      }
      this.say("Measured. Compare the three.");
    } catch (error) {
      if (!this.signal.aborted) this.say((await server.check()) ? String(error) : server.whyMissing);
    } finally {
      socket.close();
      this.asking = undefined;
    }
  }

  /** @type {WebSocket | undefined} */
  asking = undefined;
}

/** One kind of handler: its name, the picture of its last run, and the same in words. */
class Kind {
  /**
   * @param {string} code
   * @param {string} words
   */
  constructor(code, words) {
    this.picture = build("div", { className: "four-picture" });
    this.picture.setAttribute("role", "img");
    this.words = build("p", { className: "four-words" });
    const name = build("p", { className: "four-name" }, build("code", {}, code), ` ${words}`);
    this.element = build("div", { className: "four-kind" }, name, this.picture, this.words);
    this.clear();
  }

  clear() {
    this.picture.replaceChildren();
    this.picture.setAttribute("aria-label", "not measured yet");
    this.words.textContent = "";
  }

  /**
   * @param {Measured} measured
   * @param {number} width The milliseconds that fit into the picture.
   */
  draw({ handlers_ms: handlers, threads, took_ms: took, bystander_ms: bystander, ...rest }, width) {
    const lines = handlers.map(([began, ended]) => line(began / width, (ended - began) / width));
    this.picture.replaceChildren(...lines, line(bystander / width, 0));
    const each = handlers.map(([began, ended]) => `${began} to ${ended} ms`).join(", ");
    this.picture.setAttribute(
      "aria-label",
      `handlers worked from ${each}; the bystander was answered at ${bystander} ms`,
    );
    const order =
      handlers.length === 1 ? "" : rest.one_after_the_other ? ", one after the other" : ", at the same time";
    const where = threads === 1 ? "1 thread" : `${threads} threads`;
    this.words.textContent = `All done after ${took} ms${order}, in ${where}. The bystander was answered after ${bystander} ms.`;
  }
}

/**
 * A line that waits, and then works; both lengths are parts of the picture's width. What does not work is a dot.
 * @param {number} waits
 * @param {number} works
 */
function line(waits, works) {
  const wait = build("span", { className: "four-waits" });
  const work = build("span", { className: works ? "four-works" : "four-answers" });
  wait.style.setProperty("inline-size", `${waits * 100}%`);
  if (works) work.style.setProperty("inline-size", `${works * 100}%`);
  return build("div", { className: "four-line" }, wait, work);
}

/**
 * The next event of a socket; rejects when it closes instead.
 * @param {WebSocket} socket
 * @param {"open" | "message"} type
 * @returns {Promise<any>}
 */
function heard(socket, type) {
  return new Promise((resolve, reject) => {
    socket.addEventListener(type, resolve, { once: true });
    socket.addEventListener("close", ({ code }) => reject(new Error(`The socket closed with ${code}.`)), {
      once: true,
    });
  });
}

customElements.define("tool-four-consumers", ToolFourConsumers);
