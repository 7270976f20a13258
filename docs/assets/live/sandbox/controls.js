/**
 * What the reader can do: run the transcript, and play freely (connect, send, close, log in, ask over HTTP). Every
 * button always works: what the platform makes of it is for the timeline to show.
 *
 * Fires bubbling `live-…` events; knows neither sockets nor the server.
 */

import { build, labelled } from "../kit/dom.js";
import { fillText } from "../notation/captures.js";
import { DEMO_USERS } from "../places/visitor.js";

/** @import {PrintedTranscript} from "../notation/printed-transcript.js" */

/** @type {("client" | "path" | "text" | "code" | "reason" | "user" | "method")[]} */
const FIELDS = ["client", "path", "text", "code", "reason", "user", "method"];

export class Controls {
  /**
   * @param {PrintedTranscript} printed
   * @param {string} [start] The path to begin with, where the transcript is a solution that gives nothing away.
   */
  constructor(printed, start) {
    this.printed = printed;
    this.start = start;
    this.name = start === undefined ? "Run" : "Run the solution";
    this.run = button(this.name, "live-run");
    this.reset = button("Reset");
    this.share = button("Copy link");
    this.copy = button("Copy as");
    this.copy.ariaHasPopup = "dialog";
    this.result = build("p", { className: "live-result" });
    this.result.setAttribute("role", "status");
    this.bar = build("div", { className: "live-bar" }, this.run, this.reset, this.share, this.copy, this.result);
    this.client = choice(printed.clients);
    this.path = build("input", { type: "text", autocomplete: "off", spellcheck: false });
    this.text = build("input", { type: "text", autocomplete: "off" });
    this.code = build("input", { type: "text", inputMode: "numeric", autocomplete: "off" });
    this.reason = build("input", { type: "text", autocomplete: "off" });
    this.user = choice(DEMO_USERS);
    this.method = choice(["GET", "POST"]);
    const summary = build("summary", {}, start === undefined ? "Now you: change it, break it" : "Your move");
    this.element = build("details", { className: "live-play" }, summary, ...this.#forms());
    this.fill();
    this.run.addEventListener("click", () => this.#tell("live-run"));
    this.reset.addEventListener("click", () => this.#tell("live-reset"));
    this.share.addEventListener("click", () => this.#tell("live-share"));
    this.copy.addEventListener("click", () => this.#tell("live-copy"));
  }

  /** What stands in the fields, by their names here. */
  get typed() {
    return Object.fromEntries(FIELDS.map((name) => [name, this[name].value]));
  }

  /**
   * The values that the page came with, or those that somebody else typed.
   * @param {Record<string, string>} typed
   */
  fill(typed = {}) {
    const { lines, connects, clients } = this.printed;
    const steps = this.start === undefined ? lines.map(({ step }) => step) : [];
    const request = steps.find((step) => step.do === "request");
    const sent = steps.find((step) => step.do === "send");
    const [posted] = steps.flatMap((step) => (step.do === "request" && step.body) || []);
    const connect = this.start === undefined ? connects[0] : undefined;
    this.path.value = this.start ?? connect?.path ?? request?.path ?? "/";
    this.text.value = (sent?.binary ? undefined : sent?.data) ?? posted ?? "hello";
    this.code.value = "1000";
    this.reason.value = "";
    this.client.value = clients[0] ?? "";
    this.user.value = connect?.user ?? DEMO_USERS[0] ?? "";
    this.method.value = this.printed.methods.has("GET") ? "GET" : "POST";
    for (const name of FIELDS) this[name].value = typed[name] ?? this[name].value;
  }

  /**
   * What a run has captured goes where the fields name it.
   * @param {Map<string, string>} captured
   */
  learn(captured) {
    for (const field of [this.path, this.text]) field.value = fillText(field.value, captured);
  }

  /** @param {boolean} running */
  showRunning(running) {
    this.run.textContent = running ? "Running…" : this.name;
    this.run.setAttribute("aria-disabled", String(running));
  }

  #forms() {
    const { connects, clients, knowsUsers, methods } = this.printed;
    const path = labelled("path", this.path, "live-wide");
    const method = methods.has("POST") ? [labelled("method", this.method)] : [];
    if (connects.length === 0) {
      if (!methods.has("POST")) return [form("live-ask", [path], "GET")];
      const body = build("div", { className: "live-form" }, labelled("body", this.text, "live-wide"));
      return [form("live-ask", [...method, path], "Ask"), body];
    }
    /** @type {HTMLElement[]} */
    const forms = [
      form("live-connect", [path], "Connect"),
      form(
        "live-send",
        [labelled(methods.has("POST") ? "message or body" : "message", this.text, "live-wide")],
        "Send",
      ),
      form(
        "live-close",
        [labelled("code", this.code, "live-code"), labelled("reason", this.reason, "live-wide")],
        "Close",
      ),
    ];
    if (methods.has("POST")) forms.push(form("live-ask", method, "Ask over HTTP"));
    else if (methods.size) forms[0]?.append(this.#getButton());
    if (knowsUsers) {
      forms.unshift(form("live-log-in", [labelled("user", this.user, "live-wide")], "Log in"));
    }
    if (clients.length > 1) {
      forms.unshift(build("div", { className: "live-form" }, labelled("as client", this.client, "live-wide")));
    }
    return forms;
  }

  #getButton() {
    const get = button("GET");
    get.addEventListener("click", () =>
      get.dispatchEvent(new CustomEvent("live-ask", { bubbles: true, composed: true })),
    );
    return get;
  }

  /** @param {string} type */
  #tell(type) {
    if (this.run.getAttribute("aria-disabled") !== "true" || type === "live-reset") {
      this.bar.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
    }
  }
}

/**
 * @param {string} text
 * @param {string} className
 */
function button(text, className = "") {
  return build("button", { type: "button", className: `live-button ${className}` }, text);
}

/** @param {string[]} values */
function choice(values) {
  return build("select", {}, ...values.map((value) => build("option", { value }, value)));
}

/**
 * A row of fields and the button that sends it, as an event of that name.
 * @param {string} type
 * @param {HTMLElement[]} fields
 * @param {string} action
 */
function form(type, fields, action) {
  const submit = build("button", { type: "submit", className: "live-button" }, action);
  const element = build("form", { className: "live-form" }, ...fields, submit);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    element.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  });
  return element;
}
