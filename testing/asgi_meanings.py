"""The fields that the ASGI specification names, scope by scope and event by event, and what each is."""

from __future__ import annotations

EVENT = {"type": "which event it is"}
RESPONSE = {"status": "the status, a number", "headers": "pairs of bytes"}
CALL = {
    "type": "which protocol it is",
    "asgi.version": "the version of ASGI",
    "asgi.spec_version": "the version of this protocol's part of it; left out, it is `2.0`",
}
CONNECTION = {
    "http_version": "`1.0`, `1.1` or `2`; left out, it is `1.1`",
    "scheme": "`http`, `https`, `ws` or `wss`; left out, it is the first of its kind",
    "path": "decoded, `str`",
    "raw_path": "the path as it came, `bytes`",
    "query_string": "as it came, `bytes`, without the `?`",
    "root_path": "where the application is mounted; left out, it is empty",
    "headers": "pairs of `bytes`, names in small letters",
    "client": "the other end's address and port",
    "server": "the address and port that it came to",
    "state": "what `lifespan` has put there, a copy for each call",
    "extensions": "what the server can do besides, by name",
    "extensions.http.response.trailers": "headers after the body",
    "extensions.websocket.http.response": "a handshake may be refused with a whole response",
}

MEANINGS: dict[str, dict[str, str]] = {
    "http scope": {
        **CALL,
        "method": "`GET`, in capitals",
        **{name: meaning for name, meaning in CONNECTION.items() if name != "extensions.websocket.http.response"},
    },
    "http.request": {
        **EVENT,
        "body": "a part of the body, `bytes`; left out, it is empty",
        "more_body": "whether another such event follows; left out, none does",
    },
    "http.disconnect": EVENT,
    "http.response.start": {**EVENT, **RESPONSE},
    "http.response.body": {**EVENT, "body": "a part of the body, `bytes`", "more_body": "whether another follows"},
    "websocket scope": {
        **CALL,
        **{name: meaning for name, meaning in CONNECTION.items() if name != "extensions.http.response.trailers"},
        "subprotocols": "those that the client offers",
    },
    "websocket.connect": EVENT,
    "websocket.receive": {
        **EVENT,
        "text": "the message, if it is text; else left out or `None`",
        "bytes": "the message, if it is bytes; else left out or `None`",
    },
    "websocket.disconnect": {
        **EVENT,
        "code": "the close code; 1005 if there was none, 1006 if there was no close frame",
        "reason": "the close frame's reason; left out, it is empty",
    },
    "websocket.accept": {
        **EVENT,
        "subprotocol": "the one that is chosen",
        "headers": "of the handshake's answer, pairs of bytes",
    },
    "websocket.send": {**EVENT, "text": "the message, if it is text", "bytes": "the message, if it is bytes"},
    "websocket.close": {**EVENT, "code": "4321 was tried", "reason": "at most 123 bytes of UTF-8"},
    "websocket.http.response.start": {**EVENT, **RESPONSE},
    "websocket.http.response.body": {**EVENT, "body": "the body, `bytes`"},
    "lifespan scope": {**CALL, "state": "where the application puts what all calls are to find"},
    "lifespan.startup": EVENT,
    "lifespan.startup.complete": EVENT,
    "lifespan.shutdown": EVENT,
    "lifespan.shutdown.complete": EVENT,
}

WITH_VALUE = {"asgi.version", "asgi.spec_version", "http_version", "scheme", "type"}
"""Fields whose value is the same at each call, and is printed."""
