/**
 * `<tool-routes data-list="…">`: type a path, and see at each route of a printed list what becomes of it, and why;
 * then connect, and see that it is so. What there is to show comes from routes-views.js.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { button, Tool } from "../tool.js";
import { Panel } from "./panel.js";
import { VIEWS } from "./views.js";

await adoptStyle(import.meta.url);

const PAUSE_MS = 150;

class ToolRoutes extends Tool {
  asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer = undefined;

  render() {
    const view = (this.view = VIEWS[this.dataset.list ?? ""]);
    this.panels = view.panels.map(({ list, rows }) => new Panel(list, rows));
    this.field = build("input", { value: view.cases[0][1], maxLength: view.longest, spellcheck: false });
    this.field.autocomplete = "off";
    this.field.addEventListener("input", () => this.#soon());
    const cases = view.cases.map(([word, text]) => button(word, () => this.#try(text), "routes-case"));
    const form = build("form", { className: "live-form" });
    form.append(
      labelled(view.label, this.field, "live-wide"),
      button("Connect", () => void this.#connect(), "live-run"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#explain();
    });
    const tries = build("div", { className: "live-bar routes-cases" }, ...cases);
    tries.setAttribute("role", "group");
    tries.setAttribute("aria-label", "What to try");
    const panels = build("div", { className: "routes-panels" }, ...this.panels.map(({ element }) => element));
    const title = build("p", { className: "live-title" }, view.title);
    return [title, form, tries, /** @type {HTMLElement} */ (this.result), panels];
  }

  seen() {
    void this.#explain();
  }

  hangUp() {
    clearTimeout(this.timer);
    this.asking.abort();
  }

  /** @param {string} text */
  #try(text) {
    if (this.field) this.field.value = text;
    void this.#explain();
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.#explain(), PAUSE_MS);
  }

  /** @returns {Promise<boolean>} Whether what is shown is the answer to what is typed. */
  async #explain() {
    clearTimeout(this.timer);
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      await Promise.all(this.#each((panel, path) => panel.explain(path, signal)));
      this.say("");
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      this.say(error instanceof RangeError ? error.message : server.whyMissing);
      if (!(error instanceof RangeError)) void server.check();
      return false;
    }
  }

  async #connect() {
    if (!(await this.hasServer()) || !(await this.#explain())) return;
    await Promise.all(this.#each((panel, path) => panel.connect(path, (address) => this.socket(address))));
  }

  /**
   * @template Result
   * @param {(panel: Panel, path: string) => Result} act
   */
  #each(act) {
    const typed = this.field?.value ?? "";
    const { panels = [], view } = this;
    return panels.map((panel, number) => act(panel, view?.panels[number].path(typed) ?? ""));
  }
}

customElements.define("tool-routes", ToolRoutes);
