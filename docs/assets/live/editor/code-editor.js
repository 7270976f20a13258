/**
 * An editor in the place of a printed module: change it, run the page's transcript against it, see what changed. What is
 * edited runs in this page only, and only when the reader presses Run.
 */

import { build } from "../kit/dom.js";
import { dropFragment } from "../kit/fragment.js";
import { handOver } from "../kit/hand-over.js";
import { LinkError } from "../kit/packed.js";
import { adoptStyle } from "../kit/style.js";
import { server } from "../places/server.js";
import { diff } from "./diff.js";
import { titleOf } from "./runs.js";
import { strangerNotice } from "./stranger.js";
import { readTraceback } from "./traceback.js";

/** @import {LiveSandbox} from "../sandbox/live-sandbox.js" */

/**
 * @typedef {object} Work What is edited, and what becomes of it.
 * @property {string} path Its module's, in the project.
 * @property {string} original What Reset brings back.
 * @property {string} text What to begin with.
 * @property {string} [received] What a link brought in its place: a stranger's, until the reader runs it.
 * @property {(text: string | undefined) => void} keep Undefined: it is as it was.
 * @property {(text: string, status: HTMLElement) => Promise<{traceback: string}>} put Have the server run it.
 * @property {LiveSandbox[]} sandboxes Those whose transcripts can be played against it.
 * @property {(sandbox: LiveSandbox) => Promise<void>} play
 * @property {(text: string) => Promise<string>} [share] The address of a page that shows it.
 * @property {boolean} [alone] Whether what is raised meanwhile is its doing, whatever that went through, and nothing else is.
 */

let editors = 0;

export class CodeEditor {
  /** What to do when it has gone. */
  onClose = () => {};

  /**
   * @param {typeof import("./mount.js")["mount"]} mount
   * @param {Work} work
   */
  constructor(mount, work) {
    this.work = work;
    const { path, original, text, received, sandboxes, share } = work;
    this.path = path;
    this.original = original;
    /** What was raised in it since Run was pressed, in a sentence. */
    this.raised = "";
    this.playing = false;
    const hint = build("p", { className: "live-edit-hint", id: `live-edit-${++editors}` }, HINT);
    /** @type {HTMLElement | null} What is said of code that came by a link, until it is the reader's own. */
    this.stranger = received === undefined ? null : strangerNotice(() => this.#discard());
    this.code = mount(received ?? text, {
      name: path,
      hint: hint.id,
      changed: (now) => this.#changed(now),
      run: () => void this.run(),
    });
    this.result = build("p", { className: "live-edit-result" });
    this.result.setAttribute("role", "status");
    this.traceback = build("details", { className: "live-edit-traceback", hidden: true });
    this.changes = build("pre", { className: "live-edit-words", hidden: true, tabIndex: 0 });
    this.changes.setAttribute("role", "region");
    this.changes.ariaLabel = "What you changed";
    this.which = build(
      "select",
      {},
      ...sandboxes.map((sandbox, at) => build("option", { value: `${at}` }, titleOf(sandbox))),
    );
    this.which.ariaLabel = "Which transcript";
    this.which.hidden = sandboxes.length < 2;
    this.whatChanged = button("What I changed", () => this.#toggleChanges());
    this.whatChanged.ariaExpanded = "false";
    this.reset = button("Reset", () => this.code.replace(this.original));
    this.bar = build(
      "div",
      { className: "live-bar" },
      button("Run", () => void this.run(), "live-run"),
      this.which,
      button("Undo", () => this.code.undo()),
      this.reset,
      this.whatChanged,
      share ? button("Copy link", () => void this.#share(share)) : "",
      button("Close", () => this.close()),
    );
    this.element = build(
      "div",
      { className: "live-edit" },
      this.stranger ?? "",
      this.code.element,
      hint,
      this.bar,
      this.result,
      this.traceback,
      this.changes,
    );
    this.listening = new AbortController();
    server.addEventListener("raised", (event) => this.#see(/** @type {CustomEvent} */ (event).detail.traceback), {
      signal: this.listening.signal,
    });
    if (this.stranger) this.#toggleChanges();
  }

  /**
   * Where the code was printed; what came by a link, where it is said that it did.
   * @param {string} line Of the printed code: a section may begin anywhere in its module.
   */
  begin(line) {
    if (this.stranger) this.stranger.scrollIntoView();
    else this.code.beginAt(line);
  }

  /** What was changed is kept, and runs on until it is reset. */
  close() {
    this.listening.abort();
    this.code.destroy();
    this.element.remove();
    this.onClose();
  }

  /** Put the edited modules in place, and play the transcript against them. */
  async run() {
    this.#adopt();
    this.#clear();
    this.#say("Running…");
    try {
      const { traceback } = await this.work.put(this.code.text, this.result);
      if (traceback) return this.#say(`${this.#showWrong(traceback)} The last good version goes on running.`);
    } catch (error) {
      return this.#say(error instanceof Error ? error.message : String(error));
    }
    const sandbox = this.work.sandboxes[Number(this.which.value) || 0];
    if (!sandbox) return this.#say("It runs. No transcript on this page talks to it.");
    this.playing = true;
    await this.work.play(sandbox).finally(() => (this.playing = false));
    const ended = server.here?.whyMissing ? ` ${server.here.whyMissing}` : "";
    this.#say(`${this.raised} ${titleOf(sandbox)}: ${sandbox.controls?.result.textContent ?? ""}${ended}`.trim());
  }

  /**
   * A link with this module as it stands here, for somebody else to see and to run.
   * @param {(text: string) => Promise<string>} share
   */
  async #share(share) {
    try {
      const where = await handOver(await share(this.code.text), this.bar);
      this.#say(`${where} It holds this module as it stands here. Opening it runs nothing.`);
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.#say(error.message);
    }
  }

  #discard() {
    this.stranger?.remove();
    this.stranger = null; // what is put back is the reader's own
    this.code.replace(this.work.text);
    dropFragment();
    this.#say("It is gone, and nothing of it has run.");
    this.code.beginAt("");
  }

