/**
 * What crosses from Python to JavaScript. Written by `make contract` from contract/ and live_docs/notation/steps.py:
 * change it there. `at`, `page_time`, `server_time`, `took` and `ms` are milliseconds.
 *
 * @typedef {{do: "connect", path: string, origin: string | null, subprotocols: string[], user: string | null}} Connect Open a WebSocket at `path`; log in as `user` first, where one is named.
 * @typedef {{do: "accepted", subprotocol: string | null}} Accepted The handshake succeeds (status 101), with this subprotocol or, if it is None, with none.
 * @typedef {{do: "unanswered"}} Unanswered The handshake gets no answer at all: in the end, the server drops TCP.
 * @typedef {{do: "send", data: string, binary: boolean}} Send The client sends one message.
 * @typedef {{do: "receive", data: string, binary: boolean}} Receive The next message from the server is this one; see `live_docs.notation.matching`.
 * @typedef {{do: "close", code: number, reason: string}} Close The client closes, with a code that a browser's close() takes.
 * @typedef {{do: "closed", code: number, reason: string | null}} Closed The server closes with this code; a reason is compared only where one is written.
 * @typedef {{do: "request", method: string, path: string, body: string | null}} Request One HTTP request; a POST carries a JSON body and the CSRF token.
 * @typedef {{do: "response", status: number, body: string | null}} Response The HTTP response has this status and, where one is written, this body.
 * @typedef {{do: "wait", ms: number}} Wait Let this many milliseconds pass.
 * @typedef {{do: "refused", status: number}} Refused The handshake is answered with an HTTP status other than 101.
 * @typedef {{do: "raised", name: string, text: string}} Raised This exception leaves the application; `text` is its message, in which `...` may stand for anything.
 * @typedef {{do: "event", type: string, json: string | null}} AsgiEvent This ASGI event comes in or goes out: its type and, where it is written, the rest of it as JSON.
 * @typedef {Connect | Accepted | Unanswered | Send | Receive | Close | Closed | Request | Response | Wait} ClientStep
 * @typedef {Refused} StatusStep
 * @typedef {Raised | AsgiEvent} ObserverStep
 * @typedef {Connect | Accepted | Unanswered | Send | Receive | Close | Closed | Request | Response | Wait | Refused | Raised | AsgiEvent} Step
 * @typedef {{type: string}} AsgiMessage An event of ASGI in JSON's types, bytes in hexadecimal.
 * @typedef {{client: string, connection: string, at: number}} Told What each event carries besides: whose connection it was, its name, and the server's clock in milliseconds.
 * @typedef {Told & {lane: "wire", type: "handshake.request", text: string}} HandshakeRequest The head of the client's request, as it crossed, secrets hidden.
 * @typedef {Told & {lane: "wire", type: "handshake.response", text: string}} HandshakeResponse The head of the server's response, as it crossed, secrets hidden.
 * @typedef {Told & {lane: "wire", type: "frame", way: "in" | "out", fin: boolean, rsv: number, opcode: number, mask: string | null, length: number, payload: string, cut: boolean}} Frame One frame, field by field (RFC 6455, 5.2); mask and payload in hexadecimal, the payload unmasked.
 * @typedef {Told & {lane: "asgi", type: "scope", layer: "server" | "consumer", python: string, added: string[]}} Scope A scope as Python prints it, where the server made it or the consumer got it, and the keys added between.
 * @typedef {Told & {lane: "asgi", type: "event", way: "in" | "out", event: AsgiMessage, python: string}} AsgiEventObserved An event of ASGI, as JSON and as Python prints it.
 * @typedef {Told & {lane: "consumer", type: "handler", handler: string}} Handler One of the consumer's methods begins.
 * @typedef {Told & {lane: "consumer", type: "handler.end", handler: string, took: number}} HandlerEnd It has ended, after so many milliseconds.
 * @typedef {Told & {lane: "consumer", type: "exception", name: string, text: string, where: string}} RaisedObserved An exception left the application; `where` is the innermost line of a sandbox that it went through.
 * @typedef {HandshakeRequest | HandshakeResponse | Frame | Scope | AsgiEventObserved | Handler | HandlerEnd | RaisedObserved} Observed
 * @typedef {{kind: "ready"}} Ready The observation has begun.
 * @typedef {{kind: "clock", page_time: number | null, server_time: number}} Clock The answer to `{"kind": "clock", "page_time": …}`, by which the page aligns the two clocks (milliseconds).
 * @typedef {{kind: "lost", count: number}} Lost So many events were dropped, because the page did not keep up.
 * @typedef {{kind: "observed", events: Observed[]}} Happened Events, in the order in which they happened; each an `Observed` described, and `Told`.
 * @typedef {Ready | Clock | Lost | Happened} Message
 */

/** Steps that only an observer of the server's half is told. @type {ReadonlySet<string>} */
export const OBSERVER_STEPS = new Set(["raised", "event"]);

/** Steps that the server's half shows: they have an order of their own. @type {ReadonlySet<string>} */
export const SERVER_STEPS = new Set(["refused", "raised", "event"]);

export const SERVER = "/server/";
export const PARAMETER = "observe";
export const OVER = 4408;
export const STEP_PATIENCE_MS = 5000;
export const HANDSHAKE_PATIENCE_MS = 15000;
