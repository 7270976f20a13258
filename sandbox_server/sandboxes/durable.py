"""A consumer that acknowledges each message and takes it once, and that fails when its client asks for it.

What it knows of a client lives in this process's memory. In a project that is a table, unique by client and message.
"""

import json
from time import monotonic
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import HttpRequest, JsonResponse
from django.urls import path

from sandbox_server.limits import DURABLE_CLIENTS, DURABLE_MESSAGES, DURABLE_SECONDS
from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>

DROP: Any = {"type": "websocket.drop"}  # ends TCP without a close frame: an extension that this site's server has
HELP = "send say (id: 1 to 40 characters, text: at most 200), ping, or fault: drop, silence, refuse (seconds: 1 to 10)"


class Client:
    """What outlives a connection: the messages that were taken, by their ids."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[float, str]] = {}
        self.total = self.repeats = 0
        self.heard_at = self.refused_until = 0.0

    def take(self, key: str, text: str) -> None:
        """Take a message, unless this is the second time that it comes."""
        if key in self.taken:
            self.repeats += 1
            return
        now = monotonic()
        self.taken = {old: it for old, it in self.taken.items() if now - it[0] < DURABLE_SECONDS}
        if len(self.taken) == DURABLE_MESSAGES:
            del self.taken[next(iter(self.taken))]  # the oldest
        self.taken[key] = (now, text)
        self.total += 1


clients: dict[str, Client] = {}


def remember(name: str) -> Client:
    """The client of that name. Forgets those unheard of for two minutes, and the oldest if there are too many."""
    for old in [old for old, it in clients.items() if monotonic() - it.heard_at > DURABLE_SECONDS]:
        del clients[old]
    client = clients.pop(name, None) or Client()
    if len(clients) == DURABLE_CLIENTS:
        del clients[next(iter(clients))]
    clients[name] = client
    client.heard_at = monotonic()
    return client


class DurableConsumer(AsyncWebsocketConsumer):
    silent = False

    async def connect(self) -> None:
        self.client = remember(self.scope["url_route"]["kwargs"]["client"])
        if monotonic() < self.client.refused_until:
            await self.base_send({"type": "websocket.http.response.start", "status": 503, "headers": []})
            await self.base_send({"type": "websocket.http.response.body", "body": b"as you asked"})
        else:
            await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.client.heard_at = monotonic()
        try:
            message = json.loads(text_data or "")
        except (ValueError, RecursionError):
            message = None
        match message:
            case {"kind": "say", "id": str(key), "text": str(text)} if 0 < len(key) <= 40 and len(text) <= 200:
                self.client.take(key, text)
                await self.answer({"kind": "ack", "id": key})
            case {"kind": "ping"}:
                await self.answer({"kind": "pong"})
            case {"kind": "fault", "fault": "drop"}:
                await self.base_send(DROP)
            case {"kind": "fault", "fault": "refuse", "seconds": int(seconds)} if 1 <= seconds <= 10:
                self.client.refused_until = monotonic() + seconds
                await self.close(code=1013)  # try again later
            case {"kind": "fault", "fault": "silence"}:
                self.silent = True
            case _:
                await self.answer({"kind": "error", "error": HELP})

    async def answer(self, message: dict[str, str]) -> None:
        """Send, unless the client asked for silence: then the consumer goes on listening, and says nothing."""
        if not self.silent:
            await self.send(json.dumps(message))


async def taken(request: HttpRequest, client: str) -> JsonResponse:
    """What the server has taken from this client, whether or not the client knows."""
    it = clients.get(client) or Client()
    return JsonResponse({"taken": it.total, "repeats": it.repeats, "texts": [text for _, text in it.taken.values()]})


websocket_urlpatterns = [path("ws/durable/<signed:client>/", DurableConsumer.as_asgi())]
urlpatterns = [path("durable/<signed:client>/", taken)]
