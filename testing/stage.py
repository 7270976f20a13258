"""`python -m testing.stage PORT`: the sandbox server, and beside it `/stage/…`, an application that does as it is told.

What it is told stands in the query string, `do=` and a JSON list of acts: `["accept", "chat"]`, `["text", "hi"]`,
`["bytes", "00ff"]`, `["receive"]` (wait for a message), `["close", 4001, "why"]`, `["raise", "ValueError", "why"]`,
`["refuse", 403]`, `["drop"]` (end TCP without a close frame), `["silence"]` (wait for the end); over HTTP
`["answer", 200, "body"]`, or `["break off"]` in the middle of an answer. It is observed like any sandbox, so that both
players can be shown every lie there is.
"""

from sandbox_server.observing.frames import ObservedServer  # isort: skip  (first: it chooses Twisted's reactor)

import json
import os
import sys
from typing import Any
from urllib.parse import parse_qs

import django
from django.core.management import call_command


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


def main() -> None:
    """Serve until the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
    django.setup()
    call_command("migrate", verbosity=0)

    from starlette.middleware.cors import CORSMiddleware

    from sandbox_server.asgi import application as sandboxes
    from sandbox_server.observing.observer import Observer

    origins = os.environ["SANDBOX_ORIGINS"].split(",")
    headers = ["content-type", "x-csrftoken"]
    http = CORSMiddleware(answer, origins, ["GET", "POST"], headers, allow_credentials=True)
    websocket = Observer(converse)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        on_stage = scope["path"].startswith("/stage/")
        actor: Any = (http if scope["type"] == "http" else websocket) if on_stage else sandboxes
        await actor(scope, receive, send)

    endpoint = f"tcp:{sys.argv[1]}:interface=127.0.0.1"
    ObservedServer(application, [endpoint]).run()


if __name__ == "__main__":
    main()
