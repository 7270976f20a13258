/** One client of a room, as a tool shows it: who it is there, what it heard, and a field to say something. */

import { build, labelled } from "../../live/kit/dom.js";
import { button } from "../tool.js";

const LINES_KEPT = 100;
const LEFT = 1000;
const BROKEN = 1006;
/** What the server closes with when it lets nobody in; a browser may lose the message before it. */
const WHY = new Map([
  [4003, "the room is full, or there are enough rooms"],
  [4504, "there is no such room, or no longer"],
]);
const NOWHERE = "you are in no room: make one, or join";

export class RoomPanel {
  /**
   * @param {string} title What this client is called on the page.
   * @param {(path: string) => WebSocket} open
   * @param {() => string} room The room that there is, or "".
   * @param {AbortSignal} signal Ends its listeners.
   */
  constructor(title, open, room, signal) {
    this.open = open;
    this.room = room;
    this.signal = signal;
    /** @type {WebSocket | undefined} */
    this.socket = undefined;
    this.name = "";
    this.state = build("span", { className: "room-state" });
    this.log = build("div", { className: "room-log", tabIndex: 0 });
    this.log.setAttribute("role", "log"); // politely read out as it grows
    this.log.setAttribute("aria-label", `What the ${title} client heard`);
    this.text = build("input", { type: "text", autocomplete: "off" });
    const who = build("p", { className: "room-who" }, build("b", {}, `${title} client`), this.state);
    const send = build("button", { type: "submit", className: "live-button" }, "Send");
    const form = build("form", { className: "live-form" }, labelled("message", this.text, "live-wide"), send);
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        this.send();
      },
      { signal },
    );
    const doors = build("div", { className: "live-form" });
    doors.append(
      button("Join", () => this.join()),
      button("Leave", () => this.leave()),
    );
    this.element = build("section", { className: "room-panel" }, who, this.log, form, doors);
    this.show("not in a room");
  }

  /** Whether it is in the room, or about to be. */
  get isIn() {
    return this.socket !== undefined;
  }

  join() {
    if (this.socket) return this.note(`already in the room, as ${this.name || "…"}`);
    const room = this.room();
    if (!room) return this.note("there is no room yet: make one first");
    const socket = this.open(`/ws/rooms/${encodeURIComponent(room)}/`);
    this.socket = socket;
    this.show("joining");
    const { signal } = this;
    socket.addEventListener("message", ({ data }) => this.hear(JSON.parse(data)), { signal });
    socket.addEventListener(
      "close",
      ({ code }) => {
        if (this.socket === socket) this.gone(code);
      },
      { signal },
    );
  }

  leave() {
    if (!this.socket) return this.note(NOWHERE);
    this.socket.close(LEFT);
    this.gone(LEFT);
  }

  send() {
    if (this.socket?.readyState !== WebSocket.OPEN) return this.note(NOWHERE);
    this.socket.send(this.text.value);
    this.text.value = "";
  }

  /** @param {{you?: string, joined?: string, left?: string, members?: number, from?: string, text?: string, error?: string, degraded?: string, whole?: string}} news */
  hear(news) {
    if (news.you) {
      this.name = news.you;
      this.show(`is ${news.you}`);
    } else if (news.from !== undefined) {
      const mine = news.from === this.name ? " (you)" : "";
      this.add(build("p", {}, build("b", {}, `${news.from}${mine}: `), news.text ?? ""));
    } else if (news.joined) {
      this.note(`${news.joined} joined; in the room: ${news.members}`);
    } else if (news.left) {
      this.note(`${news.left} left; in the room: ${news.members}`);
    } else if (news.error ?? news.degraded ?? news.whole) {
      this.note(`the server says: ${news.error ?? news.degraded ?? news.whole}`);
    }
  }

  /** @param {number} code */
  gone(code) {
    this.socket = undefined;
    this.name = "";
    this.show("not in a room");
    if (code === LEFT) this.note("left the room");
    else if (code === BROKEN) this.note("1006: the connection broke, or was refused");
    else {
      const why = WHY.get(code);
      this.note(`the server closed the connection with ${code}${why ? `: ${why}` : ""}`);
    }
  }

  /** @param {string} words What is told, not said by a member. */
  note(words) {
    this.add(build("p", { className: "room-note" }, words));
  }

  /** @param {HTMLElement} line */
  add(line) {
    this.log.append(line);
    while (this.log.children.length > LINES_KEPT) this.log.firstChild?.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** @param {string} words */
  show(words) {
    this.state.textContent = words;
  }
}
