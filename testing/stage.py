"""`python -m testing.stage PORT`: the sandbox server, and beside it `/stage/…`, the application of testing/acts.py.

It is observed like any sandbox, so that both players can be shown every lie there is.
"""

from sandbox_server.observing.frames import ObservedServer  # isort: skip  (first: it chooses Twisted's reactor)

import os
import sys
from typing import Any

import django
from django.core.management import call_command

from testing.acts import answer, converse


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
