/**
 * `<tool-find>`: a field that leaves on the page only those entries, headings of the third level with what follows
 * them, that have to do with what is typed or pasted into it. Without JavaScript all of them are there.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { Tool } from "../tool.js";
import { find } from "./matching.js";

await adoptStyle(import.meta.url);

class ToolFind extends Tool {
  needsServer = false;

  render() {
    this.parts = parts(/** @type {HTMLElement} */ (this.closest("article")), this);
    this.entries = this.parts.filter(({ heading }) => heading.localName === "h3");
    this.index = this.entries.map(({ heading, elements }) => ({
      messages: messagesOf(heading),
      text: elements.map(({ textContent }) => textContent).join(" "),
    }));
    this.field = build("input", { type: "search", autocomplete: "off", spellcheck: false, name: "message" });
    this.field.placeholder = "AppRegistryNotReady, or a whole line of your log";
    this.field.addEventListener("input", () => this.#show());
    window.addEventListener("hashchange", () => this.#follow(), { signal: this.signal });
    this.signal.addEventListener("abort", () => this.#all());
    this.say(`${this.entries.length} entries.`);
    const label = labelled("what you see", this.field, "live-wide");
    return [build("div", { className: "live-form find-form" }, label, /** @type {HTMLElement} */ (this.result))];
  }

  #show() {
    const typed = this.field?.value ?? "";
    if (!typed.trim()) {
      this.#all();
      return this.say(`${this.entries?.length} entries.`);
    }
    const meant = new Set(find(this.index ?? [], typed).map((at) => this.entries?.[at]));
    for (const part of this.parts ?? []) hide(part.elements, !meant.has(part));
    for (const part of this.parts ?? []) {
      const under =
        part.heading.localName === "h2" && this.entries?.some((entry) => entry.section === part && meant.has(entry));
      if (under) part.heading.hidden = false;
    }
    this.say(meant.size === 0 ? "Nothing here has these words." : `${meant.size} of ${this.entries?.length} entries.`);
  }

  #all() {
    for (const { elements } of this.parts ?? []) hide(elements, false);
  }

  /** A link leads to an entry, and it may be hidden. */
  #follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden || !this.field) return;
    this.field.value = "";
    this.#show();
    target.scrollIntoView();
  }
}

/**
 * @typedef {object} Part
 * @property {HTMLElement} heading
 * @property {HTMLElement[]} elements The heading and what follows it, up to the next.
 * @property {Part | undefined} section What a heading of the third level stands under.
 */

/**
 * A page below this tool, heading by heading.
 * @param {HTMLElement} article
 * @param {HTMLElement} tool
 */
function parts(article, tool) {
  /** @type {Part[]} */
  const all = [];
  /** @type {Part | undefined} */
  let section;
  for (const element of /** @type {Iterable<HTMLElement>} */ (article.children)) {
    if (!(tool.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    if (/^h[23]$/.test(element.localName)) {
      all.push({ heading: element, elements: [], section: element.localName === "h3" ? section : undefined });
      if (element.localName === "h2") section = all.at(-1);
    }
    all.at(-1)?.elements.push(element);
  }
  return all;
}

/**
 * The messages that a heading quotes, or all of its words where it quotes none.
 * @param {HTMLElement} heading
 */
function messagesOf(heading) {
  const quoted = Array.from(heading.querySelectorAll("code"), ({ textContent }) => textContent ?? "");
  return quoted.length > 0 ? quoted : [heading.textContent ?? ""];
}

/**
 * @param {HTMLElement[]} elements
 * @param {boolean} hidden
 */
function hide(elements, hidden) {
  for (const element of elements) element.hidden = hidden;
}

customElements.define("tool-find", ToolFind);
