/**
 * `<tool-witness>`: have the server call a small WSGI application, and see what passes between the two, each piece of
 * the body when it arrives.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { button, Tool } from "../tool.js";
import { line } from "./events.js";

await adoptStyle(import.meta.url);

const APPLICATIONS = {
  countdown: "countdown: a body in four pieces",
  hello: "hello: a body in one piece",
  text: "text: a body of str",
  silent: "silent: no start_response",
  upgrade: "upgrade: the header of a WebSocket's handshake",
  late: "late: an exception after the first piece",
};

class ToolWitness extends Tool {
  paths = ["/witness/"];

  render() {
    const options = Object.entries(APPLICATIONS).map(([value, text]) => build("option", { value }, text));
    this.choice = build("select", {}, ...options);
    this.callButton = button("Call it", () => void this.#call(), "live-run");
    this.lines = build("ol", { className: "witness-lines" });
    const title = build("figcaption", {}, "A call of a WSGI application, seen from the server's side");
    const form = build("div", { className: "live-form" }, labelled("application", this.choice, "live-wide"));
    form.append(this.callButton);
    const bar = build("div", { className: "live-bar" }, ...(this.result ? [this.result] : []));
    return [build("figure", { className: "live-transcript" }, title, form, this.lines), bar];
  }

  async #call() {
    if (this.calling) return;
    this.calling = true;
    this.callButton?.setAttribute("aria-disabled", "true");
    this.lines?.replaceChildren();
    try {
      if (!(await this.hasServer())) return;
      this.say("Called.");
      this.say(await this.#listen(`/witness/${this.choice?.value}/`));
    } catch {
      if (this.signal.aborted) return;
      this.say((await server.check()) ? "The response broke off." : server.whyMissing);
    } finally {
      this.calling = false;
      this.callButton?.setAttribute("aria-disabled", "false");
    }
  }

  /**
   * Shows each line of the response when it arrives; returns how it ended.
   * @param {string} path
   */
  async #listen(path) {
    const began = performance.now();
    const response = await server.fetch(path, { signal: this.signal });
    if (!response.ok || !response.body) return (await response.json()).error;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let [unread, pieces, error] = ["", 0, ""];
    for (;;) {
      const { done, value } = await reader.read();
      if (done)
        return error ? `The application is wrong. ${error}` : `The call is over. Pieces of the body: ${pieces}.`;
      const lines = (unread + decoder.decode(value, { stream: true })).split("\n");
      unread = lines.pop() ?? "";
      for (const text of lines) {
        const seen = JSON.parse(text.replace(/^\[|[,\]]$/g, "")); // a line is one item of a JSON list
        this.lines?.append(line(seen, performance.now() - began));
        pieces += seen.chunk === undefined ? 0 : 1;
        error = seen.raised ?? error;
      }
    }
  }
}

customElements.define("tool-witness", ToolWitness);
