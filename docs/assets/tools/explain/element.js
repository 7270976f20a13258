/**
 * `<tool-explain>`: a field for whatever a terminal or a console has printed, and under it the entries that it is about,
 * each with the line and the text by which it was found, and what to do. What looks, and what it looks into, is loaded
 * when the field is first used; nothing that is pasted leaves the page.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { Tool } from "../tool.js";

await adoptStyle(import.meta.url);

const SITE = new URL("../../../", import.meta.url);
const LONGEST_LINE = 300;

/** Of a module that is no part of a page's bundle, since the search loads it as well. */
const matching = () =>
  /** @type {Promise<typeof import("../../entries/matching.js")>} */ (
    import(new URL("assets/entries/matching.js", SITE).href)
  );

class ToolExplain extends Tool {
  needsServer = false;

  render() {
    this.field = build("textarea", { rows: 3, spellcheck: false, name: "message", autocomplete: "off" });
    this.field.placeholder = "AppRegistryNotReady, a line of your log, or a whole traceback";
    this.field.addEventListener("focus", () => void this.#entries(), { once: true });
    this.field.addEventListener("input", () => void this.#show());
    this.list = build("ol", { className: "explain-found" });
    this.#follow();
    const label = labelled("what you see", this.field, "live-wide");
    return [
      build("div", { className: "live-form explain-form" }, label),
      /** @type {HTMLElement} */ (this.result),
      this.list,
    ];
  }

  async #entries() {
    try {
      const { find, unknown, isCut, loadEntries } = await matching();
      return { find, unknown, isCut, entries: await loadEntries() };
    } catch (error) {
      this.say(`The list of messages did not load: ${error}. Type on to try once more.`);
      return undefined;
    }
  }

  async #show() {
    const loaded = await this.#entries();
    const pasted = this.field?.value ?? "";
    if (!loaded || !this.list || this.signal.aborted) return;
    const found = loaded.find(loaded.entries, pasted);
    this.list.replaceChildren(...found.map((one) => item(loaded.entries[one.entry], one)));
    if (!pasted.trim()) return this.say("");
    const cut = loaded.isCut(pasted) ? " The traceback is cut off: its last line says most. Paste that, too." : "";
    this.say(told(loaded.entries.length, found, loaded.unknown(pasted, found)) + cut);
  }

  /** An address of an entry from the time when all of them stood on this page. */
  #follow() {
    const line = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (line instanceof HTMLAnchorElement && line.closest(".entries")) location.replace(line.href);
  }
}

/**
 * How many are about it, and whether they are about what it ends with.
 * @param {number} all
 * @param {import("../../entries/matching.js").Found[]} found Best first: if that is a guess, all that matters is one.
 * @param {string} unknown What a traceback ends with, if none of those that were found is about that.
 */
function told(all, found, unknown) {
  if (found.length === 0) return `None of the ${all} entries is about this.`;
  const one = found.length === 1;
  const are = found[0].how === "guess" ? "may be" : one ? "is" : "are";
  const count = `${one ? "One entry" : `${found.length} entries`} ${are} about`;
  if (!unknown) return `${count} this${one ? "" : ", best first"}.`;
  const last = unknown.length > LONGEST_LINE ? `${unknown.slice(0, LONGEST_LINE)}…` : unknown;
  return `No entry is about the last line, “${last}”. ${count} what led there.`;
}

/**
 * @param {import("../../entries/matching.js").Entry} entry
 * @param {import("../../entries/matching.js").Found} found
 */
function item(entry, found) {
  return build(
    "li",
    {},
    build("a", { href: new URL(entry.url, SITE).href }, entry.title),
    build("p", { className: "explain-reason" }, ...reason(found)),
    build("p", {}, entry.mend),
  );
}

/**
 * Why it is among those that are listed.
 * @param {import("../../entries/matching.js").Found} found
 */
function reason({ how, line, came, text }) {
  if (how === "words") return ["It has these words."];
  if (how === "guess") return ["A guess: it shares some of these words."];
  const is = how === "nearly" ? " is nearly " : " is ";
  const said = build("q", {}, came.length > LONGEST_LINE ? `${came.slice(0, LONGEST_LINE)}…` : came);
  return [`Line ${line}: `, said, is, build("code", {}, shown(text))];
}

/**
 * A text for the eye: dots where the reader's own words stand, and apart from the rest where whole lines do.
 * @param {string} text
 */
function shown(text) {
  return text
    .replaceAll("{*}", " … ")
    .replace(/\{[a-z_]+\}/g, "…")
    .trim();
}

customElements.define("tool-explain", ToolExplain);
