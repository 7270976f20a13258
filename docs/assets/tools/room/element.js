/**
 * `<tool-room>`: makes a room, joins it with two clients from this page, and gives a link by which another browser
 * joins. The link carries the room's id behind its `#`, which no browser sends to a server. The other half is
 * sandbox_server/sandboxes/rooms.py.
 */

import { build, labelled } from "../../live/kit/dom.js";
import { dropFragment } from "../../live/kit/fragment.js";
import { adoptStyle } from "../../live/kit/style.js";
import { server } from "../../live/places/server.js";
import { ask } from "../../live/places/visitor.js";
import { button, Tool } from "../tool.js";
import { RoomPanel } from "./panel.js";

await adoptStyle(import.meta.url);

const LINK = "#room=";
const ROOM = /^[\w.-]{1,120}$/;

class ToolRoom extends Tool {
  paths = ["/rooms/", "/ws/rooms/"];
  room = "";
  /** @type {RoomPanel[]} */
  panels = [];

  render() {
    const open = (/** @type {string} */ path) => this.socket(path);
    const room = () => this.room;
    this.room = "";
    this.panels = ["first", "second"].map((title) => new RoomPanel(title, open, room, this.signal));
    this.link = build("input", { type: "text", readOnly: true, placeholder: "make a room first" });
    this.link.addEventListener("focus", () => this.link?.select(), { signal: this.signal });
    addEventListener("hashchange", () => this.follow(), { signal: this.signal });
    const bar = build("div", { className: "live-bar" });
    bar.append(
      button("Make a room", () => void this.make(), "live-run"),
      ...(this.result ? [this.result] : []),
    );
    const invitation = build("div", { className: "live-form" }, labelled("link", this.link, "live-wide"));
    invitation.append(button("Copy link", () => void this.copy()));
    if (location.hash.startsWith(LINK)) void this.#arrive();
    const title = build("figcaption", {}, "A room, and two clients on one page");
    const panels = build("div", { className: "room-panels" }, ...this.panels.map(({ element }) => element));
    return [build("figure", { className: "live-transcript" }, title, bar, invitation, panels)];
  }

  /** Whoever comes by a link is in as soon as the server answers, wherever on the page they are. */
  async #arrive() {
    requestAnimationFrame(() => this.scrollIntoView({ block: "center" }));
    server.watch(() => server.isUp && this.follow(), this.signal);
    if ((await server.check()) && !this.signal.aborted) this.follow();
  }

  hangUp() {
    this.panels.forEach((panel) => panel.socket?.close());
  }

  async make() {
    const { signal } = this;
    this.say("");
    if (!(await this.hasServer())) return;
    try {
      const { status, body } = await ask("POST", "/rooms/", null);
      if (signal.aborted) return;
      if (status !== 200) return this.say(`The server answered ${status}: no room.`);
      this.panels.filter(({ isIn }) => isIn).forEach((panel) => panel.leave());
      this.enter(JSON.parse(body).room);
      this.panels.forEach((panel) => panel.join());
      const alone = server.isHere ? " It is in this page: its link leads nobody else in." : "";
      this.say(`A room: both clients join. Send something.${alone}`);
    } catch {
      if (signal.aborted) return;
      this.say(server.whyMissing);
      void server.check();
    }
  }

  /** @param {string} room */
  enter(room) {
    this.room = room;
    const address = new URL(location.href);
    address.hash = LINK + room;
    if (this.link) this.link.value = address.href;
  }

  /** Join the room that the page's address names, and take it off the address: whoever has it may come in. */
  follow() {
    if (!location.hash.startsWith(LINK)) return;
    const room = location.hash.slice(LINK.length);
    if (!ROOM.test(room)) return this.say("The link is damaged: it names no room.");
    dropFragment();
    this.panels.filter(({ isIn }) => isIn).forEach((panel) => panel.leave());
    this.enter(room);
    this.panels[0]?.join();
    this.say("You followed a link to a room.");
  }

  async copy() {
    if (!this.link?.value) return this.say("Make a room first.");
    try {
      await navigator.clipboard.writeText(this.link.value);
      this.say("Copied. Whoever opens it joins.");
    } catch {
      this.link.focus();
      this.say("Your browser forbids it: copy it by hand.");
    }
  }
}

customElements.define("tool-room", ToolRoom);
