/**
 * What happened, in order, on one clock: a diagram with a lane for each half of the conversation, which is a grid to
 * whoever hears it, and a plain list where there is no room for lanes. Drawn once a frame, however much has come.
 */

import { inPlace } from "../kit/dom.js";
import { sourceOf } from "./arrows.js";
import { Conversation } from "./conversation.js";
import { Diagram } from "./diagram.js";
import { destination } from "./grid-keys.js";
import { hidden, ShownLanes, toggles } from "./lanes.js";
import { Row } from "./row.js";
import { RowWindow, WHOLE } from "./row-window.js";
import { sentence } from "./sentence.js";
import { Stepper } from "./stepper.js";

/** @import {Happening, Lane} from "../notation/types.js" */

export class Timeline {
  /**
   * @param {string[]} clients
   * @param {boolean} sockets Whether there is a server's half to see.
   * @param {string} asked The lanes that the page asks for.
   */
  constructor(clients, sockets, asked) {
    this.sockets = sockets;
    this.lanes = new ShownLanes(asked);
    this.stepper = new Stepper();
    this.diagram = new Diagram(sockets ? [toggles(this.lanes)] : [], this.stepper.element);
    this.conversation = new Conversation();
    const row = (/** @type {Happening} */ happening) =>
      new Row(happening, this.conversation.start, clients.indexOf(happening.client));
    this.window = new RowWindow(this.diagram.scroller, this.diagram.body, row);
    /** Of what has happened, what is in the lanes that are open. @type {Happening[]} */
    this.list = [];
    this.frame = 0;
    /** Until when the page is left to others: drawing takes a third of its time at most. */
    this.rest = 0;
    /** Whether to keep the end in sight. A whole run is read from its beginning. */
    this.following = false;
    this.atEnd = true;
    /** What is pointed at. @type {Happening | undefined} */
    this.lit = undefined;
    /** Where the reader is by keyboard. @type {Happening | undefined} */
    this.current = undefined;
    /** Where the reader has stepped to. @type {Happening | undefined} */
    this.stepped = undefined;
    this.about = "";
    this.#listen();
    this.#place();
  }

