"""An ASGI application that writes down each scope that it is called with, and each event that it is given.

`daphne testing.asgi_probe:application`, `uvicorn …`, and `python -m testing.asgi_probe PORT` for this site's own.
Each goes to the file PROBE_FILE, one line of JSON each: what it is, and the text of every field.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

REASON = "as you asked"
SUBPROTOCOL = "second"
HEADERS = [(b"x-probe", b"yes")]
STATUS = 418
CODE = 4321


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer with all that an application may send."""
    note(f"{scope['type']} scope", scope)

    async def heard() -> Any:
        event = await receive()
        note(event["type"], event)
        return event

    if scope["type"] == "http":
        await over_http(heard, send)
    elif scope["type"] == "websocket":
        await (refused if scope["path"] == "/refused/" else over_websocket)(scope, heard, send)
    elif scope["type"] == "lifespan":
        for _ in range(2):
            event = await heard()
            await send({"type": f"{event['type']}.complete"})


async def over_http(receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": STATUS, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"one ", "more_body": True})
    await send({"type": "http.response.body", "body": b"two"})
    await receive()


async def refused(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.http.response.start", "status": STATUS, "headers": HEADERS})
    await send({"type": "websocket.http.response.body", "body": b"one two"})


async def over_websocket(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL, "headers": HEADERS})
    while (event := await receive())["type"] == "websocket.receive":
        if event.get("text") == "close":
            await send({"type": "websocket.close", "code": CODE, "reason": REASON})
        else:
            await send({"type": "websocket.send", "text": event.get("text"), "bytes": event.get("bytes")})


def note(what: str, fields: dict[str, Any]) -> None:
    """Write it down at once: a server may be ended at any time."""
    told = {name: repr(value) for name, value in fields.items() if name != "asgi"}
    told |= {f"asgi.{name}": repr(value) for name, value in fields.get("asgi", {}).items()}
    told |= {f"extensions.{name}": repr(value) for name, value in (fields.get("extensions") or {}).items()}
    with Path(os.environ["PROBE_FILE"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps([what, told]) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
    from sandbox_server.observing.frames import ObservedServer

    ObservedServer(application, [f"tcp:{sys.argv[1]}:interface=127.0.0.1"]).run()
