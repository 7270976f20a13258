/**
 * What the reader can do: run the transcript, and play freely (connect, send, close, log in). Every
 * button always works: what the platform makes of it is for the timeline to show.
 *
 * Fires bubbling `live-…` events; knows neither sockets nor the server.
 */

import { fillText } from "./captures.js";
import { build, labelled } from "./dom.js";
import { DEMO_USERS } from "./visitor.js";

/** @import {PrintedTranscript} from "./printed.js" */

export class Controls {
  /** @param {PrintedTranscript} printed */
  constructor(printed) {
    this.printed = printed;
    this.run = button("Run", "live-run");
    this.reset = button("Reset");
    this.result = build("p", { className: "live-result" });
    this.result.setAttribute("role", "status");
    this.bar = build("div", { className: "live-bar" }, this.run, this.reset, this.result);
    this.client = choice(printed.clients);
    this.path = build("input", { type: "text", autocomplete: "off", spellcheck: false });
    this.text = build("input", { type: "text", autocomplete: "off" });
    this.code = build("input", { type: "text", inputMode: "numeric", autocomplete: "off" });
    this.reason = build("input", { type: "text", autocomplete: "off" });
    this.user = choice(DEMO_USERS);
    const summary = build("summary", {}, "Now you: change it, break it");
    this.element = build("details", { className: "live-play" }, summary, ...this.#forms());
    this.fill();
    this.run.addEventListener("click", () => this.#tell("live-run"));
    this.reset.addEventListener("click", () => this.#tell("live-reset"));
  }

  /** The values that the page came with. */
  fill() {
    const connect = this.printed.connects[0];
    const request = this.printed.lines.find(({ step }) => step.do === "request")?.step;
    this.path.value = connect?.path ?? (request?.do === "request" ? request.path : "/");
    const sent = this.printed.lines.find(({ step }) => step.do === "send" && !step.binary)?.step;
    this.text.value = sent?.do === "send" ? sent.data : "hello";
    this.code.value = "1000";
    this.reason.value = "";
    this.client.value = this.printed.clients[0] ?? "";
    this.user.value = connect?.user ?? DEMO_USERS[0] ?? "";
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
    this.run.textContent = running ? "Running…" : "Run";
    this.run.setAttribute("aria-disabled", String(running));
  }

  #forms() {
    if (this.printed.connects.length === 0) {
      return [form("live-get", [labelled("path", this.path, "live-wide")], "GET")];
    }
    /** @type {HTMLElement[]} */
    const forms = [
      form("live-connect", [labelled("path", this.path, "live-wide")], "Connect"),
      form("live-send", [labelled("message", this.text, "live-wide")], "Send"),
      form("live-close", [labelled("code", this.code, "live-code"), labelled("reason", this.reason, "live-wide")], "Close"),
    ];
    if (this.printed.knowsUsers) {
      forms.unshift(form("live-log-in", [labelled("user", this.user, "live-wide")], "Log in"));
    }
    if (this.printed.clients.length > 1) {
      forms.unshift(build("div", { className: "live-form" }, labelled("as client", this.client, "live-wide")));
    }
    return forms;
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
  // --8<-- [start:form]
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    element.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  });
  // --8<-- [end:form]
  return element;
}
