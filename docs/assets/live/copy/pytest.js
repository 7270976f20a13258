/** A conversation as a test: no server and no network, the application itself behind Channels' communicators. */

import { never } from "../kit/never.js";
import { ANONYMOUS, begins } from "./conversation.js";
import { fileOf } from "./pytest-file.js";
import { whyNot } from "./pytest-limits.js";
import { PythonWords, quoted } from "./python-words.js";
import { Lines } from "./writing.js";

/** @import {Act, Conversation, Copied, Places} from "./conversation.js" */
/** @import {Connect, Raised} from "../notation/contract.js" */

const FAILED = 1011;
const BUILT_IN =
  "ArithmeticError AssertionError AttributeError BufferError EOFError Exception ImportError IndexError KeyError LookupError " +
  "ModuleNotFoundError NameError NotImplementedError OSError OverflowError RecursionError RuntimeError StopIteration " +
  "TimeoutError TypeError UnicodeDecodeError UnicodeError ValueError ZeroDivisionError";
/** Where to import other exceptions from. @type {Record<string, string>} */
const MODULES = {
  DenyConnection: "channels.exceptions",
  ImproperlyConfigured: "django.core.exceptions",
  JSONDecodeError: "json",
  ObjectDoesNotExist: "django.core.exceptions",
  PermissionDenied: "django.core.exceptions",
  Resolver404: "django.urls",
  SynchronousOnlyOperation: "django.core.exceptions",
  ValidationError: "django.core.exceptions",
};

/**
 * @param {Conversation} conversation
 * @param {Places} places
 * @returns {Copied}
 */
export function toPytest(conversation, places) {
  const why = whyNot(conversation);
  return why ? { why } : new Test(conversation, places).written();
}

class Test {
  /**
   * @param {Conversation} conversation
   * @param {Places} places
   */
  constructor(conversation, places) {
    this.conversation = conversation;
    this.places = places;
    this.words = new PythonWords();
    this.body = new Lines("#");
    this.body.depth = 1;
    /** Who has a connection that is still open. @type {Map<string, string>} */
    this.open = new Map();
    /** @type {Map<string, string>} Exceptions to import, and where from. */
    this.exceptions = new Map();
  }

  /** @returns {Copied} */
  written() {
    for (const act of this.conversation.acts) this.#act(act);
    for (const socket of this.open.values()) this.body.add(`await ${socket}.disconnect(timeout=5)`);
    const { conversation, places, body, words, exceptions } = this;
    if (conversation.hasCookies && words.needs.has("http")) words.needs.add("ask");
    const cookiesOf = (/** @type {string} */ client) => this.#cookies(client);
    return {
      text: fileOf({ conversation, places, body, exceptions, cookiesOf, needs: words.needs }),
      say: "For a project that has these consumers: save it as a file whose name begins with test_. Needs pytest, pytest-django and pytest-asyncio; pytest-django has to know your settings.",
    };
  }

  /** @param {Act} act */
  #act(act) {
    const { body, words } = this;
    const socket = this.#socket(act.client);
    if (this.open.size === 0 && begins(act) && body.list.length) body.space();
    for (const note of act.notes) body.comment(note);
    switch (act.do) {
      case "connect": {
        this.#connect(act.step, act.client, socket);
        const chosen = act.accepted?.subprotocol;
        const asks = act.accepted && (chosen || act.step.subprotocols.length > 0);
        body.add(`connected, ${asks ? "subprotocol" : "_"} = await ${socket}.connect(timeout=5)`);
        body.add("assert connected");
        if (asks) body.add(chosen ? `assert subprotocol == ${quoted(chosen)}` : "assert subprotocol is None");
        this.open.set(act.client, socket);
        break;
      }
      case "refused":
        this.#refused(act, socket);
        break;
      case "unanswered":
        this.#connect(act.step, act.client, socket);
        body.add("with pytest.raises(TimeoutError):  # it neither accepts nor closes");
        body.add(`    await ${socket}.connect(timeout=1)`);
        break;
      case "send": {
        const { data, binary } = act.step;
        if (data === "")
          body.add(
            `await ${socket}.send_input({"type": "websocket.receive", ${binary ? '"bytes": b""' : '"text": ""'}})`,
          );
        else
          body.add(
            `await ${socket}.send_to(${binary ? `bytes_data=${words.bytes(data)}` : `text_data=${words.string(data)}`})`,
          );
        break;
      }
      case "receive": {
        const { data, binary } = act.step;
        const receive = (/** @type {boolean} */ isJson) =>
          `await ${socket}.receive_${isJson ? "json_" : ""}from(timeout=5)`;
        if (binary) body.add(`assert ${receive(false)} == ${words.bytes(data)}`);
        else words.expect(body, data, receive, false);
        break;
      }
      case "close":
        body.add(`await ${socket}.disconnect(${act.step.code === 1000 ? "" : `code=${act.step.code}, `}timeout=5)`);
        this.open.delete(act.client);
        break;
      case "closed":
        this.#closed(act, socket);
        break;
      case "request":
        this.#request(act);
        break;
      case "wait":
        words.needs.add("asyncio");
        body.add(`await asyncio.sleep(${act.step.ms / 1000})`);
        break;
      case "raised":
        this.#raises(socket, act.step);
        this.open.delete(act.client);
        break;
      case "event":
        body.comment(`In the application: ${act.step.type}${act.step.json ? ` ${act.step.json}` : ""}`);
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
  #connect({ path, origin, subprotocols, user }, client, socket) {
    const { words, body } = this;
    const cookies = this.#cookies(client);
    if (user === ANONYMOUS) {
      if (this.conversation.cookieClients.has(client)) body.add(`${cookies}.clear()`);
    } else if (user !== null) {
      words.needs.add("log_in");
      body.add(`await log_in(${cookies}, ${quoted(user)})`);
    }
    const headers = [origin ? `(b"origin", b${quoted(origin)})` : "ORIGIN"];
    if (!origin) words.needs.add("origin");
    if (this.conversation.cookieClients.has(client)) headers.push(`cookie_header(${cookies})`);
    words.needs.add("websocket");
    const args = ["application", words.string(path), `headers=[${headers.join(", ")}]`];
    if (subprotocols.length) args.push(`subprotocols=[${subprotocols.map((name) => words.string(name)).join(", ")}]`);
    const line = `${socket} = WebsocketCommunicator(${args.join(", ")})`;
    if (line.length <= body.room) body.add(line);
    else body.add([`${socket} = WebsocketCommunicator(`, ...args.map((arg) => `    ${arg},`), ")"].join("\n"));
  }

