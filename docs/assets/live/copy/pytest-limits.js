/** What a test without a server cannot say, and why. */

/** @import {Conversation} from "./conversation.js" */

/** Sandboxes of this site that are about the server itself, and why they have nothing to say without one. */
const NEEDS_A_SERVER = [
  {
    path: /^\/ws\/(raw|attacked\/deaf)\//,
    why: "This sandbox opens a connection to its own server, and behind a communicator there is none.",
  },
  {
    path: /^\/(wsgi|witness)\//,
    why: "WsgiToAsgi ends a response with an event without a body, which ASGI allows, and which Channels' HttpCommunicator cannot read.",
  },
  {
    path: /^\/news\/stream\//,
    why: "Django ends a stream with an event without a body, which ASGI allows, and which Channels' HttpCommunicator cannot read.",
  },
  {
    path: /^(\/ws)?\/orders\/(asking|night|threads|too-early)\//,
    why: "This is about threads, each with its connection to the database, and Channels' communicators have none closed that is old.",
  },
  {
    path: /^\/ws\/told\/.+\/(refusing|no-answer)\//,
    why: "After a refusal, or when nobody answers, a server tells the application that the client has gone, which this log shows, and a communicator does not.",
  },
  {
    path: /^(\/ws)?\/scope\//,
    why: "This is about what the server tells the application of a connection, and a communicator tells less.",
  },
];
/** Codes that a server sends on its own account. An application may send them, too, and then gives a reason. */
const OF_THE_SERVER = [1002, 1007, 1009, 1012];
const NO_CLOSE_FRAME = 1006;
/** What this site's server says of JSON that is nested too deep, before the consumer is asked. */
const TOO_DEEP = "JSON may be nested";
/** Exceptions with which Daphne answers an event that it cannot send. */
const RAISED_BY_THE_SERVER = /^(Socket has not been accepted|invalid close code)/;

/**
 * @param {Conversation} conversation
 * @returns {string | undefined}
 */
export function whyNot({ acts, connects, requests }) {
  const needy = NEEDS_A_SERVER.find(({ path }) => [...connects, ...requests].some((step) => path.test(step.path)));
  if (needy) return needy.why;
  if (acts.some((act) => JSON.stringify(act).includes(TOO_DEEP))) {
    return "This site's server looks at JSON before a consumer does; behind a communicator there is none.";
  }
  for (const act of acts) {
    if (act.do === "closed" && act.step.code === NO_CLOSE_FRAME) {
      return "1006 says that TCP ended without a close frame, and a communicator has neither.";
    }
    if (act.do === "closed" && OF_THE_SERVER.includes(act.step.code) && !act.step.reason) {
      return `${act.step.code} comes from the server, which guards the protocol; a communicator talks to the application without one.`;
    }
    if ("raised" in act && RAISED_BY_THE_SERVER.test(act.raised?.text ?? "")) {
      return "This exception comes from the server, which cannot send what the application asks of it. A communicator sends nothing, so nothing is raised.";
    }
  }
  return undefined;
}
