/**
 * `<tool-capacity>`: sends numbered messages to a group whose only member holds five, and shows which of them
 * arrived. What was dropped is counted from the gaps in the numbers, for nobody is told of it. The other half is
 * sandbox_server/sandboxes/capacity.py.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { Tool } from "../tool.js";

await adoptStyle(import.meta.url);

const MOST = 100;
const QUIET_MS = 300;

class ToolCapacity extends Tool {
  paths = ["/ws/capacity/"];
  /** @type {WebSocket | undefined} */
  connection = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  quiet = undefined;
  sent = 0;
  arrived = 0;

  render() {
    this.many = build("input", { type: "number", min: "1", max: String(MOST), value: "20", required: true });
    this.how = build(
      "select",
      {},
      build("option", { value: "busy" }, "busy: one handler sends them all"),
      build("option", { value: "free" }, "free: a task sends them, 20 ms apart"),
    );
    this.boxes = build("ol", { className: "capacity-boxes" });
    this.boxes.setAttribute("aria-label", "The messages, in order");
    const send = build("button", { type: "submit", className: "live-button live-run" }, "Send");
    const bar = build("div", { className: "live-bar" }, send, ...(this.result ? [this.result] : []));
    const form = build(
      "form",
      {},
      build(
        "div",
        { className: "live-form" },
        labelled(`messages, 1 to ${MOST}`, this.many),
        labelled("the member is", this.how, "live-wide"),
      ),
      bar,
    );
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        void this.send();
      },
      { signal: this.signal },
    );
    this.draw(20);
    const title = build("figcaption", {}, "A channel that holds five messages");
    return [build("figure", { className: "live-transcript" }, title, form, this.boxes)];
  }

  hangUp() {
    clearTimeout(this.quiet);
    this.connection?.close();
    this.connection = undefined;
  }

  /** As many boxes, none of them filled. @param {number} many */
  draw(many) {
    this.sent = many;
    this.arrived = 0;
    this.boxes?.replaceChildren(...Array.from({ length: many }, (_, at) => build("li", {}, `${at + 1}`)));
  }

  async send() {
    this.hangUp();
    const many = Number(this.many?.value);
    this.draw(many);
    if (!(await this.hasServer())) return;
    this.hangUp();
    this.say("Sending …");
    const socket = this.socket("/ws/capacity/");
    this.connection = socket;
    const { signal } = this;
    socket.addEventListener("open", () => socket.send(`${this.how?.value} ${many}`), { signal });
    socket.addEventListener("message", ({ data }) => socket === this.connection && this.hear(JSON.parse(data)), {
      signal,
    });
    socket.addEventListener("close", () => socket === this.connection && this.say("The connection broke."), { signal });
  }

  /** @param {{number?: number, dropped_before?: number, error?: string}} news */
  hear({ number, dropped_before: gap = 0, error }) {
    if (error) return this.say(`The server says: ${error}`);
    if (number !== undefined && number > this.sent) return this.finish(gap);
    if (number !== undefined) {
      this.arrived += 1;
      this.mark(number, "arrived");
    }
    // When nothing more comes, one further message: its number tells how many there were before it.
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.connection?.send("busy 1"), QUIET_MS);
  }

  /**
   * @param {number} number
   * @param {"arrived" | "dropped"} outcome
   */
  mark(number, outcome) {
    const box = this.boxes?.children[number - 1];
    if (!(box instanceof HTMLElement)) return;
    box.dataset.outcome = outcome;
    box.replaceChildren(`${number}`, build("span", { className: "live-heard" }, ` ${outcome}`));
  }

  /** @param {number} gap What the last gap in the numbers was. */
  finish(gap) {
    this.hangUp();
    for (const [at, box] of Array.from(this.boxes?.children ?? []).entries()) {
      if (!(box instanceof HTMLElement && box.dataset.outcome)) this.mark(at + 1, "dropped");
    }
    const silence = gap ? " Nobody was told." : "";
    this.say(`${this.sent} sent, ${this.arrived} arrived, ${this.sent - this.arrived} dropped.${silence}`);
  }
}

customElements.define("tool-capacity", ToolCapacity);
