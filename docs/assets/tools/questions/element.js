/**
 * `<tool-questions>`: asks what the list after it has, one question at a time, opens the sandbox that fails in the way that
 * an answer tells of, and ends at the links that say why. The list stays on the page: it is for print and for no JavaScript.
 */

import { build } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { button, Tool } from "../tool.js";
import { read } from "./list.js";
import { probe } from "./probe.js";

/** @import {Item} from "./list.js" */

await adoptStyle(import.meta.url);

class ToolQuestions extends Tool {
  trying = new AbortController();

  render() {
    const first = this.closest(".live")?.nextElementSibling?.querySelector("li");
    if (!first) throw new Error("no list of questions stands after <tool-questions>");
    /** @type {Item[]} What has been chosen, the first question before all. */
    this.path = [read(first)];
    this.taken = build("ol", { className: "questions-taken" });
    this.asked = build("div", { className: "questions-asked" });
    this.log = build("ol", { className: "questions-log" });
    const heard = build("div", {}, this.log);
    heard.setAttribute("role", "log");
    heard.setAttribute("aria-label", "What the sandbox did");
    this.#show();
    return [this.taken, this.asked, /** @type {HTMLElement} */ (this.result), heard];
  }

  hangUp() {
    this.trying.abort();
  }

  #show() {
    const path = this.path ?? [];
    const last = path[path.length - 1];
    this.hangUp();
    this.say("");
    this.log?.replaceChildren();
    this.taken?.replaceChildren(
      ...path.slice(1).map(({ answer, words }) => {
        const said = build("span", { className: "questions-words" }, ...words.map((word) => word.cloneNode(true)));
        return build("li", {}, build("strong", {}, answer), " ", said);
      }),
    );
    if (!last) return;
    const tries = last.sandboxes.map((sandbox) => button(`Try it: ${sandbox}`, () => void this.#try(sandbox)));
    const back = [
      button("One back", () => this.#go(path.slice(0, -1))),
      button("From the start", () => this.#go(path.slice(0, 1))),
    ];
    const actions = [...tries, ...(path.length > 1 ? back : [])];
    const bar = actions.length > 0 ? [build("div", { className: "live-bar" }, ...actions)] : [];
    const answers = last.answers.map((item) =>
      button(item.answer.replace(/\.$/, ""), () => this.#go([...path, item]), "questions-answer"),
    );
    this.question = build("legend", { tabIndex: -1 }, last.question || "That is the end of this path.");
    this.asked?.replaceChildren(build("fieldset", {}, this.question, ...answers), ...bar);
  }

  /** @param {Item[]} path */
  #go(path) {
    this.path = path;
    this.#show();
    const last = this.taken?.lastElementChild;
    const next = path[path.length - 1]?.question ? this.question : last;
    if (!(next instanceof HTMLElement)) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} sandbox */
  async #try(sandbox) {
    this.hangUp();
    this.log?.replaceChildren();
    this.say("Trying…");
    const { signal } = (this.trying = new AbortController());
    if (!(await this.hasServer()) || signal.aborted) return;
    const socket = this.socket(sandbox);
    signal.addEventListener("abort", () => socket.close(), { once: true });
    probe(
      socket,
      (line) => void (signal.aborted || this.log?.append(build("li", {}, build("code", {}, line)))),
      (verdict) => void (signal.aborted || this.say(verdict)),
    );
  }
}

customElements.define("tool-questions", ToolQuestions);