  #listen() {
    const { body, scroller } = this.diagram;
    this.lanes.addEventListener("change", () => this.#place());
    this.stepper.addEventListener("change", () => this.#step());
    scroller.addEventListener("scroll", () => this.#look(), { passive: true });
    scroller.addEventListener("keydown", (event) => this.#key(event));
    body.addEventListener("click", (event) => this.#toggle(this.#row(event)));
    const light = (/** @type {Event} */ event) => this.#light(this.#row(event)?.happening);
    for (const type of ["focusin", "pointerover"]) body.addEventListener(type, light);
    for (const type of ["focusout", "pointerleave"]) body.addEventListener(type, () => this.#light(undefined));
    body.addEventListener("focusin", (event) => {
      this.current = this.#row(event)?.happening;
    });
  }

  get element() {
    return this.diagram.element;
  }

  /** Where each connection's state is shown. */
  get states() {
    return this.diagram.states;
  }

  /** The lanes that are open here. */
  get shown() {
    /** @type {Lane[]} */
    const alone = ["js"];
    return this.sockets ? this.lanes.list : alone;
  }

  /** What has happened, in order; or else how it went another time, if that is shown. */
  get happenings() {
    return this.conversation.happenings;
  }

  /**
   * Until something happens here, show how it went another time.
   * @param {Happening[]} happenings
   * @param {string} heading When that was.
   * @param {string} about What there is to say of it.
   */
  recall(happenings, heading, about) {
    this.clear();
    for (const happening of happenings) this.conversation.add(happening);
    this.diagram.recall(heading);
    this.observe(about);
    this.#show();
  }

  clear() {
    this.diagram.recall("");
    this.conversation = new Conversation();
    this.following = false;
    this.atEnd = true;
    this.lit = this.current = this.stepped = undefined;
    this.stepper.stepping = false;
    this.window.clear();
    this.#show();
  }

  /** @param {Happening} happening */
  add(happening) {
    if (this.diagram.isRecalled) this.clear();
    this.conversation.add(happening);
    this.frame ||= requestAnimationFrame(this.#due);
  }

  #due = () => {
    const start = performance.now();
    if (start < this.rest) {
      this.frame = requestAnimationFrame(this.#due);
      return;
    }
    this.#show();
    const end = performance.now();
    this.rest = end + 2 * (end - start);
  };

  /** @param {boolean} printing Whether the page is on its way to paper. */
  print(printing) {
    this.window.all = printing;
    this.#show(!printing && this.atEnd);
    this.#look(); // the rows where the reader was are there again
  }

  /** From now on, keep the end in sight: the reader's own doing is there. */
  follow() {
    if (this.diagram.isRecalled) this.clear();
    this.following = true;
    this.showEnd();
  }

  showEnd() {
    this.atEnd = true;
    this.#show(true);
  }

  /** @param {string} about What there is to say of how the server's half was observed. */
  observe(about) {
    this.about = about;
    this.#say();
  }

  /**
   * Bring the rows into order.
   * @param {boolean} [toEnd]
   */
  #show(toEnd = this.following && this.atEnd) {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { happenings, shown } = this;
    this.list = happenings.filter(({ lane }) => shown.includes(lane));
    this.window.update(happenings.length > WHOLE ? this.list : happenings, toEnd);
    this.#draw();
    this.#say();
    if (toEnd) this.diagram.scrollToEnd();
  }

  /** Each row that is in the document: its arrow, its words, and how it stands to where the reader is. */
  #draw() {
    const { shown, list, lit, stepped } = this;
    const at = stepped ? list.indexOf(stepped) : -1;
    const crossing = (lit ?? stepped)?.crossing;
    let index = this.window.list === list ? this.window.from : 0;
    /** @type {Row | undefined} */
    let reachable;
    for (const row of this.window.shown) {
      const { happening } = row;
      const source = sourceOf(happening, shown, this.conversation.seen(happening));
      row.place({ shown, source, index, before: list[index - 1] });
      const kin = !!crossing && happening.crossing === crossing;
      row.mark({ kin, now: happening === stepped, later: at >= 0 && index > at });
      row.button.tabIndex = -1;
      if (!shown.includes(happening.lane)) continue;
      index += 1;
      if (!reachable || happening === this.current) reachable = row;
    }
    if (reachable) reachable.button.tabIndex = 0;
    this.diagram.grid.ariaRowCount = String(list.length + 1);
    this.stepper.show(list.length, at, stepped ? sentence(stepped, list[at - 1]) : "");
  }

  #place() {
    this.diagram.showHeads(this.shown);
    this.#show();
  }

  /** Say what is not there to be seen, and how the times came about. */
  #say() {
    const { count, dropped } = this.conversation;
    /** @type {Map<Lane, number>} */
    const folded = new Map();
    for (const { lane } of this.happenings) {
      if (!this.shown.includes(lane)) folded.set(lane, (folded.get(lane) ?? 0) + 1);
    }
    const gone = dropped ? `The first ${dropped} happenings are no longer shown.` : "";
    this.diagram.say(count === 0, [hidden(folded), gone, count ? this.about : ""].filter(Boolean).join(" "));
  }

  #look() {
    this.atEnd = this.diagram.isAtEnd;
    if (this.window.look()) this.#draw();
  }

  #step() {
    const there = this.list[this.stepper.index];
    this.stepped = this.stepper.stepping ? there : undefined;
    this.#bring(there);
  }

  /**
   * Have it in sight, within the diagram.
   * @param {Happening | undefined} happening
   */
  #bring(happening) {
    const row = happening && this.window.reach(happening);
    this.#draw();
    if (row) this.diagram.scrollTo(row.element);
    return row;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const row = this.#row(event);
    if (event.key === "Escape" && row?.detail) {
      event.stopPropagation();
      this.#toggle(row);
      return row.button.focus();
    }
    if (event.target !== (row?.button ?? this.diagram.scroller)) return;
    const at = this.list.indexOf(/** @type {Happening} */ (row?.happening ?? this.current));
    const to = at < 0 ? undefined : destination(event.key, this.list, at, this.shown);
    if (to === undefined) return;
    event.preventDefault();
    this.current = this.list[to];
    this.#bring(this.current)?.button.focus({ preventScroll: true });
  }

  /** @param {Event} event */
  #row({ target }) {
    const element = target instanceof Element ? target.closest(".live-happening") : null;
    return element ? this.window.byElement.get(element) : undefined;
  }

  /** @param {Row | undefined} row */
  #toggle(row) {
    if (!row) return;
    const { connection, observed } = row.happening;
    const otherHalf = () => {
      for (const other of this.happenings) {
        const handshake = other.observed;
        const isHandshake = handshake?.type === "handshake.request" || handshake?.type === "handshake.response";
        if (isHandshake && other.connection === connection && handshake !== observed) return handshake;
      }
      return undefined;
    };
    void inPlace(row.button, () => row.toggle(otherHalf), this.diagram.scroller);
  }

  /**
   * Light what belongs to one crossing: the call, its frame, its event, its handler.
   * @param {Happening | undefined} lit
   */
  #light(lit) {
    if (lit === this.lit) return;
    this.lit = lit;
    this.#draw();
  }
}
