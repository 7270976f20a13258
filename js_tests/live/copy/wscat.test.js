/** A conversation as acts, and as a command for a terminal. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Conversation } from "#live/copy/conversation.js";
import { toWscat } from "#live/copy/wscat.js";

const PLACES = { server: "http://127.0.0.1:8001", origin: "http://127.0.0.1:8000" };
const CONNECT = { do: "connect", path: "/ws/echo/", origin: null, subprotocols: [], user: null };
const send = (data, binary = false) => ({ do: "send", data, binary });
const receive = (data) => ({ do: "receive", data, binary: false });
const close = (code, reason = "") => ({ do: "close", code, reason });
const GET = [
  { do: "request", method: "GET", path: "/a/", body: null },
  { do: "response", status: 200, body: null },
];
const RAISED = { do: "raised", name: "E", text: "" };

const lines = (steps, client = "") => steps.map((step) => ({ client, step }));
const acts = (...steps) => new Conversation(lines(steps), "").acts.map((act) => act.do);
/** @returns {any} */
const command = (...steps) => toWscat(new Conversation(lines(steps), ""), PLACES);

test("a connect takes along what became of it, a close the exception behind it", () => {
  assert.deepEqual(acts(CONNECT, { do: "accepted", subprotocol: null }, send("a"), receive("a"), close(1000)), [
    "connect",
    "send",
    "receive",
    "close",
  ]);
  assert.deepEqual(acts(CONNECT, RAISED, { do: "refused", status: 500 }), ["refused"]);
  assert.deepEqual(acts(CONNECT, { do: "unanswered" }), ["unanswered"]);
  assert.deepEqual(acts(CONNECT, RAISED, { do: "closed", code: 1011, reason: null }, ...GET), [
    "connect",
    "closed",
    "request",
  ]);
  assert.deepEqual(acts(CONNECT, { do: "event", type: "a.b", json: null }, { do: "wait", ms: 1 }, RAISED), [
    "connect",
    "event",
    "wait",
    "raised",
  ]);
});

test("what was recorded of a reader may begin anywhere: without a connection nothing is said on it", () => {
  assert.deepEqual(acts(send("a"), receive("a"), close(1000), { do: "closed", code: 1000, reason: null }), []);
  assert.deepEqual(acts(CONNECT, CONNECT), ["connect", "close", "connect"]);
});

test("cookies are for whoever logs in or posts, and for all that these ask besides", () => {
  const none = new Conversation(lines([CONNECT, ...GET]), "");
  assert.equal(none.hasCookies, false);
  const alice = new Conversation([...lines([{ ...CONNECT, user: "alice" }], "a"), ...lines(GET, "b")], "");
  assert.deepEqual([...alice.cookieClients], ["a", "b"]);
  assert.equal(alice.overlaps, false);
  assert.equal(new Conversation([...lines([CONNECT], "a"), ...lines([CONNECT], "b")], "").overlaps, true);
  assert.equal(alice.has("request"), true);
});

test("messages that wait for nothing but answers go at once", () => {
  const { text, say } = command(CONNECT, send("a b"), receive("a b"));
  assert.equal(text, "wscat -c ws://127.0.0.1:8001/ws/echo/ -o http://127.0.0.1:8000 -x 'a b'\n");
  assert.match(say, /It sends, prints what comes/);
});

test("a pause, a close with a code and a message after an answer are typed, each in its time", () => {
  const paused = command(CONNECT, send("a"), { do: "wait", ms: 500 }, send("it's"), receive("a"), receive("b")).text;
  assert.match(
    paused,
    /^\(sleep 2; printf '%s\\n' a; sleep 1; sleep 0\.5; printf '%s\\n' 'it'\\''s'; sleep 1\) \| wscat/,
  );
  const closed = command({ ...CONNECT, subprotocols: ["x"] }, close(4000, "bye")).text;
  assert.match(closed, /^\(sleep 2; echo '\/close 4000 bye'; sleep 1\) \| wscat .* -s x --slash\n$/);
});

test("with nothing to send it says how it ends", () => {
  for (const [step, words] of [
    [{ do: "refused", status: 403 }, "which status refused it"],
    [{ do: "unanswered" }, "hung up"],
    [{ do: "closed", code: 4001, reason: null }, "with which code"],
    [receive("a"), "Ctrl+C ends it"],
  ])
    assert.ok(command(CONNECT, step).say.includes(words), String(words));
});

test("what wscat cannot do is said instead", () => {
  for (const [steps, why] of [
    [GET, "HTTP only"],
    [[CONNECT, ...GET], "makes HTTP requests"],
    [[CONNECT, close(1000), CONNECT], "one connection, and here are 2"],
    [[{ ...CONNECT, user: "alice" }], "logs in"],
    [[CONNECT, send("00", true)], "text only"],
    [[CONNECT, receive("${a}"), send("${a}")], "known beforehand"],
    [[CONNECT, send("/a"), close(4000)], "begins with one"],
  ])
    assert.ok(command(.../** @type {any[]} */ (steps)).why.includes(why), String(why));
  const two = new Conversation([...lines([CONNECT], "a"), ...lines([CONNECT], "b")], "");
  assert.match(/** @type {any} */ (toWscat(two, PLACES)).why, /one client, and here are 2/);
});
