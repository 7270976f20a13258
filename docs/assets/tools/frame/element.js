/**
 * A frame builder: a message becomes frames becomes bytes, and the server's own small client sends exactly those to
 * the echo, which no browser would. `data-preset="…"` names the case to begin with.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { fromHex, toHex } from "../../live/kit/hex.js";
import { adoptStyle } from "../../live/kit/style.js";
import { ask, RAW_PATHS } from "../raw-bytes.js";
import { button, Tool } from "../tool.js";
import { inWords } from "./answer.js";
import { decode } from "./bytes.js";
import { draw, inOneLine } from "./draw.js";
import { FrameForm } from "./form.js";
import { PRESETS } from "./presets.js";
import { findFault } from "./rules.js";

/** @import {RawFrame} from "./bytes.js" */
/** @import {Fault} from "./rules.js" */

await adoptStyle(import.meta.url);

const MOST_BYTES = 1024;

class ToolFrame extends Tool {
  paths = RAW_PATHS;

  render() {
    this.form = new FrameForm(
      (bytes) => this.write(bytes),
      (problem) => this.refuse(problem),
    );
    this.bytes = build("textarea", { rows: 3, spellcheck: false, autocomplete: "off" });
    this.bytes.addEventListener("input", () => this.read());
    this.verdict = build("p", { className: "frame-verdict" });
    this.verdict.setAttribute("role", "status");
    this.sent = build("div", { className: "frame-list" });
    this.came = build("div", { className: "frame-list" });
    this.sending = button("Send these bytes", () => void this.send(), "live-run");
    const { preset = "" } = this.dataset;
    const names = PRESETS.flatMap(([, presets]) => presets.map(({ name }) => name));
    this.form.start.selectedIndex = Math.max(0, names.indexOf(preset));
    this.form.pick(this.form.preset);
    return [
      build("p", { className: "live-title" }, "Build a frame, or break one, and send exactly its bytes"),
      this.form.element,
      build("div", { className: "frame-bytes" }, labelled("bytes", this.bytes, "live-wide")),
      build(
        "p",
        { className: "live-foot" },
        "The bytes count. Change a field, and they are built anew from the fields; change the bytes, and the fields stay.",
      ),
      this.verdict,
      section("What you send", this.sent),
      build("div", { className: "live-bar" }, this.sending, ...(this.result ? [this.result] : [])),
      section("What came back", this.came),
    ];
  }

  /** @param {Uint8Array} bytes What the form describes. */
  write(bytes) {
    if (this.bytes) this.bytes.value = toHex(bytes);
    this.read();
  }

  /** The bytes are what counts, whether the form or the reader wrote them. */
  read() {
    try {
      const bytes = fromHex(this.bytes?.value ?? "");
      if (bytes.length > MOST_BYTES)
        throw new SyntaxError(
          `${bytes.length} bytes: the server's small client sends ${MOST_BYTES.toLocaleString("en")} at the most.`,
        );
      const { frames, rest } = decode(bytes);
      this.fault = findFault(frames);
      this.ready = toHex(bytes);
      this.say("");
      this.came?.replaceChildren(note("These bytes have not been sent yet."));
      this.foretell(frames.length);
      if (this.sent) fill(this.sent, frames, rest, this.fault);
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {number} count */
  foretell(count) {
    if (!this.verdict) return;
    const { at = 0, rule = "", code = 0 } = this.fault ?? {};
    this.verdict.classList.toggle("frame-fault", Boolean(rule));
    this.verdict.textContent = rule
      ? `✗ Frame ${at + 1} of ${count}: ${rule}. The answer must be ${code}.`
      : "✓ Nothing here breaks a rule.";
  }

  /** @param {string} problem */
  refuse(problem) {
    this.ready = "";
    if (!this.verdict) return;
    this.verdict.classList.add("frame-fault");
    this.verdict.textContent = `Not sent: ${problem}`;
  }

  async send() {
    const { ready, fault, sending } = this;
    if (!ready || sending?.ariaDisabled === "true") return;
    sending?.setAttribute("aria-disabled", "true");
    this.say("Sent; listening …");
    const { received, then, error } = await ask(this, { bytes: ready });
    sending?.removeAttribute("aria-disabled");
    if (ready !== this.ready) return undefined; // the reader has gone on
    if (error !== undefined || received === undefined) return this.say(error ?? "");
    const { frames, rest } = decode(fromHex(received));
    this.say(inWords(frames, then !== "silence", fault ?? null));
    if (this.came) fill(this.came, frames, rest, null);
    return undefined;
  }
}

/**
 * One line a frame, each opening to its fields. The one that matters is open to begin with: what is wrong, a close
 * frame, or the first. While their number stays the same, each stays as the reader left it.
 * @param {HTMLElement} list
 * @param {RawFrame[]} frames
 * @param {Uint8Array} rest
 * @param {Fault | null} fault
 */
function fill(list, frames, rest, fault) {
  const left = Array.from(list.querySelectorAll("details"), ({ open }) => open);
  const matters =
    fault?.at ??
    Math.max(
      0,
      frames.findIndex(({ opcode }) => opcode === 8),
    );
  const lines = frames.map((frame, at) => {
    const wrong = fault?.at === at ? fault : null;
    const summary = build(
      "summary",
      {},
      build("code", {}, inOneLine(frame)),
      wrong ? build("span", { className: "frame-fault" }, " ✗ forbidden") : "",
    );
    return build(
      "details",
      { open: left.length === frames.length ? left[at] : at === matters },
      summary,
      draw(frame, wrong),
    );
  });
  const more = rest.length ? [note(`${toHex(rest)}: the beginning of a frame`)] : [];
  const none = lines.length || rest.length ? [] : [note("No bytes.")];
  list.replaceChildren(...lines, ...more, ...none);
  if (left.length !== frames.length) list.scrollTop = lines[matters]?.offsetTop ?? 0;
}

/** @param {string} text */
const note = (text) => build("p", { className: "live-note" }, text);

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
function section(title, content) {
  const element = build(
    "section",
    { className: "frame-section" },
    build("p", { className: "frame-heading" }, title),
    content,
  );
  element.setAttribute("aria-label", title);
  return element;
}

customElements.define("tool-frame", ToolFrame);
