/**
 * "Copy as": a sandbox's transcript, or what happened in it, as code to take away. A dialog that one button opens;
 * nothing here is loaded before it is pressed.
 */

import { build } from "../kit/dom.js";
import { adoptStyle } from "../kit/style.js";
import { server } from "../places/server.js";
import { openDialog } from "./dialog.js";
import { copied, KINDS } from "./kinds.js";

/** @import {PrintedTranscript} from "../notation/printed-transcript.js" */
/** @import {Timeline} from "../timeline/timeline.js" */

/** @import {Happening, Line} from "../notation/types.js" */
/** @import {Spoken} from "./conversation.js" */

/**
 * What can be copied from: a `<live-sandbox>`, which knows this module and not the reverse.
 * @typedef {object} Parts
 * @property {AbortController} [leaving]
 * @property {PrintedTranscript} [printed]
 * @property {Timeline} [timeline]
 * @property {boolean} isChallenge
 * @typedef {HTMLElement & Parts} Copyable
 */

/** What the reader chose last, on this page or the one before. */
let chosen = "python";

/** @typedef {(conversation: () => {lines: Spoken[], title: string}, base: string) => HTMLElement} TakeHome */

/**
 * Open what copies from a sandbox.
 * @param {Copyable} sandbox
 * @param {TakeHome} takeHome Builds what makes a project of the conversation. `base`: the address of a module here.
 */
export function open(sandbox, takeHome) {
  const { leaving } = sandbox;
  if (!leaving || leaving.signal.aborted || sandbox.querySelector(":scope > dialog")) return;
  openDialog(sandbox, "Copy as", [new CopyAs(sandbox, takeHome).element], leaving.signal);
}

class CopyAs {
  /**
   * @param {Copyable} sandbox
   * @param {TakeHome} takeHome
   */
  constructor(sandbox, takeHome) {
    this.sandbox = sandbox;
    /** Of a challenge, the solution is not for copying: what the reader did is. */
    this.own = sandbox.isChallenge;
    this.kinds = new Map(
      Object.entries(KINDS).map(([kind, { name }]) => [kind, toggleButton(name, () => this.#show((chosen = kind)))]),
    );
    this.mine = toggleButton("what happened here, not the transcript", () => this.#show(chosen, !this.own));
    this.mine.hidden = sandbox.isChallenge;
    this.copy = build("button", { type: "button", className: "live-button" }, "Copy");
    this.copy.addEventListener("click", () => void this.#copy());
    this.result = build("p", { className: "live-copy-result" });
    this.result.setAttribute("role", "status");
    this.say = build("p", { className: "live-copy-say" });
    this.say.setAttribute("role", "status");
    this.code = build("code", {});
    this.text = build("pre", { tabIndex: 0 }, this.code);
    this.text.setAttribute("role", "region");
    const group = build("div", { className: "live-toggles" }, ...this.kinds.values());
    group.setAttribute("role", "group");
    group.ariaLabel = "Copy as";
    const bar = build("div", { className: "live-bar" }, this.copy, this.result, this.mine);
    const home = takeHome(() => ({ lines: this.#lines, title: this.#title }), import.meta.url);
    this.element = build("div", { className: "live-copy" }, group, this.say, this.text, bar, home);
    this.#show(chosen);
  }

  /**
   * @param {string} kind
   * @param {boolean} [own] Whether to take what happened.
   */
  #show(kind, own = this.own) {
    this.own = own;
    const written = copied(kind, this.#lines, this.#title, { server: server.origin, origin: location.origin });
    const isWritten = "text" in written;
    for (const [name, button] of this.kinds) button.ariaPressed = String(name === kind);
    this.mine.ariaPressed = String(own);
    this.say.textContent = isWritten ? written.say : `Not as ${KINDS[kind]?.name}. ${written.why}`;
    this.code.textContent = isWritten ? written.text : "";
    this.text.ariaLabel = `The conversation as ${KINDS[kind]?.name}`;
    this.text.hidden = !isWritten;
    this.copy.hidden = !isWritten;
    this.result.textContent = "";
  }

  async #copy() {
    const text = this.code.textContent ?? "";
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (!isCopied) getSelection()?.selectAllChildren(this.code);
    this.result.textContent = isCopied
      ? "Copied."
      : "This page may not use your clipboard. The text is selected: copy it from there.";
  }

  /** @returns {Spoken[]} */
  get #lines() {
    const { printed, timeline } = this.sandbox;
    return this.own ? spoken(timeline?.happenings ?? []) : (printed?.lines ?? []).map(withNotes);
  }

  get #title() {
    const title =
      this.sandbox.closest("live-challenge")?.querySelector(".live-title") ?? this.sandbox.querySelector("figcaption");
    return title?.textContent ?? "";
  }
}

/**
 * What happened, as steps. What the server was observed doing stays out, but for the exceptions: they say why.
 * @param {Happening[]} happenings
 * @returns {Spoken[]}
 */
function spoken(happenings) {
  return happenings.flatMap(({ client, step }) => (step && step.do !== "event" ? [{ client, step }] : []));
}

/**
 * @param {Line} line
 * @returns {Spoken}
 */
function withNotes({ client, step, element }) {
  const notes = Array.from(element.querySelectorAll(".live-note"), (note) => note.textContent ?? "");
  return { client, step, notes };
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function toggleButton(text, act) {
  const button = build("button", { type: "button", className: "live-toggle" }, text);
  button.addEventListener("click", act);
  return button;
}

await adoptStyle(import.meta.url, "copy.css");
