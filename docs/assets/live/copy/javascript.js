/** A conversation as a JavaScript module for a page: `WebSocket`, and a queue, so that events can be awaited. */

import { never } from "../kit/never.js";
import { begins } from "./conversation.js";
import { ASK, BECOME, CHECK, GET, HEX, SAME, SAME_DEEP, SOCKET } from "./javascript-helpers.js";
import { JavaScriptWords } from "./javascript-words.js";
import { Lines } from "./writing.js";

/** @import {Act, Conversation, Copied, Places} from "./conversation.js" */
/** @import {Connect} from "../notation/contract.js" */

const INDENT = "  ";

/**
 * @param {Conversation} conversation
 * @param {Places} places
 * @returns {Copied}
 */
export function toJavaScript(conversation, places) {
  if (conversation.connects.some(({ origin }) => origin)) {
    return { why: "A browser says by itself where a page comes from, and no script can claim another origin." };
  }
  if (
    conversation.acts.some(
      (act) => act.do === "connect" && act.step.subprotocols.length && act.accepted?.subprotocol === null,
    )
  ) {
    return {
      why: "Where the server takes none of the subprotocols that a page offers, a browser ends the connection; other clients go on.",
    };
  }
  return new Module(conversation, places).written();
}

class Module {
  /**
   * @param {Conversation} conversation
   * @param {Places} places
   */
  constructor(conversation, places) {
    this.conversation = conversation;
    this.places = places;
    this.body = new Lines("//");
    this.words = new JavaScriptWords(this.body);
    this.needs = this.words.needs;
    /** @type {Map<string, string>} */
    this.open = new Map();
  }

  /** @returns {Copied} */
  written() {
    for (const act of this.conversation.acts) this.#act(act);
    for (const socket of this.open.values()) this.body.add(`${socket}.close();`);
    this.words.settle();
    this.body.space();
    this.body.add('console.log("It went as written.");');
    const parts = [this.#head(), ...this.#helpers(), this.body.text];
    return {
      text: `${parts.join("\n\n").replace(/^( {4})+/gm, (deep) => INDENT.repeat(deep.length / 4))}\n`,
      say: `For a <script type="module">; the browser's console says how it went. The server takes connections only from pages of origins that it knows, such as ${this.places.origin}: for a page of yours, name its origin in SANDBOX_ORIGINS when you start it.`,
    };
  }

  /** @param {Act} act */
  #act(act) {
    const { body } = this;
    const socket = act.client ? this.words.name(act.client, "client") : "ws";
    if (this.open.size === 0 && begins(act)) body.space();
    for (const note of act.notes) body.comment(note);
    switch (act.do) {
      case "connect":
        this.#connect(act.step, socket);
        body.add(`await ${socket}.next("open");`);
        if (act.step.subprotocols.length && act.accepted)
          this.words.same(`${socket}.protocol`, act.accepted.subprotocol ?? "");
        this.open.set(act.client, socket);
        break;
      case "refused":
        this.#connect(act.step, socket);
        body.comment(
          `Refused with ${act.status}, which a page is not told: there is an error event, then a close with 1006.`,
        );
        this.words.same(`(await ${socket}.next("close")).code`, 1006);
        this.#toldOf(act.raised);
        break;
      case "unanswered":
        this.#connect(act.step, socket);
        body.comment(
          "Never answered. A page is told the same as of a refusal: an error event, then a close with 1006.",
        );
        this.words.same(`(await ${socket}.next("close")).code`, 1006);
        break;
      case "send":
        body.add(`${socket}.send(${act.step.binary ? bytes(act.step.data) : this.words.string(act.step.data)});`);
        break;
      case "receive":
        this.#receive(act.step.data, act.step.binary, socket);
        break;
      case "close": {
        const { code, reason } = act.step;
        body.add(`${socket}.close(${[String(code), ...(reason ? [JSON.stringify(reason)] : [])].join(", ")});`);
        body.add(`await ${socket}.next("close");`);
        this.open.delete(act.client);
        break;
      }
      case "closed": {
        const { code, reason } = act.step;
        if (reason === null || reason === "") this.words.same(`(await ${socket}.next("close")).code`, code);
        else {
          body.add(this.words.assign("end", `await ${socket}.next("close")`));
          this.words.same("end.code", code);
          this.words.expect(reason, () => "end.reason");
        }
        this.#toldOf(act.raised);
        this.open.delete(act.client);
        break;
      }
      case "request":
        this.#request(act);
        break;
      case "wait":
        body.add(`await new Promise((resolve) => setTimeout(resolve, ${act.step.ms}));`);
        break;
      case "raised":
        this.#toldOf(act.step);
        break;
      case "event":
        body.comment(`On the server: ${act.step.type}${act.step.json ? ` ${act.step.json}` : ""}`);
        break;
      default:
        never(act);
    }
  }

  /** @param {import("../notation/contract.js").Raised | undefined} raised */
  #toldOf(raised) {
    if (raised) this.body.comment(`On the server, this left the application: ${raised.name}: ${raised.text}`);
  }

  /**
   * @param {Connect} step
   * @param {string} socket
   */
  #connect({ path, subprotocols, user }, socket) {
    this.needs.add("Socket");
    if (user !== null) {
      this.needs.add("become").add("ask").add("same");
      this.body.add(`await become(${JSON.stringify(user)});`);
    }
    const offer = subprotocols.length ? `, [${subprotocols.map((name) => this.words.string(name)).join(", ")}]` : "";
    this.body.add(this.words.assign(socket, `new Socket(${this.words.string(path, "WS")}${offer})`));
  }

  /**
   * @param {string} data
   * @param {boolean} binary
   * @param {string} socket
   */
  #receive(data, binary, socket) {
    const message = `await ${socket}.message()`;
    if (binary) {
      this.needs.add("hex");
      return this.words.same(`hex(${message})`, (data.match(/../g) ?? []).join(" "));
    }
    return this.words.expect(data, (isJson) => (isJson ? `JSON.parse(${message})` : message));
  }

  /** @param {Extract<Act, {do: "request"}>} act */
  #request({ step, response }) {
    this.needs.add("ask");
    const { method, path, body } = step;
    const args = [JSON.stringify(method), this.words.string(path), ...(body === null ? [] : [this.words.string(body)])];
    this.body.add(this.words.assign("response", `await ask(${args.join(", ")})`));
    this.words.same("response.status", response.status);
    if (response.body !== null)
      this.words.expect(response.body, (isJson) => (isJson ? "JSON.parse(response.body)" : "response.body"));
  }

  #head() {
    const lines = [`// ${this.conversation.title}`, ""];
    if (this.needs.has("Socket"))
      lines.push(`const WS = ${JSON.stringify(this.places.server.replace(/^http/, "ws"))};`);
    if (this.needs.has("ask")) lines.push(`const HTTP = ${JSON.stringify(this.places.server)};`);
    return lines.join("\n");
  }

  #helpers() {
    const { needs } = this;
    const helpers = [];
    if (needs.has("Socket")) helpers.push(SOCKET);
    if (needs.has("ask")) helpers.push(needs.has("become") || this.conversation.hasCookies ? ASK : GET);
    if (needs.has("become")) helpers.push(BECOME);
    if (needs.has("hex")) helpers.push(HEX);
    if (needs.has("check")) helpers.push(CHECK);
    if (needs.has("same")) helpers.push(needs.has("equal") ? SAME_DEEP : SAME);
    return helpers;
  }
}

/** @param {string} hex */
function bytes(hex) {
  return `new Uint8Array([${(hex.match(/../g) ?? []).map((byte) => `0x${byte}`).join(", ")}])`;
}
