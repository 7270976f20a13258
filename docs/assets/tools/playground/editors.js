/**
 * An editor for each module and one for the transcript, one of them seen at a time: tabs, as the ARIA Authoring Practices
 * have them (arrows move, Tab goes on into the editor).
 */

import { build } from "../../live/kit/dom.js";
import { TRANSCRIPT } from "./desk.js";

/** @typedef {ReturnType<typeof import("../../live/editor/mount.js")["mount"]>} Mounted */
/** @typedef {{tab: HTMLButtonElement, panel: HTMLElement, code: Mounted}} Editor */
/** @typedef {{changed: (name: string, text: string) => void, run: () => void, hint: string}} Around */

export class Editors {
  /**
   * @param {typeof import("../../live/editor/mount.js")["mount"]} mount
   * @param {Around} around
   */
  constructor(mount, around) {
    this.mount = mount;
    this.around = around;
    /** @type {Map<string, Editor>} */
    this.all = new Map();
    this.chosen = "";
    this.tabs = build("div", { className: "playground-tabs" });
    this.tabs.setAttribute("role", "tablist");
    this.tabs.ariaLabel = "What you edit";
    this.tabs.addEventListener("keydown", (event) => this.#move(event));
    this.panels = build("div", {});
  }

  /**
   * @param {Record<string, string>} texts By their names, in the order of their tabs.
   * @param {string} [chosen]
   */
  show(texts, chosen) {
    this.clear();
    for (const [name, text] of Object.entries(texts)) this.add(name, text);
    this.choose(chosen !== undefined && this.all.has(chosen) ? chosen : (Object.keys(texts)[0] ?? ""));
  }

  /**
   * In front of the transcript, which is the last.
   * @param {string} name
   * @param {string} text
   */
  add(name, text) {
    const { changed, run, hint } = this.around;
    const isPython = name !== TRANSCRIPT;
    const code = this.mount(text, { name, hint, run, isPython, changed: (now) => changed(name, now) });
    const tab = build(
      "button",
      { type: "button", id: `playground-tab-${idOf(name)}`, className: "playground-tab" },
      name,
    );
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", () => this.choose(name));
    const panel = build("div", { id: `playground-panel-${idOf(name)}`, hidden: true }, code.element);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    const last = this.all.get(TRANSCRIPT);
    this.all.set(name, { tab, panel, code });
    this.tabs.insertBefore(tab, last?.tab ?? null);
    this.panels.append(panel);
  }

  /** @param {string} name */
  choose(name) {
    this.chosen = name;
    for (const [other, { tab, panel }] of this.all) {
      const isChosen = other === name;
      tab.ariaSelected = String(isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      panel.hidden = !isChosen;
    }
  }

  /**
   * Say at a line what is wrong with it, and turn to it.
   * @param {string} name
   * @param {number} line From 1.
   * @param {string} words
   */
  showWrong(name, line, words) {
    if (this.all.has(name)) this.choose(name);
    this.mark(name, line, words);
  }

  /**
   * Say it there, for whoever turns to it.
   * @param {string} name
   * @param {number} line From 1.
   * @param {string} words
   */
  mark(name, line, words) {
    this.all.get(name)?.code.showWrong(line, words);
  }

  clearWrong() {
    for (const { code } of this.all.values()) code.clearWrong();
  }

  clear() {
    for (const { code, tab, panel } of this.all.values()) {
      code.destroy();
      tab.remove();
      panel.remove();
    }
    this.all.clear();
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const tabs = /** @type {HTMLButtonElement[]} */ (Array.from(this.tabs.children));
    const at = tabs.findIndex((tab) => tab.ariaSelected === "true");
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    const tab = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!tab) return;
    event.preventDefault();
    tab.click();
    tab.focus();
  }
}

/** @param {string} name */
function idOf(name) {
  return name.replace(".", "-");
}
