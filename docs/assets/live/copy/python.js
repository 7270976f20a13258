/** A conversation as a Python script, with the `websockets` library, and the standard library for what is HTTP. */

import { never } from "../kit/never.js";
import { ANONYMOUS, begins } from "./conversation.js";
import { ASK, COOKIE_HEADER, GET, LOG_IN, REFUSED, UNANSWERED, WAIT_FOR_CLOSE } from "./python-helpers.js";
import { docstring, PythonWords, quoted } from "./python-words.js";
import { Lines } from "./writing.js";

/** @import {Act, Conversation, Copied, Places} from "./conversation.js" */
/** @import {Connect} from "../notation/contract.js" */

/**
 * @param {Conversation} conversation
 * @param {Places} places
 * @returns {Copied}
 */
export function toPython(conversation, places) {
  return new Script(conversation, places).written();
}

class Script {
  /**
   * @param {Conversation} conversation
   * @param {Places} places
   */
  constructor(conversation, places) {
    this.conversation = conversation;
    this.places = places;
    this.words = new PythonWords();
    this.body = new Lines("#");
    /** Whether each connection has a block of its own, which ends with it; else one block ends them all. */
    this.blocks = !conversation.overlaps;
    /** Who has a connection that is still open. */
    this.open = new Set();
  }

  /** @returns {Copied} */
  written() {
    if (!this.blocks) {
      this.body.add("with ExitStack() as connections:");
      this.body.depth = 1;
    }
    for (const act of this.conversation.acts) this.#act(act);
    this.#leave();
    this.body.space();
    this.body.add('print("It went as written.")');
    const text = `${[this.#head(), ...this.#helpers(), this.body.text].join("\n\n")}\n`;
    const install = this.conversation.connects.length ? "Needs the library: pip install websockets. " : "";
    return {
      text,
      say: `${install}Run it with python while the server is up: it stops at the first line that goes another way.`,
    };
  }

  /** @param {Act} act */
  #act(act) {
    const { body, words } = this;
    const socket = this.#socket(act.client);
    if (this.open.size === 0 && begins(act)) body.space();
    for (const note of act.notes) body.comment(note);
    switch (act.do) {
      case "connect":
        this.#connect(act.step, act.client, socket);
        if (act.step.subprotocols.length) {
          const chosen = act.accepted?.subprotocol;
          if (act.accepted)
            body.add(
              chosen ? `assert ${socket}.subprotocol == ${quoted(chosen)}` : `assert ${socket}.subprotocol is None`,
            );
        }
        break;
      case "refused": {
        this.#logIn(act.step, act.client);
        this.words.needs.add("refused");
        body.add(`assert refused(${this.#call(act.step, act.client)}) == ${act.status}`);
        if (act.raised)
          body.comment(`On the server, this left the application: ${act.raised.name}: ${act.raised.text}`);
        break;
      }
      case "unanswered":
        this.#logIn(act.step, act.client);
        words.needs.add("unanswered");
        body.add(`assert unanswered(${this.#call(act.step, act.client)})`);
        break;
      case "send":
        body.add(`${socket}.send(${act.step.binary ? words.bytes(act.step.data) : words.string(act.step.data)})`);
        break;
      case "receive": {
        const { data, binary } = act.step;
        const recv = `${socket}.recv(timeout=5)`;
        if (binary) body.add(`answer = ${recv}\nassert answer == ${words.bytes(data)}, answer`);
        else words.expect(body, data, (isJson) => this.#parsed(recv, isJson), true);
        break;
      }
      case "close": {
        const { code, reason } = act.step;
        const args = [...(code !== 1000 || reason ? [String(code)] : []), ...(reason ? [quoted(reason)] : [])];
        if (!this.blocks || args.length) body.add(`${socket}.close(${args.join(", ")})`);
        this.#end(act.client);
        break;
      }
      case "closed": {
        const { code, reason } = act.step;
        this.words.needs.add("wait_for_close");
        body.add(`wait_for_close(${socket})`);
        body.add(`assert ${socket}.close_code == ${code}`);
        if (reason) words.expect(body, reason, () => `${socket}.close_reason`, false);
        if (act.raised)
          body.comment(`On the server, this left the application: ${act.raised.name}: ${act.raised.text}`);
        this.#end(act.client);
        break;
      }
      case "request":
        this.#request(act);
        break;
      case "wait":
        this.words.needs.add("time");
        body.add(`time.sleep(${act.step.ms / 1000})`);
        break;
      case "raised":
        body.comment(`On the server, this left the application: ${act.step.name}: ${act.step.text}`);
        break;
      case "event":
        body.comment(`On the server: ${act.step.type}${act.step.json ? ` ${act.step.json}` : ""}`);
        break;
      default:
        never(act);
    }
  }

