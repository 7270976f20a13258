/** The kinds of text that a conversation can be copied as. */

import { Conversation } from "./conversation.js";
import { toJavaScript } from "./javascript.js";
import { toPytest } from "./pytest.js";
import { toPython } from "./python.js";
import { toWscat } from "./wscat.js";

/** @import {Copied, Places, Spoken} from "./conversation.js" */

/** @type {Record<string, {name: string, write: (conversation: Conversation, places: Places) => Copied}>} */
export const KINDS = {
  wscat: { name: "a wscat command", write: toWscat },
  python: { name: "a Python script", write: toPython },
  javascript: { name: "JavaScript for a page", write: toJavaScript },
  pytest: { name: "a test for pytest", write: toPytest },
};

/**
 * @param {string} kind One of KINDS.
 * @param {Spoken[]} lines
 * @param {string} title
 * @param {Places} places
 * @returns {Copied}
 */
export function copied(kind, lines, title, places) {
  const conversation = new Conversation(lines, title);
  if (conversation.acts.length === 0) return { why: "Nothing has happened here yet." };
  return /** @type {typeof KINDS[string]} */ (KINDS[kind]).write(conversation, places);
}
