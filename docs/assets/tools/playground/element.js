/**
 * `<tool-playground>`: consumers, routes and a transcript of the reader's own, which run in this page. What stands there is
 * desk.js, where it is written editors.js; the run itself is an ordinary sandbox below.
 */

import { loadExamples } from "../../live/catalog/catalog.js";
import { readTraceback } from "../../live/editor/traceback.js";
import { build, labelled } from "../../live/kit/dom.js";
import { dropFragment, PLAYGROUND_LINK } from "../../live/kit/fragment.js";
import { handOver } from "../../live/kit/hand-over.js";
import { LinkError } from "../../live/kit/packed.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { button, Tool } from "../tool.js";
import { Desk, TRANSCRIPT } from "./desk.js";
import { Editors } from "./editors.js";
import { readWorkLink, workLink } from "./link.js";
import { catalogWith, modulesOf, NONE, pathOf, placeIn } from "./modules.js";
import { sandboxOf } from "./transcript.js";
import { whyNotAdded } from "./work.js";

/** @import {ReadLine} from "../../live/here/messages.js" */
/** @import {LiveSandbox} from "../../live/sandbox/live-sandbox.js" */

await Promise.all(["element.css", "../../live/editor/editor.css"].map((file) => adoptStyle(import.meta.url, file)));
/** Whoever has come to this page has come to write: its editor comes with it. What runs is loaded at the first Run. */
const [{ mount }, examples] = await Promise.all([import("../../live/editor/mount.js"), loadExamples(import.meta.url)]);

const HINT =
  "Tab leaves the editor. Ctrl or Cmd with ] and [ indents, with Enter runs. What you write stays in this tab and runs in " +
  "this page, where it can reach nothing else.";
const STRANGER =
  "This came by a link, and nothing of it has run. Look through its tabs, then press Run. It runs in this page, where it " +
  "can reach nothing else: no cookie, nothing that your browser keeps, no server.";

class ToolPlayground extends Tool {
  needsServer = false;
  /** The modules that the server in this page has been given. @type {Set<string>} */
  given = new Set();
  /** @type {LiveSandbox | undefined} */
  sandbox = undefined;
  /** The lines of what that sandbox plays. @type {ReadLine[]} */
  lines = [];
  /** What was raised since Run was pressed, in a sentence. */
  raised = "";

  render() {
    const hint = build("p", { className: "live-edit-hint", id: "playground-hint" }, HINT);
    this.desk = new Desk(examples);
    this.editors = new Editors(mount, {
      changed: (name, text) => this.desk?.change(name, text),
      run: () => void this.run(),
      hint: hint.id,
    });
    this.example = build("select", {}, ...examples.map(({ title }, at) => build("option", { value: `${at}` }, title)));
    this.example.addEventListener("change", () => this.#put(examples[Number(this.example?.value)]));
    this.back = button("Back to what was here", () => this.#goBack());
    this.stranger = build("div", { className: "live-received" }, build("p", { role: "status" }, STRANGER));
    this.traceback = build("details", { className: "live-edit-traceback", hidden: true });
    this.stage = build("div", { className: "playground-stage" });
    this.#listen();
    this.#show();
    void this.#receive();
    const from = build("div", { className: "live-form" }, labelled("begin from", this.example, "live-wide"), this.back);
    const { tabs, panels } = this.editors;
    return [from, this.stranger, tabs, panels, hint, this.#moduleForm(), this.#bar(), this.traceback, this.stage];
  }

  #bar() {
    this.bar = build("div", { className: "live-bar" });
    this.bar.append(
      button("Run", () => void this.run(), "live-run"),
      button("Reset", () => this.#put(this.desk?.begun)),
      button("Copy link", () => void this.share()),
      /** @type {HTMLElement} */ (this.result),
    );
    return this.bar;
  }

  #moduleForm() {
    const name = build("input", { type: "text", placeholder: "handlers.py", autocomplete: "off", spellcheck: false });
    const add = build("button", { type: "submit", className: "live-button" }, "Add");
    const form = build("form", { className: "live-form" }, labelled("new module", name), add);
    form.append(button("Take this module away", () => this.#takeAway()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#add(name.value.trim())) name.value = "";
    });
    return form;
  }

  #listen() {
    const { signal, stage } = this;
    // What the sandbox has buttons for is done here: it knows neither the modules nor where its transcript is written.
    for (const [type, act] of Object.entries({
      "live-run": () => this.run(),
      "live-share": () => this.share(),
      "live-copy": () => this.copyAs(),
    })) {
      const instead = (/** @type {Event} */ event) => {
        event.stopPropagation();
        void act();
      };
      stage?.addEventListener(type, instead, { capture: true });
    }
    const see = (/** @type {Event} */ event) => this.#see(/** @type {CustomEvent} */ (event).detail.traceback);
    server.addEventListener("raised", see, { signal });
    addEventListener("hashchange", () => void this.#receive(), { signal });
  }

  /** The server in this page goes on for the pages that follow: without the routes of this one. */
  hangUp() {
    this.editors?.clear();
    if (this.given.size && server.here?.state === "up") void server.here.edit(NONE).catch(() => {});
    this.given.clear();
    this.sandbox = undefined;
  }

  /** Put the modules in place, read the transcript, and play it. */
  async run() {
    const { result, signal, desk } = this;
    if (!result || !desk) return;
    if (desk.isStrange) dropFragment();
    if (desk.own()) this.#showOrigin();
    this.#clear();
    this.say("Running…");
    try {
      const { files, transcript } = desk.work;
      const { traceback } = await server.edit(modulesOf(desk.work, this.given), result);
      for (const name of Object.keys(files)) this.given.add(name);
      if (traceback) return this.say(`${this.#showWrong(traceback)} Nothing has run.`);
      const { lines, problems } = await server.read(transcript, result);
      if (signal.aborted) return;
      const [problem] = problems;
      if (problem) {
        this.editors?.showWrong(TRANSCRIPT, problem.line, problem.message);
        return this.say(`The transcript's line ${problem.line}: ${problem.message}`);
      }
      await this.#play(lines, desk.work.title);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * @param {ReadLine[]} lines
   * @param {string} title
   */
  async #play(lines, title) {
    await import("../../live/sandbox/live-sandbox.js");
    if (!this.sandbox || JSON.stringify(lines) !== JSON.stringify(this.lines)) {
      this.lines = lines;
      this.sandbox = sandboxOf(lines, title);
      this.stage?.replaceChildren(this.sandbox);
    }
    const { sandbox } = this;
    await sandbox.run();
    const elements = sandbox.printed?.lines.map(({ element }) => element) ?? [];
    const at = elements.findIndex(({ dataset }) => dataset.outcome === "different");
    const [line, element] = [lines[at], elements[at]];
    const came = element?.querySelector(".live-came:not(.live-told)")?.textContent ?? "it went differently";
    if (line) this.editors?.mark(TRANSCRIPT, line.number, came);
    const ended = server.here?.whyMissing ? ` ${server.here.whyMissing}` : "";
    this.say(`${this.raised} ${sandbox.controls?.result.textContent ?? ""}${ended}`.trim());
  }

  /** A link with all that stands here, for somebody else to see and to run. */
  async share() {
    const { desk, bar } = this;
    if (!desk || !bar) return;
    try {
      const where = await handOver(await workLink(desk.work, location.href), bar);
      this.say(`${where} It holds all that stands here. Opening it runs nothing.`);
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.say(error.message);
    }
  }

  async copyAs() {
    const { sandbox, desk } = this;
    if (!sandbox || !desk) return;
    const [{ open }, { takeHome }] = await Promise.all([
      import("../../live/copy/copy-as.js"),
      import("../../live/home/take-home.js"),
    ]);
    open(sandbox, (conversation, base) =>
      takeHome(conversation, base, (catalog) => ({ catalog: catalogWith(catalog, desk.work), edited: {} })),
    );
  }

  async #receive() {
    if (!location.hash.startsWith(PLAYGROUND_LINK)) return;
    try {
      const work = await readWorkLink(location.hash);
      if (this.signal.aborted) return;
      this.desk?.receive(work);
      this.#show();
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.say(error.message);
    }
  }

  /** @param {import("./work.js").Work | undefined} work */
  #put(work) {
    if (!work) return;
    if (this.desk?.isStrange) dropFragment();
    this.desk?.put(work);
    this.#show();
    this.say("");
  }

  #goBack() {
    if (this.desk?.isStrange) dropFragment();
    this.desk?.goBack();
    this.#show();
    this.say("");
  }

