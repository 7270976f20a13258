"""An ASGI application that does as it is told in its query string: `do=` and a JSON list of acts.

`["accept", "chat"]`, `["text", "hi"]`, `["bytes", "00ff"]`, `["receive"]` (wait for a message),
`["close", 4001, "why"]`, `["raise", "ValueError", "why"]`, `["refuse", 403]`, `["drop"]` (end TCP without a close
frame), `["silence"]` (wait for the end); over HTTP `["answer", 200, "body"]`, or `["break off"]` in its middle.

It imports nothing of this project: testing/stage.py puts it on Daphne, in_page/tests into a page's own server.
"""

import json
from typing import Any
from urllib.parse import parse_qs


class Gone(Exception):
    """The client has left."""


async def hear(receive: Any) -> None:
    """The next event, which must not be the client's goodbye."""
    if (await receive())["type"] == "websocket.disconnect":
        raise Gone


async def converse(scope: Any, receive: Any, send: Any) -> None:
    """Over a WebSocket: one act after the other, and then whatever the client does until it goes."""
    await hear(receive)
    try:
        for act, *words in acts(scope):
            await perform(act, words, receive, send)
        while True:
            await hear(receive)
    except Gone:
        return


async def perform(act: str, words: list[Any], receive: Any, send: Any) -> None:
    match act, words:
        case "accept", [*subprotocol]:
            await send({"type": "websocket.accept", "subprotocol": subprotocol[0] if subprotocol else None})
        case "text", [text]:
            await send({"type": "websocket.send", "text": text})
        case "bytes", [data]:
            await send({"type": "websocket.send", "bytes": bytes.fromhex(data)})
        case "receive", []:
            await hear(receive)
        case "close", [code, reason]:
            await send({"type": "websocket.close", "code": code, "reason": reason})
        case "raise", [name, text]:
            raise type(name, (Exception,), {})(text)
        case "refuse", [status]:
            await send({"type": "websocket.http.response.start", "status": status, "headers": []})
            await send({"type": "websocket.http.response.body", "body": b""})
        case "drop", []:
            await send({"type": "websocket.drop"})
        case "silence", []:
            while True:
                await hear(receive)
        case _:
            raise ValueError(f"no act: {act} {words}")


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """Over HTTP: one answer, whole or not."""
    [(act, *words)] = acts(scope)
    status, body = words if act == "answer" else (200, "half of it")
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body.encode(), "more_body": act == "break off"})
    if act == "break off":
        raise ConnectionError("broken off, as told")


def acts(scope: Any) -> list[Any]:
    found: list[Any] = json.loads(parse_qs(scope["query_string"].decode())["do"][0])
    return found