  /** Code from a link becomes the reader's own when they run it: kept as what they wrote themselves is. */
  #adopt() {
    if (!this.stranger) return;
    this.stranger.remove();
    this.stranger = null;
    dropFragment();
    this.#changed(this.code.text);
  }

  /** @param {string} text */
  #changed(text) {
    if (this.stranger) return;
    this.work.keep(text === this.original ? undefined : text);
    if (!this.changes.hidden) this.#showChanges();
  }

  /**
   * An exception has left an application of the server in this page: this module's, if it went through it; one of Channels
   * that is handed the wrong thing does not.
   * @param {string} traceback
   */
  #see(traceback) {
    const isMine = this.work.alone ? this.playing : readTraceback(traceback, this.path).line !== undefined;
    if (!isMine) return;
    this.raised = this.#showWrong(traceback);
    this.#say(this.raised);
  }

  /**
   * @param {string} traceback
   * @returns {string} What it says, in a sentence.
   */
  #showWrong(traceback) {
    const { line, words } = readTraceback(traceback, this.path);
    if (line !== undefined) this.code.showWrong(line, words);
    const pre = build("pre", { className: "live-edit-words", tabIndex: 0 }, traceback);
    this.traceback.replaceChildren(build("summary", {}, "Traceback"), pre);
    this.traceback.hidden = false;
    return `${line === undefined ? "" : `Line ${line}: `}${words}.`;
  }

  #clear() {
    this.code.clearWrong();
    this.traceback.hidden = true;
    this.raised = "";
  }

  #toggleChanges() {
    this.changes.hidden = !this.changes.hidden;
    this.whatChanged.ariaExpanded = String(!this.changes.hidden);
    if (!this.changes.hidden) this.#showChanges();
  }

  #showChanges() {
    const lines = diff(this.original, this.code.text).map(({ mark, text }) =>
      build("span", { className: "live-edit-line", dataset: { mark } }, `${mark} ${text}\n`),
    );
    this.changes.replaceChildren(...(lines.length ? lines : ["Nothing yet."]));
  }

  /** @param {string} words */
  #say(words) {
    this.result.textContent = words;
  }
}

const HINT =
  "Tab leaves the editor. Ctrl or Cmd with ] and [ indents, with Enter runs. What you change stays in this tab.";

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} className
 */
function button(text, act, className = "") {
  const made = build("button", { type: "button", className: `live-button ${className}` }, text);
  made.addEventListener("click", act);
  return made;
}

await adoptStyle(import.meta.url, "editor.css");