  /**
   * @param {Connect} step
   * @param {string} client
   * @param {string} socket
   */
  #connect(step, client, socket) {
    this.#logIn(step, client);
    this.words.needs.add("connect");
    const call = `connect(${this.#call(step, client)})`;
    this.open.add(client);
    if (!this.blocks) return this.body.add(`${socket} = connections.enter_context(${call})`);
    this.body.add(`with ${call} as ${socket}:`);
    this.body.depth = 1;
    return undefined;
  }

  /**
   * What `connect` is called with.
   * @param {Connect} step
   * @param {string} client
   */
  #call({ path, origin, subprotocols }, client) {
    this.words.needs.add("ws");
    if (!origin) this.words.needs.add("origin");
    const args = [this.words.string(path, "WS"), `origin=${origin ? quoted(origin) : "ORIGIN"}`];
    if (subprotocols.length)
      args.push(`subprotocols=[${subprotocols.map((name) => this.words.string(name)).join(", ")}]`);
    if (this.conversation.cookieClients.has(client))
      args.push(`additional_headers=cookie_header(${this.#cookies(client)})`);
    return args.join(", ");
  }

  /**
   * @param {Connect} step
   * @param {string} client
   */
  #logIn({ user }, client) {
    const cookies = this.#cookies(client);
    if (user === null || !this.conversation.cookieClients.has(client)) return;
    if (user === ANONYMOUS) this.body.add(`ask(${cookies}, "POST", "/demo/logout/")`);
    else {
      this.words.needs.add("log_in");
      this.body.add(`log_in(${cookies}, ${quoted(user)})`);
    }
  }

  /** @param {Extract<Act, {do: "request"}>} act */
  #request({ client, step, response }) {
    const { method, path, body } = step;
    const { words } = this;
    this.words.needs.add("http");
    const args = this.conversation.hasCookies
      ? [this.#cookies(client), quoted(method), words.string(path)]
      : [words.string(path)];
    if (body !== null) args.push(words.string(body));
    const ask = this.conversation.hasCookies ? "ask" : "get";
    this.body.add(`status, body = ${ask}(${args.join(", ")})`);
    this.body.add(`assert status == ${response.status}, body`);
    if (response.body !== null) words.expect(this.body, response.body, (isJson) => this.#parsed("body", isJson), true);
  }

  /**
   * @param {string} source
   * @param {boolean} isJson
   */
  #parsed(source, isJson) {
    if (isJson) this.words.needs.add("json");
    return isJson ? `json.loads(${source})` : source;
  }

  /** @param {string} client */
  #end(client) {
    this.open.delete(client);
    if (this.blocks) this.#leave();
  }

  /** End a block, in which something has to be done. */
  #leave() {
    if (this.body.depth && this.body.isBlockEmpty) this.body.add("pass");
    this.body.depth = 0;
  }

  /** @param {string} client */
  #socket(client) {
    return client ? this.words.name(client, "client") : "ws";
  }

  /** @param {string} client */
  #cookies(client) {
    return client ? this.words.name(`${client}_cookies`, "cookies") : "cookies";
  }

  #head() {
    const { needs } = this.words;
    const { hasCookies, connects } = this.conversation;
    if (hasCookies) needs.add("json").add("http");
    const urllib = hasCookies ? ["HTTPCookieProcessor, Request, build_opener"] : ["urlopen"];
    const head = [
      `"""${docstring(this.conversation.title)}"""`,
      "",
      ...["json", "re", "time"].filter((name) => needs.has(name)).map((name) => `import ${name}`),
      ...(this.blocks ? [] : ["from contextlib import ExitStack"]),
      ...(hasCookies ? ["from http.cookiejar import CookieJar"] : []),
      ...(needs.has("http")
        ? ["from urllib.error import HTTPError", ...urllib.map((names) => `from urllib.request import ${names}`)]
        : []),
    ];
    const exceptions = [
      ...(needs.has("wait_for_close") ? ["ConnectionClosed"] : []),
      ...(needs.has("unanswered") ? ["InvalidMessage"] : []),
      ...(needs.has("refused") ? ["InvalidStatus"] : []),
    ];
    if (connects.length && head.length > 2) head.push("");
    if (exceptions.length) head.push(`from websockets.exceptions import ${exceptions.join(", ")}`);
    if (connects.length) head.push("from websockets.sync.client import connect");
    head.push("");
    if (needs.has("ws")) head.push(`WS = ${quoted(this.places.server.replace(/^http/, "ws"))}`);
    if (needs.has("http")) head.push(`HTTP = ${quoted(this.places.server)}`);
    if (needs.has("origin") || hasCookies)
      head.push(`ORIGIN = ${quoted(this.places.origin)}  # what a browser says by itself`);
    return head.join("\n");
  }

  #helpers() {
    const { needs } = this.words;
    const { hasCookies } = this.conversation;
    const helpers = [];
    if (hasCookies) helpers.push(ASK);
    else if (needs.has("http")) helpers.push(GET);
    if (needs.has("log_in")) helpers.push(LOG_IN);
    if (this.body.text.includes("cookie_header(")) helpers.push(COOKIE_HEADER);
    if (needs.has("refused")) helpers.push(REFUSED);
    if (needs.has("unanswered")) helpers.push(UNANSWERED);
    if (needs.has("wait_for_close")) helpers.push(WAIT_FOR_CLOSE);
    if (hasCookies) {
      helpers.push(
        Array.from(this.conversation.cookieClients, (client) => `${this.#cookies(client)} = CookieJar()`).join("\n"),
      );
    }
    return helpers.map((helper, at) =>
      helper.startsWith("def ") ? `\n${helper}${at === helpers.length - 1 ? "\n" : ""}` : `\n${helper}`,
    );
  }
}
