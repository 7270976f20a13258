/**
 * `<tool-step data-step="url" data-run="derived relative">`: runs the functions of examples/steps/url.js, the file that
 * the page prints above it, and shows what they log. Each button is named like the function that it calls. A form or
 * an output between the element's tags is handed to them.
 */

import { build } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { button, PLAIN, Tool } from "../tool.js";

/** @import {Stage} from "../../examples/step-types.js" */

await adoptStyle(import.meta.url);

class ToolStep extends Tool {
  whyNotHere = PLAIN;
  running = new AbortController();

  render() {
    this.form = this.querySelector("form");
    this.output = this.querySelector("output");
    this.form?.addEventListener("submit", (event) => event.preventDefault(), { signal: this.signal });
    this.log = build("ol", { className: "step-log" });
    const heard = build("div", { className: "step-heard" }, this.log);
    heard.setAttribute("role", "log");
    heard.setAttribute("aria-label", `What ${this.file} logs`);
    const names = (this.dataset.run ?? "").split(" ");
    const buttons = names.map((name, at) => button(`${name}()`, () => void this.run(name), at ? "" : "live-run"));
    const bar = build("div", { className: "live-bar" }, ...buttons);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `Functions of ${this.file}`);
    window.addEventListener("pagehide", () => this.hangUp(), { signal: this.signal });
    const own = [this.form, this.output].filter((element) => element !== null);
    this.say("Each button runs the function of its name.");
    return [bar, ...own, heard, /** @type {HTMLElement} */ (this.result)];
  }

  get file() {
    return `${this.dataset.step}.js`;
  }

  /** @param {string} name */
  async run(name) {
    this.hangUp();
    this.log?.replaceChildren();
    if (this.output) this.output.textContent = "Nothing yet.";
    const { signal } = (this.running = new AbortController());
    const examples = await import(new URL(`../../examples/steps/${this.file}`, import.meta.url).href);
    if (!(await this.hasServer()) || signal.aborted) return;
    try {
      this.#keep(examples[name](this.#stage(signal)), signal);
      this.say(`${name}() ran.`);
    } catch (error) {
      this.#add(`threw ${error}`, "step-threw");
      this.say(`${name}() threw.`);
    }
  }

  hangUp() {
    this.running.abort();
    const fieldset = this.form?.querySelector("fieldset");
    if (fieldset) fieldset.disabled = true;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Stage}
   */
  #stage(signal) {
    const address = server.origin.replace(/^http/, "ws");
    const log = (/** @type {string} */ line) => void (signal.aborted || this.#add(line));
    const own = /** @type {{form: HTMLFormElement, output: HTMLOutputElement}} */ ({
      form: this.form,
      output: this.output,
    });
    return { server: address, host: new URL(address).host, log, signal, ...own };
  }

  /**
   * @param {WebSocket} socket
   * @param {AbortSignal} signal
   */
  #keep(socket, signal) {
    signal.addEventListener("abort", () => socket.close(), { once: true });
    socket.addEventListener("close", ({ wasClean }) => void (wasClean || server.check()), { signal });
  }

  /**
   * @param {string} line
   * @param {string} className
   */
  #add(line, className = "") {
    this.log?.append(build("li", { className }, build("code", {}, line)));
  }
}

customElements.define("tool-step", ToolStep);
