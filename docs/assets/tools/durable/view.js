/** What the durable client's tool shows: each message and how it stands, what happened, and the count on both sides. */

import { build } from "../../live/kit/dom.js";

/** @import {Message} from "../../examples/durable-outbox.js" */

const ROWS = 20;
const LINES = 100;

const STATES = {
  waiting: "waits for a connection",
  sent: "sent, not acknowledged",
  overdue: "overdue: is anybody there?",
  acknowledged: "acknowledged",
  "given up": "given up",
};

/**
 * What scrolls must be within reach of the keyboard, and have a name.
 * @param {string} name
 * @param {HTMLElement} content
 */
function scroller(name, content) {
  const element = build("div", { className: "durable-scroll", tabIndex: 0 }, content);
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", name);
  return element;
}

/** The last messages, one a row. */
export class MessageTable {
  constructor() {
    /** @type {Map<string, HTMLTableRowElement>} */
    this.rows = new Map();
    this.body = build("tbody");
    const names = ["message", "state", "tries"].map((name) => build("th", { scope: "col" }, name));
    const head = build("thead", {}, build("tr", {}, ...names));
    const table = build("table", { className: "durable-table" }, head, this.body);
    const title = build("p", {}, "The outbox, newest first");
    this.element = build("div", { className: "durable-outbox" }, title, scroller("The outbox", table));
  }

  /** @param {Message} message */
  show({ id, body, state, tries }) {
    const row = this.rows.get(id) ?? this.#row(id);
    const { text = "" } = /** @type {{text?: string}} */ (body);
    row.dataset.state = state;
    row.replaceChildren(...[text, STATES[state], String(tries)].map((words) => build("td", {}, words)));
  }

  /** @param {string} id */
  #row(id) {
    const row = build("tr");
    this.rows.set(id, row);
    this.body.prepend(row);
    if (this.rows.size > ROWS) {
      const [oldest] = this.rows;
      oldest?.[1].remove();
      this.rows.delete(oldest?.[0] ?? "");
    }
    return row;
  }

  clear() {
    this.rows.clear();
    this.body.replaceChildren();
  }
}

/** What happened, newest last, with the seconds since the start. */
export class Story {
  constructor() {
    this.began = performance.now();
    this.list = build("ol");
    this.scroll = scroller("What happened", this.list);
    this.element = build("div", { className: "durable-story" }, build("p", {}, "What happened"), this.scroll);
  }

  /**
   * @param {string} words
   * @param {string} kind
   */
  add(words, kind) {
    const at = build("span", { className: "durable-at" }, `${((performance.now() - this.began) / 1000).toFixed(2)} s`);
    this.list.append(build("li", { dataset: { kind } }, at, ` ${words}`));
    if (this.list.childElementCount > LINES) this.list.firstElementChild?.remove();
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  clear() {
    this.began = performance.now();
    this.list.replaceChildren();
  }
}

/** How many messages there are, as the page counts them and as the server does. */
export class Tally {
  constructor() {
    this.numbers = build("dl", { className: "durable-numbers" });
    this.verdict = build("p", { className: "durable-verdict" });
    this.element = build("div", { className: "durable-tally" }, this.numbers, this.verdict);
  }

  /**
   * @param {{written: number, acknowledged: number, givenUp: number}} page
   * @param {{taken: number, repeats: number}} server
   */
  show(page, server) {
    const pairs = Object.entries({
      "you wrote": page.written,
      "acknowledged to you": page.acknowledged,
      "taken by the server": server.taken,
      "repeats it passed over": server.repeats,
    });
    this.numbers.replaceChildren(
      ...pairs.map(([name, count]) => build("div", {}, build("dt", {}, name), build("dd", {}, String(count)))),
    );
    this.verdict.textContent = verdict(page, server);
  }
}

/**
 * @param {{written: number, acknowledged: number, givenUp: number}} page
 * @param {{taken: number}} server
 */
function verdict({ written, acknowledged, givenUp }, { taken }) {
  if (written === 0) return "Nothing was written yet.";
  if (givenUp > 0) return `${givenUp} given up, and you were told.`;
  if (written === acknowledged && written === taken) return "Nothing lost, nothing twice.";
  return `${written - acknowledged} not acknowledged yet.`;
}