  /**
   * @param {Extract<Act, {do: "refused"}>} act
   * @param {string} socket
   */
  #refused({ client, step, status, raised }, socket) {
    const { body } = this;
    this.#connect(step, client, socket);
    if (status === 500 || raised) {
      body.add(`await ${socket}.send_input({"type": "websocket.connect"})`);
      this.#raises(socket, raised);
    } else if (status === 403) {
      body.add(`connected, _ = await ${socket}.connect(timeout=5)`);
      body.add("assert not connected  # a server makes a 403 of it");
    } else {
      this.words.needs.add("refusal");
      body.add(`assert await refusal(${socket}) == ${status}`);
    }
  }

  /**
   * @param {Extract<Act, {do: "closed"}>} act
   * @param {string} socket
   */
  #closed({ client, step, raised }, socket) {
    const { body, words } = this;
    this.open.delete(client);
    if (raised || (step.code === FAILED && !step.reason)) return this.#raises(socket, raised);
    body.add(`closing = await ${socket}.receive_output(timeout=5)`);
    body.add('assert closing["type"] == "websocket.close"');
    body.add(`assert closing${step.code === 1000 ? '.get("code", 1000)' : '["code"]'} == ${step.code}`);
    if (step.reason) words.expect(body, step.reason, () => 'closing["reason"]', false);
    return body.add(`await ${socket}.disconnect(code=${step.code}, timeout=5)`);
  }

  /**
   * @param {string} socket
   * @param {Raised | undefined} raised
   */
  #raises(socket, raised) {
    const { body, words } = this;
    const name = raised?.name ?? "Exception";
    const module = MODULES[name];
    const isKnown = module !== undefined || BUILT_IN.split(" ").includes(name);
    if (module) this.exceptions.set(name, module);
    body.add(`with pytest.raises(${isKnown ? name : "Exception"})${raised ? " as raised" : ""}:`);
    body.add(`    await ${socket}.wait(timeout=5)`);
    if (!raised) return;
    if (!isKnown) body.add(`assert raised.type.__name__ == ${quoted(name)}`);
    words.expect(body, raised.text, () => "str(raised.value)", false);
  }

  /** @param {Extract<Act, {do: "request"}>} act */
  #request({ client, step, response }) {
    const { words, body } = this;
    const answer = response.body === null ? "_" : "body";
    words.needs.add("http");
    if (step.method === "GET" && !/\/($|\?)/.test(step.path)) words.needs.add("redirect"); // APPEND_SLASH
    if (this.conversation.hasCookies) {
      const args = [this.#cookies(client), quoted(step.method), words.string(step.path)];
      this.#demoUser(step.body);
      if (step.body !== null) args.push(words.string(step.body));
      body.add(`status, ${answer} = await ask(${args.join(", ")})`);
    } else {
      body.add(`status, ${answer} = await get(${words.string(step.path)})`);
    }
    body.add(`assert status == ${response.status}`);
    if (response.body === null) return;
    words.expect(
      body,
      response.body,
      (isJson) => {
        if (isJson) words.needs.add("json");
        return isJson ? "json.loads(body)" : "body";
      },
      false,
    );
  }

  /**
   * Whoever is going to log in, wherever that is, must exist.
   * @param {string | null} credentials
   */
  #demoUser(credentials) {
    try {
      const { username, password } = JSON.parse(credentials ?? "");
      if (typeof username !== "string" || typeof password !== "string") return;
      this.words.needs.add("sign_up");
      this.body.add(`await sign_up(${quoted(username)}, ${quoted(password)})`);
    } catch {
      // not what the view takes, and its answer says so
    }
  }

  /** @param {string} client */
  #socket(client) {
    return client ? this.words.name(client, "client") : "ws";
  }

  /** @param {string} client */
  #cookies(client) {
    return client ? this.words.name(`${client}_cookies`, "cookies") : "cookies";
  }
}
