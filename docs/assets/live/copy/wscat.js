/** A conversation as a command: `wscat` is one client with one connection, and shows what comes. */

import { wordsOf } from "./checks.js";
import { ANONYMOUS } from "./conversation.js";

/** @import {Act, Conversation, Copied, Places} from "./conversation.js" */

/** How long the command waits for wscat to be connected, and for an answer. */
const SECONDS_TO_CONNECT = 2;
const SECONDS_TO_ANSWER = 1;

/** How the command ends by itself, and what it says then. @type {Record<string, string>} */
const ENDINGS = {
  refused: "It says which status refused it.",
  unanswered: "After some seconds it says that the server hung up.",
  closed: "It says with which code the server closed.",
};

/**
 * What an act is to the order of messages: one that goes, one that comes, a pause, or nothing of the kind.
 * @type {Record<Act["do"], ">" | "<" | "." | "">}
 */
const SIGNS = {
  connect: "",
  refused: "",
  unanswered: "",
  send: ">",
  receive: "<",
  close: "",
  closed: "",
  request: "",
  wait: ".",
  raised: "",
  event: "",
};

/**
 * @param {Conversation} conversation
 * @param {Places} places
 * @returns {Copied}
 */
export function toWscat(conversation, places) {
  const why = whyNot(conversation);
  if (why) return { why };
  const connect = /** @type {import("../notation/contract.js").Connect} */ (conversation.connects[0]);
  const words = [
    "wscat",
    "-c",
    shell(places.server.replace(/^http/, "ws") + connect.path),
    "-o",
    shell(connect.origin ?? places.origin),
  ];
  for (const name of connect.subprotocols) words.push("-s", shell(name));
  return form(conversation, words);
}

/**
 * @param {Conversation} conversation
 * @returns {string | undefined}
 */
function whyNot({ acts, connects, clients, requests }) {
  if (connects.length === 0) return "wscat speaks WebSocket, and this is HTTP only.";
  if (clients.length > 1) return `wscat is one client, and here are ${clients.length}.`;
  if (requests.length) return "wscat speaks WebSocket only, and this makes HTTP requests as well.";
  if (connects.length > 1) return `wscat opens one connection, and here are ${connects.length}.`;
  if (connects.some(({ user }) => user !== null && user !== ANONYMOUS))
    return "Somebody logs in here, and wscat has neither cookies nor a way to get them.";
  if (acts.some((act) => (act.do === "send" || act.do === "receive") && act.step.binary))
    return "wscat sends text only, and shows bytes as if they were text.";
  if (acts.some((act) => act.do === "send" && wordsOf(act.step.data).some((word) => "known" in word))) {
    return "What is sent here depends on what came before, and wscat's messages have to be known beforehand.";
  }
  return undefined;
}

/**
 * Messages that need not wait for anything but the answers to those before them can all go at once (-x). Others are
 * typed, here by the shell, each after a while.
 * @param {Conversation} conversation
 * @param {string[]} words
 * @returns {Copied}
 */
function form({ acts }, words) {
  const sends = acts.flatMap((act) => (act.do === "send" ? [act.step.data] : []));
  const close = acts.flatMap((act) => (act.do === "close" ? [act.step] : []))[0];
  const hasOwnClose = close !== undefined && (close.code !== 1000 || close.reason !== "");
  const isClosed = acts.some((act) => act.do === "closed");
  if (sends.length === 0 && !hasOwnClose) {
    const ending = acts.map((act) => ENDINGS[act.do]).find(Boolean) ?? "Ctrl+C ends it.";
    return written(words.join(" "), ending);
  }
  if (!hasOwnClose && !isClosed && canGoAtOnce(acts)) {
    const executed = sends.flatMap((text) => ["-x", shell(text)]);
    return written([...words, ...executed].join(" "), "It sends, prints what comes, and ends after two seconds.");
  }
  const typed = [`sleep ${SECONDS_TO_CONNECT}`];
  for (const act of acts) {
    if (act.do === "send") typed.push(`printf '%s\\n' ${shell(act.step.data)}`, `sleep ${SECONDS_TO_ANSWER}`);
    else if (act.do === "wait") typed.push(`sleep ${act.step.ms / 1000}`);
  }
  if (hasOwnClose) {
    if (sends.some((text) => text.startsWith("/")))
      return {
        why: "To close with a code, wscat takes lines that begin with a slash as commands, and a message here begins with one.",
      };
    words.push("--slash");
    typed.push(`echo ${shell(`/close ${close.code} ${close.reason}`.trim())}`, `sleep ${SECONDS_TO_ANSWER}`);
  }
  return written(
    `(${typed.join("; ")}) | ${words.join(" ")}`,
    "The part in parentheses types for you, with a pause before each line.",
  );
}

/**
 * Whether each message has one answer, or all answers come after the last message.
 * @param {Act[]} acts
 */
function canGoAtOnce(acts) {
  const order = acts.map((act) => SIGNS[act.do]).join("");
  return /^(><)*>*<*$/.test(order);
}

/**
 * @param {string} text
 * @param {string} ending
 */
function written(text, ending) {
  return {
    text: `${text}\n`,
    say: `For a terminal: npm install -g wscat. ${ending} It checks nothing: you read what it prints.`,
  };
}

/**
 * Quoted for a POSIX shell, where it has to be.
 * @param {string} text
 */
function shell(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}
