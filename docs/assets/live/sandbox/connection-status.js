/** What a sandbox says of whom it calls: the address, whether anybody answers, who that is and where, how a connection stands. */

import { build } from "../kit/dom.js";
import { moveButton, showMove } from "../places/moving.js";
import { server } from "../places/server.js";
import { serverWord, tellServer } from "../places/server-word.js";

/** @import {Client} from "../player/client.js" */
/** @import {Happening} from "../notation/types.js" */

export class Signs {
  /**
   * @param {boolean} sockets Whether it opens WebSockets at all.
   * @param {string[]} paths What its transcript asks for.
   */
  constructor(sockets, paths) {
    this.sockets = sockets;
    this.paths = paths;
    this.address = build("p", { className: "live-address" });
    this.away = serverWord();
    this.answered = build("span", {});
    this.move = moveButton();
    this.foot = build("p", { className: "live-foot" }, this.answered, " ", this.move);
  }

  /** @param {string} path */
  showAddress(path) {
    this.address.replaceChildren(build("code", {}, this.sockets ? server.webSocketUrl(path) : server.origin + path));
  }

  showServer() {
    tellServer(this.away, server.whyNot(this.paths));
    const versions = Object.entries(server.versions).map(([name, version]) => `${name} ${version}`);
    const where = server.isHere ? "Answered in this page by" : "Answered by";
    this.answered.textContent = versions.length ? `${where} ${versions.join(", ")}` : "";
    showMove(this.move);
  }
}

/** @param {Client} client */
export function stateOf({ name, state = "" }) {
  return build("span", { className: "live-state", dataset: { state } }, `${name} ${state}`.trim());
}

/**
 * Whether it is what a reader waits for who plays by hand: what came to the page, or a call of which nothing came.
 * @param {Happening} happening
 */
export function isNews({ lane, toward, failed }) {
  return lane === "js" && (toward === "page" || failed === true);
}

/** So much is said: a status is read out, and nobody can stop it. The whole is in the diagram. */
const SAID_CHARACTERS = 200;

/**
 * Its beginning and its end: what became of a call stands at the end.
 * @param {string} words
 */
export function inBrief(words) {
  if (words.length <= SAID_CHARACTERS) return words;
  const half = SAID_CHARACTERS / 2;
  const left = (words.length - SAID_CHARACTERS).toLocaleString("en");
  return `${words.slice(0, half)}… ${left} characters, in the diagram …${words.slice(-half)}`;
}
