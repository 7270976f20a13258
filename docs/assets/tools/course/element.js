/**
 * `<tool-course>`: how far the reader has come, said at each page of the list above it, and the means to take that
 * along, bring it in, and forget it. Without JavaScript the list is a list.
 */

import { build } from "../../live/kit/dom.js";
import { adoptStyle } from "../../live/kit/style.js";
import { progress, siteRoot } from "../../live/progress/progress.js";
import { button, Tool } from "../tool.js";

await adoptStyle(import.meta.url);

class ToolCourse extends Tool {
  needsServer = false;

  render() {
    this.file = build("input", { type: "file", accept: "application/json,.json", hidden: true });
    this.file.addEventListener("change", () => void this.#import());
    this.summary = build("p", { className: "course-summary" });
    this.bar = build("progress", { max: 1, value: 0 });
    this.bar.setAttribute("aria-label", "Challenges solved");
    progress.addEventListener("change", () => this.#show(), { signal: this.signal });
    this.signal.addEventListener("abort", () => this.#unmark());
    this.#show();
    const buttons = [
      button("Export", () => this.#export()),
      button("Import", () => this.file?.click()),
      button("Clear", () => this.#clear()),
    ];
    const kept = "Kept in this browser alone: no account, no server. Export it to take it to another one.";
    return [
      build("p", { className: "live-title" }, "Your course"),
      this.summary,
      this.bar,
      build("div", { className: "live-bar" }, ...buttons, /** @type {HTMLElement} */ (this.result)),
      build("p", { className: "live-foot" }, kept),
      this.file,
    ];
  }

  /** The pages of the course: the links of the lists in front of this tool, and the page that they stand on. */
  get #pages() {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = document.querySelectorAll("article li a[data-challenges]");
    const pages = Array.from(links, (link) => {
      return { link, path: link.href.slice(siteRoot().length), challenges: Number(link.dataset.challenges) };
    });
    return [
      { link: null, path: progress.page, challenges: document.querySelectorAll("live-challenge, live-mend").length },
      ...pages,
    ];
  }

  #show() {
    const { read, solved } = progress.record;
    const pages = this.#pages;
    this.#unmark();
    let done = 0;
    for (const { link, path, challenges } of pages) {
      const here = Math.min(challenges, solved.filter((name) => name.startsWith(`${path}#`)).length);
      done += here;
      const state = read.includes(path) ? "read" : "not read yet";
      const words = `${state}, ${here} of ${challenges} challenges solved`;
      link
        ?.closest("li")
        ?.append(build("span", { className: "course-mark", dataset: { done: String(here === challenges) } }, words));
    }
    const all = pages.reduce((sum, { challenges }) => sum + challenges, 0);
    const count = pages.filter(({ path }) => read.includes(path)).length;
    if (this.summary)
      this.summary.textContent = `${count} of ${pages.length} pages read, ${done} of ${all} challenges solved.`;
    if (this.bar) this.bar.value = all ? done / all : 0;
  }

  #unmark() {
    document.querySelectorAll(".course-mark").forEach((mark) => mark.remove());
  }

  #export() {
    const href = `data:application/json,${encodeURIComponent(progress.export())}`;
    build("a", { href, download: "101-progress.json" }).click();
    this.say("Exported as 101-progress.json.");
  }

  async #import() {
    const [file] = this.file?.files ?? [];
    if (!file || !this.file) return;
    try {
      progress.import(await file.text());
      this.say(`Imported ${file.name}: what you had and what it brings are both here now.`);
    } catch (error) {
      this.say(
        `${file.name} was not imported, and nothing has changed: ${error instanceof Error ? error.message : error}`,
      );
    }
    this.file.value = "";
  }

  #clear() {
    if (!confirm("Forget which pages you have read and which challenges you have solved?")) return;
    progress.clear();
    this.say("Forgotten.");
  }
}

customElements.define("tool-course", ToolCourse);
