/**
 * `<live-sandbox>`: takes over a printed transcript. Runs it, marks its lines, lets the reader play on,
 * and shows what happened. What connecting it to the page adds, disconnecting takes away, sockets first.
 */

import { Client } from "./client.js";
import { Controls } from "./controls.js";
import { PrintedTranscript } from "./printed.js";
import { server } from "./server.js";
import { Signs, stateOf } from "./signs.js";
import { Timeline } from "./timeline.js";
import * as visitor from "./visitor.js";

/** @import {Observation} from "./observation.js" */
/** @import {Happening, Toward} from "./types.js" */

class LiveSandbox extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    this.running = new AbortController();
    this.printed = new PrintedTranscript(this);
    this.controls = new Controls(this.printed);
    /** @type {Observation | undefined} */
    this.observation = undefined;
    this.timeline = new Timeline(this.printed.clients, this.printed.connects.length > 0, this.dataset.lanes ?? "");
    this.clients = new Map(this.printed.clients.map((name) => [name, this.#client(name)]));
    this.signs = new Signs(this.printed.connects.length > 0);
    this.querySelector("figcaption")?.after(this.signs.address);
    this.added = [this.controls.bar, this.signs.away, this.timeline.element, this.controls.element, this.signs.foot];
    this.append(...this.added);
    this.#arrange();
    this.controls.element.open = this === document.querySelector("live-sandbox");
    this.#listen();
    this.#showState();
  }

  disconnectedCallback() {
    this.leaving?.abort();
    this.running?.abort();
    this.#hangUp();
    this.signs?.address.remove();
    this.added?.forEach((element) => element.remove());
    this.printed?.clear();
  }

  #hangUp() {
    this.clients?.forEach((client) => client.leave());
    this.observation?.close();
  }

  /** Beside the transcript there is room for two lanes of one client. */
  #arrange() {
    const count = Number(this.timeline?.shown.length);
    this.dataset.shown = String(count);
    this.classList.toggle("live-beside", this.clients?.size === 1 && count <= 2);
  }

  #listen() {
    const { signal } = /** @type {AbortController} */ (this.leaving);
    const on = (/** @type {string} */ type, /** @type {() => void} */ act) => this.addEventListener(type, act, { signal });
    on("live-run", () => void this.run());
    on("live-reset", () => this.reset());
    on("live-connect", () => void this.#chosen.connect(server.webSocketUrl(this.#typed("path"))));
    on("live-send", () => this.#chosen.send(this.#typed("text")));
    on("live-close", () => this.#chosen.close(Number(this.#typed("code")), this.#typed("reason")));
    on("live-get", () => void this.#get(this.#typed("path")));
    on("live-log-in", () => void this.#logIn(this.#typed("user")));
    for (const type of ["live-connect", "live-send", "live-close", "live-get"]) on(type, () => this.timeline?.follow());
    this.controls?.path.addEventListener("input", () => this.#showState(), { signal });
    this.timeline?.lanes.addEventListener("change", () => this.#arrange());
    window.addEventListener("pagehide", () => this.#hangUp(), { signal });
    server.watch(() => this.signs?.showServer(), signal);
    this.#whenOnScreen(signal);
  }

  /**
   * Look for the server once the sandbox can be seen, and run by itself where the page asks for it.
   * @param {AbortSignal} signal
   */
  #whenOnScreen(signal) {
    const eye = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      eye.disconnect();
      void this.#firstSight();
    });
    eye.observe(this);
    signal.addEventListener("abort", () => eye.disconnect());
  }

  async #firstSight() {
    if (server.state === "unknown") await server.check();
    this.signs?.showServer();
    if (this.dataset.run === "visible" && server.state === "up") await this.run();
  }

  /** Play the transcript from the start. */
  async run() {
    if (!this.printed || !this.controls || !this.clients) return;
    this.#clear();
    this.running = new AbortController();
    const { signal } = this.running;
    this.controls.showRunning(true);
    let same = 0;
    const { play, ServerAway } = await import("./play.js");
    try {
      signal.throwIfAborted();
      for await (const { line, outcome } of play(this.printed.lines, this.clients, this.#tell, signal)) {
        this.printed.mark(line, outcome);
        if (outcome.ok) same += 1;
      }
      const all = this.printed.lines.length;
      this.#say(same === all ? `All ${all} lines went as written.` : `Different at line ${same + 1} of ${all}.`);
    } catch (error) {
      if (!signal.aborted) this.#say(error instanceof ServerAway ? "The server is away." : String(error));
    }
    if (signal.aborted) return;
    this.controls.showRunning(false);
    this.controls.learn(this.#chosen.captured);
    this.#showState();
  }

  /** Back to what the page came with. */
  reset() {
    this.#clear();
    this.controls?.showRunning(false);
    this.controls?.fill();
    this.#showState();
  }

  #clear() {
    this.running?.abort();
    this.clients?.forEach((client) => client.forget());
    this.observation?.forget();
    this.printed?.clear();
    this.timeline?.clear();
    this.#say("");
  }

  /** @param {string} path */
  async #get(path) {
    const happened = (/** @type {Toward} */ toward, /** @type {string} */ what) =>
      this.#tell({ at: performance.now(), lane: "js", client: this.#chosen.name, toward, what });
    happened("server", `fetch("${path}")`);
    try {
      const { status, body } = await visitor.ask("GET", path, null);
      happened("page", `response ${status} ${body}`);
    } catch (error) {
      happened("page", String(error));
      void server.check();
    }
  }

  /** @param {string} user */
  async #logIn(user) {
    try {
      await visitor.become(user);
      const words = user === visitor.ANONYMOUS ? "Logged out." : `Logged in as ${user}.`;
      this.#say(`${words} A socket learns of it when it connects.`);
    } catch (error) {
      this.#say((await server.check()) ? `Not logged in: ${error}` : "The server is away.");
    }
  }

  /** @param {string} name */
  #client(name) {
    const client = new Client(name, this.#tell, () => this.#observe());
    client.addEventListener("change", () => this.#showState());
    client.addEventListener("lost", () => void server.check());
    return client;
  }

  /** The client that the reader speaks for. */
  get #chosen() {
    const name = this.controls?.client.value ?? "";
    return /** @type {Client} */ (this.clients?.get(name));
  }

  /** @param {"path" | "text" | "code" | "reason" | "user"} field */
  #typed(field) {
    return this.controls?.[field].value ?? "";
  }

  #tell = (/** @type {Happening} */ happening) => {
    this.timeline?.add(happening);
    this.clients?.get(happening.client)?.half.add(happening);
  };

  /** Have the server's half told, if it can be. */
  async #observe() {
    const { Observation } = await import("./observation.js");
    if (this.leaving?.signal.aborted) return null;
    const observation = (this.observation ??= new Observation(this.#tell, (words) => this.timeline?.observe(words)));
    return (await observation.ready()) ? observation : null;
  }

  /** @param {string} words */
  #say(words) {
    if (this.controls) this.controls.result.textContent = words;
  }

  #showState() {
    if (!this.printed || !this.clients) return;
    const states = this.printed.connects.length ? Array.from(this.clients.values(), stateOf) : [];
    this.timeline?.states.replaceChildren(...states);
    this.signs?.showAddress(this.#typed("path"));
  }
}

customElements.define("live-sandbox", LiveSandbox);
