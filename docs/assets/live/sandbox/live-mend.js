/**
 * `<live-mend>`: a module with one fault, and the transcript that goes as written once it is mended. Run plays that
 * against what the reader has made of the module, in this page's own server, which runs its own modules again afterwards.
 * Fires `live-solved` when all has gone as written; whether the reader did it or had the solution put in is part of it.
 */

import { loadCatalog } from "../catalog/catalog.js";
import { breakModule } from "../editor/faulty.js";
import { KeptTexts } from "../editor/kept-texts.js";
import { offerToEdit } from "../editor/offer.js";
import { build } from "../kit/dom.js";
import { progress } from "../progress/progress.js";
import { wayOn } from "./way-on.js";

/** @import {CodeEditor} from "../editor/code-editor.js" */
/** @import {LiveSandbox} from "./live-sandbox.js" */

const kept = new KeptTexts("modules to mend");

/** How often a module has been put into the server: what has come since then decides what a run has shown. */
let puts = 0;

class LiveMend extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    /** @type {Promise<CodeEditor> | undefined} */
    this.editor = undefined;
    /** Whether what is in the editor was put there by us. */
    this.given = false;
    this.status = build("p", { className: "live-verdict-words" });
    this.status.setAttribute("role", "status");
    this.put = build("button", { type: "button", className: "live-button" }, "Put it in");
    this.put.addEventListener("click", () => void this.#putIn());
    // not right below <details>: that one's slot would hold what has been taken out of it for as long as the theme holds it
    this.querySelector(".live-how")?.append(build("div", { className: "live-bar" }, this.put));
    this.append(this.status);
    this.offer = offerToEdit(this.#block, `faulty ${this.#path}`, this.#name in kept.all, async () =>
      (await this.#open()).begin(this.#firstLine),
    );
    const run = (/** @type {Event} */ event) => {
      event.stopPropagation(); // the sandbox would play it against the server as it is
      void this.#run();
    };
    this.addEventListener("live-run", run, { capture: true, signal });
    this.#show(false);
  }

  disconnectedCallback() {
    this.leaving?.abort();
    for (const added of [this.status, this.put?.parentElement, this.offer, this.afterwards]) added?.remove();
    // the theme may keep an element that has left the page: it holds no more than the page printed
    this.status = this.put = this.offer = this.afterwards = this.editor = undefined;
  }

  get #block() {
    return /** @type {HTMLElement} */ (this.querySelector(":scope > .highlight"));
  }

  get #sandbox() {
    return /** @type {LiveSandbox} */ (this.querySelector("live-sandbox"));
  }

  get #path() {
    return this.dataset.module ?? "";
  }

  /** Under which it is kept: pages may have two of one title. */
  get #name() {
    return `${progress.page}#${this.dataset.id}`;
  }

  get #firstLine() {
    return this.#block.querySelector("code")?.textContent?.trimStart().split("\n")[0] ?? "";
  }

  /** The editor in the place of the printed code; a new one if it has been closed. */
  #open() {
    return (this.editor ??= this.#build().catch((error) => {
      this.editor = undefined;
      throw error;
    }));
  }

  async #build() {
    const [{ open }, { apply }, catalog] = await Promise.all([
      import("../editor/open.js"),
      import("../editor/apply.js"),
      loadCatalog(import.meta.url),
      customElements.whenDefined("live-sandbox"),
    ]);
    const path = this.#path;
    const faulty = breakModule(catalog.files[path] ?? "", JSON.parse(this.dataset.changes ?? "[]"));
    let put = 0;
    const editor = await open(
      this.#block,
      {
        path,
        original: faulty,
        text: kept.all[this.#name] ?? faulty,
        keep: (text) => {
          kept.keep(this.#name, text);
          this.given &&= text !== undefined;
        },
        put: (text, status) => {
          put = ++puts;
          return apply(catalog, status, { [path]: text });
        },
        sandboxes: [this.#sandbox],
        play: async (sandbox) => {
          await sandbox.run();
          if (put !== puts) return; // another module, or this one again, has come in between
          await apply(catalog, build("p"));
          const { lines = [] } = sandbox.printed ?? {};
          this.#show(lines.length > 0 && lines.every(({ element }) => element.dataset.outcome === "same"));
        },
        alone: true,
      },
      /** @type {AbortController} */ (this.leaving).signal,
    );
    if (!editor) throw new Error("The page was left");
    const { onClose } = editor;
    editor.onClose = () => {
      this.editor = undefined;
      onClose();
    };
    return editor;
  }

  async #run() {
    try {
      await (await this.#open()).run();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The solution into the editor. */
  async #putIn() {
    try {
      const [editor, catalog] = await Promise.all([this.#open(), loadCatalog(import.meta.url)]);
      editor.code.replace(catalog.files[this.#path] ?? "");
      this.given = true;
      this.#say("The solution is in the editor. Press Run.");
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    if (!this.isConnected) return;
    console.error("The editor cannot be opened", error);
    this.#say("The editor did not load. Press again to try again.");
  }

  /** @param {boolean} passed Whether all has gone as written. */
  #show(passed) {
    this.afterwards?.remove();
    if (this.status) this.status.dataset.reached = String(passed);
    const id = this.dataset.id ?? "";
    if (!passed) return this.#say(`Not mended yet.${progress.hasSolved(id) ? " You have mended this before." : ""}`);
    this.#say(this.given ? "It passes: that was our solution. Press Reset, and mend it yourself." : "Mended.");
    const why = Array.from(this.querySelectorAll(".live-why"), (words) => words.cloneNode(true));
    this.afterwards = build("div", { className: "live-after" }, ...why, ...wayOn(this));
    this.status?.before(this.afterwards);
    this.dispatchEvent(new CustomEvent("live-solved", { bubbles: true, detail: { id, own: !this.given } }));
  }

  /** @param {string} words */
  #say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words; // said once to who hears it
  }
}

customElements.define("live-mend", LiveMend);
