/**
 * What the reader does by hand: connect, send, close, ask over HTTP, log in. Each first sees to it that a server runs, but
 * for what needs none: the platform makes of it what it does.
 */

import { server } from "../places/server.js";
import * as visitor from "../places/visitor.js";
import { asked } from "../player/http-exchange.js";

/** @import {Happening} from "../notation/types.js" */
/** @import {Client} from "../player/client.js" */
/** @import {Controls} from "./controls.js" */

/**
 * What it asks of its sandbox. `ready`: whether a server runs, and the sandbox is still on its page; the status says why not.
 * @typedef {object} Around
 * @property {(paths: string[]) => Promise<boolean>} ready
 * @property {(happening: Happening) => void} tell
 * @property {(words: string) => void} say
 * @property {AbortSignal} signal The sandbox leaves its page.
 */

export class FreePlay {
  /**
   * @param {Controls} controls
   * @param {Map<string, Client>} clients
   * @param {Around} around
   */
  constructor(controls, clients, around) {
    this.controls = controls;
    this.clients = clients;
    this.around = around;
  }

  /**
   * Do what the buttons ask for.
   * @param {(type: string, act: () => void) => void} on Listens, for as long as the sandbox is on its page.
   */
  listen(on) {
    on("live-connect", () => void this.#connect());
    on("live-send", () => this.chosen.send(this.#typed("text")));
    on("live-close", () => this.chosen.close(Number(this.#typed("code")), this.#typed("reason")));
    on("live-ask", () => void this.#ask());
    on("live-log-in", () => void this.#logIn());
  }

  /** The client that the reader speaks for. */
  get chosen() {
    return /** @type {Client} */ (this.clients.get(this.controls.client.value));
  }

  /** @param {"path" | "text" | "code" | "reason" | "user" | "method"} field */
  #typed(field) {
    return this.controls[field].value;
  }

  /** Where nobody is there, the platform has its say. */
  async #connect() {
    const path = this.#typed("path");
    const { ready, signal } = this.around;
    if ((await ready([path])) || (server.isMissing && !signal.aborted)) {
      await this.chosen.connect(server.webSocketUrl(path));
    }
  }

  async #ask() {
    const [method, path, text] = [this.#typed("method"), this.#typed("path"), this.#typed("text")];
    const { ready, tell } = this.around;
    if (!(await ready([path]))) return;
    await this.#attempt("No answer", () =>
      asked(this.chosen.name, tell, method, path, method === "POST" ? text : null),
    );
  }

  async #logIn() {
    const user = this.#typed("user");
    if (!(await this.around.ready(["/demo/"]))) return;
    await this.#attempt("Not logged in", async () => {
      await visitor.become(user);
      for (const client of this.clients.values()) client.user = user;
      const words = user === visitor.ANONYMOUS ? "Logged out." : `Logged in as ${user}.`;
      this.around.say(`${words} A socket learns of it when it connects.`);
    });
  }

  /**
   * @param {string} failed What to say of it if it fails and the server is not the reason.
   * @param {() => Promise<unknown>} act
   */
  async #attempt(failed, act) {
    try {
      await act();
    } catch (error) {
      this.around.say((await server.check()) ? `${failed}: ${error}` : server.whyMissing);
    }
  }
}
