"""A consumer that acknowledges each message and takes it once, and that fails when its client asks for it.

What it knows of a client lives in this process's memory. In a project that is a table, unique by client and message.
"""

import json
from time import monotonic
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import HttpRequest, JsonResponse
from django.urls import path

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import DURABLE_CLIENTS, DURABLE_CLIENTS_PER_VISITOR, DURABLE_MESSAGES, DURABLE_SECONDS
from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>

DROP: Any = {"type": "websocket.drop"}  # ends TCP without a close frame: an extension that this site's server has
HELP = "send say (id: 1 to 40 characters, text: at most 200), ping, or fault: drop, silence, refuse (seconds: 1 to 10)"


class Client:
    """What outlives a connection: the messages that were taken, by their ids."""

    def __init__(self, visitor: str = "") -> None:
        self.visitor = visitor  # among whose clients it counts
        self.connections = 0
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
remembered = Admission("clients", total=DURABLE_CLIENTS, per_visitor=DURABLE_CLIENTS_PER_VISITOR)


def remember(name: str, visitor: str) -> Client:
    """The client of that name. Nobody is forgotten to make room for it, only who is away for two minutes: or Full."""
    for old, it in list(clients.items()):
        if not it.connections and monotonic() - it.heard_at > DURABLE_SECONDS:
            del clients[old]
            remembered.leave(it.visitor)
    if name not in clients:
        remembered.enter(visitor)
        clients[name] = Client(visitor)
    clients[name].heard_at = monotonic()
    return clients[name]


class DurableConsumer(AsyncWebsocketConsumer):
    silent = False

    async def connect(self) -> None:
        try:
            self.client = remember(self.scope["url_route"]["kwargs"]["client"], visitor_of(self.scope))
        except Full as full:
            self.client = Client()  # of this connection alone, which ends here
            await self.accept()
            await self.answer({"kind": "error", "error": f"{full} are remembered: try again in {DURABLE_SECONDS} s"})
            await self.close(code=4429, reason=f"try again in {DURABLE_SECONDS} s")
            return
        self.client.connections += 1
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

    async def disconnect(self, code: int) -> None:
        self.client.connections -= 1
        self.client.heard_at = monotonic()

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