  /** What is on the desk, in its tabs. */
  #show() {
    const { desk, editors, example } = this;
    if (!desk || !editors || !example) return;
    this.#clear();
    this.sandbox = undefined;
    this.stage?.replaceChildren();
    editors.show(desk.texts, editors.chosen);
    example.value = String(
      Math.max(
        0,
        examples.findIndex(({ title }) => title === desk.work.title),
      ),
    );
    this.#showOrigin();
  }

  #showOrigin() {
    const { desk, back, stranger } = this;
    if (!desk || !back || !stranger) return;
    stranger.hidden = !desk.isStrange;
    back.hidden = !desk.canGoBack;
  }

  /** @param {string} name */
  #add(name) {
    const { desk, editors } = this;
    if (!desk || !editors) return false;
    const why = whyNotAdded(name, desk.work);
    this.say(why || `${pathOf(name)} is there, and empty.`);
    if (why) return false;
    desk.change(name, "");
    editors.add(name, "");
    editors.choose(name);
    return true;
  }

  #takeAway() {
    const { desk, editors } = this;
    const name = editors?.chosen ?? "";
    if (!desk || !Object.hasOwn(desk.work.files, name) || name === "routing.py")
      return this.say("The transcript and routing.py stay.");
    desk.takeAway(name);
    this.#show();
    this.say(`${name} is gone. Back to what was here brings it back.`);
  }

  /** @param {string} traceback */
  #see(traceback) {
    if (placeIn(traceback)) this.raised = this.#showWrong(traceback);
  }

  /**
   * @param {string} traceback
   * @returns {string} What it says, in a sentence.
   */
  #showWrong(traceback) {
    const place = placeIn(traceback);
    const { words } = readTraceback(traceback, "");
    if (place) this.editors?.showWrong(place.name, place.line, words);
    const pre = build("pre", { className: "live-edit-words", tabIndex: 0 }, traceback);
    this.traceback?.replaceChildren(build("summary", {}, "Traceback"), pre);
    if (this.traceback) this.traceback.hidden = false;
    return `${place ? `${place.name}, line ${place.line}: ` : ""}${words}.`;
  }

  #clear() {
    this.editors?.clearWrong();
    if (this.traceback) this.traceback.hidden = true;
    this.raised = "";
  }
}

customElements.define("tool-playground", ToolPlayground);
