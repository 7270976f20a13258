/** The file around a test: what it imports, the functions that it calls, its name and its marks. */

import { ANSWER, ASK, COOKIE_HEADER, FOLLOW, GET, LOG_IN, REFUSAL, SIGN_UP } from "./pytest-helpers.js";
import { docstring, quoted } from "./python-words.js";

/** @import {Conversation, Places} from "./conversation.js" */
/** @import {Lines} from "./writing.js" */

/**
 * @typedef {object} Parts
 * @property {Conversation} conversation
 * @property {Places} places
 * @property {Lines} body What the test does.
 * @property {Set<string>} needs What has to be there for it.
 * @property {Map<string, string>} exceptions Those to import, and where from.
 * @property {(client: string) => string} cookiesOf The variable that holds a client's cookies.
 */

/** @param {Parts} parts */
export function fileOf(parts) {
  const helpers = helpersOf(parts).map((helper) => `\n${helper}`);
  return `${[headOf(parts), ...helpers, `\n${functionOf(parts)}`].join("\n\n")}\n`;
}

/**
 * The test itself: its marks, its name, the cookies that it begins with, and what it does.
 * @param {Parts} parts
 */
function functionOf({ conversation, body, cookiesOf }) {
  const name = conversation.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  // Not only where somebody logs in: at its end, any consumer looks after its database connections.
  const lines = ["@pytest.mark.asyncio", "@pytest.mark.django_db(transaction=True)"];
  lines.push(`async def test_${name || "the_conversation"}():`);
  for (const client of conversation.cookieClients) lines.push(`    ${cookiesOf(client)} = SimpleCookie()`);
  return [...lines, body.text].join("\n");
}

/**
 * What it is, what it imports, and what is the same for all that it does.
 * @param {Parts} parts
 */
function headOf({ conversation, places, exceptions, needs }) {
  const { hasCookies } = conversation;
  const standard = ["asyncio", "json", "re"].filter((name) => needs.has(name)).map((name) => `import ${name}`);
  if (hasCookies) standard.push("from http.cookies import SimpleCookie");
  for (const [name, module] of exceptions) if (module === "json") standard.push(`from json import ${name}`);
  const communicators = [
    ...(needs.has("http") ? ["HttpCommunicator"] : []),
    ...(needs.has("websocket") ? ["WebsocketCommunicator"] : []),
  ];
  const others = [
    `from channels.testing import ${communicators.join(", ")}`,
    "from django.conf import settings",
    ...(needs.has("log_in") || needs.has("sign_up") ? ["from django.contrib.auth import get_user_model"] : []),
    ...Array.from(exceptions, ([name, module]) => (module === "json" ? "" : `from ${module} import ${name}`)),
    ...(needs.has("log_in") ? ["from django.test import AsyncClient"] : []),
    "from django.utils.module_loading import import_string",
  ].filter(Boolean);
  const constants = ["application = import_string(settings.ASGI_APPLICATION)"];
  if (needs.has("origin")) constants.push(`ORIGIN = (b"origin", b${quoted(places.origin)})`);
  const imports = [...standard, ...(standard.length ? [""] : []), "import pytest", ...others.toSorted()];
  return [`"""${docstring(conversation.title)}"""`, "", ...imports, "", ...constants].join("\n");
}

/** @param {Parts} parts */
function helpersOf({ conversation, needs }) {
  const helpers = [];
  if (conversation.hasCookies) helpers.push(COOKIE_HEADER);
  const follow = needs.has("redirect") ? FOLLOW : "";
  if (needs.has("ask")) helpers.push(ASK + follow.replace("get(", 'ask(cookies, "GET", ') + ANSWER);
  else if (needs.has("http")) helpers.push(GET + follow + ANSWER);
  if (needs.has("sign_up")) helpers.push(SIGN_UP);
  if (needs.has("log_in")) helpers.push(LOG_IN);
  if (needs.has("refusal")) helpers.push(REFUSAL);
  return helpers;
}
