/**
 * `<tool-durable>`: examples/durable-socket.js at work, against a consumer that fails when the reader asks for it, for
 * this tool's client alone.
 */

import { DurableSocket } from "../../examples/durable-socket.js";
import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { ask } from "../../live/places/visitor.js";
import { button, PLAIN, Tool } from "../tool.js";
import { MessageTable, Story, Tally } from "./view.js";

/** @import {Message} from "../../examples/durable-outbox.js" */

await adoptStyle(import.meta.url);

/** Faster than in life, so that nobody has to wait. */
const TIMES = { cap: 2_000, ping: 2_000, pong: 1_000 };
const REFUSED_SECONDS = 2;
const TOGETHER_MS = 50;
const LONGEST_TEXT = 200;

const FAULTS = {
  "Drop TCP": { fault: "drop" },
  [`Refuse me for ${REFUSED_SECONDS} s`]: { fault: "refuse", seconds: REFUSED_SECONDS },
  "Fall silent": { fault: "silence" },
};

class ToolDurable extends Tool {
  whyNotHere = PLAIN;
  /** @type {DurableSocket | undefined} */
  durable = undefined;
  client = "";
  page = { written: 0, acknowledged: 0, givenUp: 0 };
  taken = { taken: 0, repeats: 0 };
  pongs = 0;
  asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  counting = undefined;

  render() {
    this.messages = new MessageTable();
    this.story = new Story();
    this.tally = new Tally();
    this.state = build("span", { className: "live-state" }, "not started");
    this.start = button("Start", () => void this.toggle(), "live-run");
    this.tally.show(this.page, this.taken);
    const title = build("p", { className: "live-title" }, "The durable client, and a server that fails when you ask");
    const faults = Object.entries(FAULTS).map(([name, fault]) => button(name, () => this.fail(name, fault)));
    const bar = build("div", { className: "live-bar" }, this.start, ...faults);
    const result = /** @type {HTMLElement} */ (this.result);
    const both = build("div", { className: "durable-both" }, this.messages.element, this.story.element);
    return [
      title,
      bar,
      this.#form(),
      build("div", { className: "durable-said" }, this.state, result),
      this.tally.element,
      both,
    ];
  }

  #form() {
    const field = build("input", { type: "text", autocomplete: "off", maxLength: LONGEST_TEXT, value: "tea, please" });
    const send = build("button", { type: "submit", className: "live-button" }, "Send");
    const form = build("form", { className: "live-form" }, labelled("message", field, "live-wide"), send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write(field.value);
      field.select();
    });
    return form;
  }

  /** Start, or end what was started. */
  async toggle() {
    if (this.durable) return this.hangUp();
    if (!(await this.hasServer())) return;
    const client = await this.#named();
    if (this.signal.aborted || this.durable) return;
    if (!client) return this.say(server.whyMissing);
    this.client = client;
    this.page = { written: 0, acknowledged: 0, givenUp: 0 };
    this.taken = { taken: 0, repeats: 0 };
    this.pongs = 0;
    this.messages?.clear();
    this.story?.clear();
    this.#listen((this.durable = new DurableSocket(server.webSocketUrl(`/ws/durable/${this.client}/`), TIMES)));
    this.#show("connecting");
    this.#recount();
    if (this.start) this.start.textContent = "Stop";
  }

  /** A name of its own from the server, or none if that is away. */
  async #named() {
    try {
      return JSON.parse((await ask("GET", "/names/", null)).body).name;
    } catch {
      void server.check();
      return "";
    }
  }

  hangUp() {
    this.durable?.end();
    this.durable = undefined;
    this.#show("not started");
    if (this.start) this.start.textContent = "Start";
  }

  /** @param {string} text */
  write(text) {
    if (!this.durable) return this.say("Press Start first.");
    this.page.written += 1;
    this.durable
      .send({ kind: "say", text })
      .catch((/** @type {Error} */ error) => this.say(`“${text}”: ${error.message}.`));
  }

  /**
   * @param {string} name
   * @param {object} fault
   */
  fail(name, fault) {
    if (!this.durable) this.say("Press Start first.");
    else if (!this.durable.sendNow({ kind: "fault", ...fault })) this.say("There is no connection just now to break.");
    else this.#tell(`you asked: ${name}`, "asked");
  }

  /** @param {DurableSocket} socket */
  #listen(socket) {
    const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ act) =>
      socket.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail), { signal: this.signal });
    let connected = false;
    on("open", () => {
      connected = true;
      if (!server.isUp) void server.check();
      this.#show("connected");
      this.#tell("connected", "good");
      this.say("Connected.");
    });
    on("lost", ({ why, code }) => {
      this.#tell(`lost: ${why}${code ? ` ${code}` : ` within ${TIMES.pong / 1000} s`}`, "bad");
      if (connected) this.say("The connection is lost. Wait: it will be back.");
      connected = false;
      void server.check();
    });
    on("retry", ({ attempt, within, wait }) => {
      this.#show(`waits (attempt ${attempt})`);
      this.#tell(`attempt ${attempt} in ${seconds(wait)}, drawn from 0 to ${seconds(within)}`, "retry");
    });
    on("message", ({ kind, error }) => {
      if (kind === "pong") this.#show(`connected, heartbeats answered: ${(this.pongs += 1)}`);
      if (kind === "error") this.say(error);
    });
    on("end", () => this.#tell("ended", "retry"));
    socket.outbox.addEventListener("change", (event) => this.#changed(/** @type {CustomEvent} */ (event).detail), {
      signal: this.signal,
    });
  }

  /** @param {Message} message */
  #changed(message) {
    this.messages?.show(message);
    if (message.state === "sent" && message.tries > 1) this.#tell(`sent again, try ${message.tries}`, "asked");
    if (message.state === "acknowledged") this.page.acknowledged += 1;
    if (message.state === "given up") this.page.givenUp += 1;
    this.#recount();
  }

  #recount() {
    this.tally?.show(this.page, this.taken);
    clearTimeout(this.counting);
    this.counting = setTimeout(() => void this.#count(), TOGETHER_MS);
  }

  /**
   * Ask the server over HTTP, which goes on when the WebSocket does not, what it has taken: that on the network, to which
   * the socket leads. While it is away, another one in the page may be what the rest of the page asks.
   */
  async #count() {
    const asked = (this.asked += 1);
    try {
      const response = await server.there.fetch(`/durable/${this.client}/`, { signal: this.signal });
      const taken = await response.json();
      if (asked !== this.asked) return; // it was overtaken by the answer to a later question
      this.taken = taken;
      this.tally?.show(this.page, this.taken);
    } catch {
      if (!this.signal.aborted) void server.check();
    }
  }

  /**
   * @param {string} words
   * @param {string} kind
   */
  #tell(words, kind) {
    this.story?.add(words, kind);
  }

  /** @param {string} words */
  #show(words) {
    if (this.state) this.state.textContent = words;
  }
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2).replace(/\.?0+$/, "") || "0"} s`;
}

customElements.define("tool-durable", ToolDurable);
