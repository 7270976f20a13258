/**
 * `<tool-three-ways>`: publishes news, and hears of them by polling, as server-sent events and over a WebSocket at once:
 * when they come by each way, and what each costs meanwhile. The other half is sandbox_server/sandboxes/news/.
 *
 * The stream is read by fetch(), which shows each byte, and works with the server in the page; EventSource does neither.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { ask } from "../../live/places/visitor.js";
import { button, Tool } from "../tool.js";
import { Panel } from "./panel.js";
import { Polling, Socket, Streaming } from "./ways.js";

/** @import {Item, Way} from "./ways.js" */

await adoptStyle(import.meta.url);

const OPENING = "The presses are running.";
const LONGEST = 200;
const ALONE_MS = 120_000;
const SECONDS = ["1", "2", "5"];

class ToolThreeWays extends Tool {
  paths = ["/news/", "/ws/news/"];
  /** @type {AbortController | undefined} While the three are open. */
  open = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  alone = undefined;
  /** @type {Map<string, number>} When each item came for the first time. */
  firsts = new Map();

  render() {
    this.text = build("input", { type: "text", value: "Bread is half a crown.", maxLength: LONGEST, required: true });
    this.every = build("select", {}, ...SECONDS.map((seconds) => build("option", { value: seconds }, `${seconds} s`)));
    this.every.value = "2";
    this.polling = this.#way(Polling, "Polling");
    this.ways = [this.polling, this.#way(Streaming, "Server-sent events"), this.#way(Socket, "WebSocket")];
    const publish = build("button", { type: "submit", className: "live-button live-run" }, "Publish");
    const stop = button("Stop", () => this.stop("Stopped."));
    const bar = build("div", { className: "live-bar" }, publish, stop, ...(this.result ? [this.result] : []));
    const fields = build("div", { className: "live-form" });
    fields.append(labelled("news", this.text, "live-wide"), labelled("poll every", this.every));
    const form = build("form", {}, fields, bar);
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        void this.publish();
      },
      { signal: this.signal },
    );
    const title = build("figcaption", {}, "One piece of news, three ways to your page");
    const panels = build("div", { className: "three-ways-panels" }, ...this.ways.map(({ panel }) => panel.element));
    return [build("figure", { className: "live-transcript" }, title, form, panels)];
  }

  /**
   * @template {Way} Kind
   * @param {new (...parts: ConstructorParameters<typeof Way>) => Kind} Kind
   * @param {string} name
   */
  #way(Kind, name) {
    const panel = new Panel(name);
    const way = new Kind(
      name,
      (item) => this.hear(item, panel),
      (line) => {
        panel.add(line);
        panel.count(way);
      },
    );
    return { way, panel };
  }

  hangUp() {
    clearTimeout(this.alone);
    this.open?.abort();
    this.open = undefined;
  }

  /** @param {string} why */
  stop(why) {
    this.hangUp();
    this.say(why);
  }

  async publish() {
    const { signal } = this;
    const words = this.text?.value ?? "";
    if (!(await this.hasServer())) return;
    try {
      if (!this.open) await this.begin();
      if (!this.open || signal.aborted) return;
      clearTimeout(this.alone);
      this.alone = setTimeout(() => this.stop("Nobody has published for two minutes: all three are closed."), ALONE_MS);
      for (const { panel } of this.ways ?? []) panel.wait();
      this.say("Published.");
      await told(words);
    } catch (error) {
      if (!signal.aborted) this.stop((await server.check()) ? String(error) : server.whyMissing);
    }
  }

  /** A first item, so that there is a newsroom, and then all three from there. */
  async begin() {
    this.say("Opening all three …");
    this.firsts.clear();
    const open = (this.open = new AbortController());
    const { id } = await told(OPENING);
    const { way } = /** @type {{way: Polling}} */ (this.polling);
    way.everyMs = 1000 * Number(this.every?.value);
    const opened = (this.ways ?? []).map(({ way, panel }) => {
      panel.clear();
      const { ready, over } = way.open(id, open.signal);
      over.catch((error) => open.signal.aborted || this.stop(`${way.name}: ${error.message}`));
      return Promise.race([ready, over]);
    });
    await Promise.all(opened);
  }

  /**
   * @param {Item} item
   * @param {Panel} panel
   */
  hear({ id, text }, panel) {
    const now = performance.now();
    const first = this.firsts.get(id) ?? now;
    this.firsts.set(id, first);
    panel.arrived(Math.round(now - first));
    const heard = (this.heard = this.heard?.id === id ? this.heard : { id, by: [] });
    heard.by.push(panel.title);
    if (heard.by.length === 3) this.say(`“${text}” has come by all three.`);
  }
}

/**
 * Publish something.
 * @param {string} text
 * @returns {Promise<Item>}
 */
async function told(text) {
  const { status, body } = await ask("POST", "/news/", text);
  if (status !== 200) throw new Error(`The server answered ${status}: not published.`);
  return JSON.parse(body);
}

customElements.define("tool-three-ways", ToolThreeWays);
