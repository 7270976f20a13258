"""Who is there, kept in two ways side by side: names in a set, and when each connection was last heard of.

Both live in this process's memory. In a project with several processes they belong into Redis or into the database.
"""

from secrets import token_hex
from time import monotonic
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import path

from sandbox_server.limits import PRESENCE_CHARACTERS, PRESENCE_MEMBERS
from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>

SECONDS = 2.0


class Register:
    """Of one room."""

    def __init__(self) -> None:
        self.connections = 0
        self.names: set[str] = set()  # connect() puts one in, disconnect() takes it out
        self.heard: dict[str, tuple[str, float]] = {}  # of each connection: whose it is, and until when that holds

    def beat(self, connection: str, name: str) -> None:
        self.heard[connection] = (name, monotonic() + SECONDS)

    def present(self) -> set[str]:
        """Those of whom something was heard. What has run out is forgotten here: nobody has to be told to."""
        now = monotonic()
        self.heard = {connection: it for connection, it in self.heard.items() if it[1] > now}
        return {name for name, _ in self.heard.values()}


registers: dict[str, Register] = {}


class PresenceConsumer(AsyncJsonWebsocketConsumer):
    """Each message is a beat, and its answer is who is there. After `crash` this connection's handler raises."""

    name = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always. The register of a room goes with its last connection, however that ends."""
        room = scope["url_route"]["kwargs"]["room"]
        self.register = registers.setdefault(room, Register())
        self.register.connections += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.register.connections -= 1
            if not self.register.connections:
                del registers[room]

    async def connect(self) -> None:
        await self.accept()
        if max(len(self.register.names), self.register.connections - 1) >= PRESENCE_MEMBERS:
            await self.close(code=4003, reason="full: try again later")
            return
        self.name = self.scope["url_route"]["kwargs"]["name"][:PRESENCE_CHARACTERS]
        self.connection = token_hex(8)
        self.register.names.add(self.name)
        await self.beat()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        if text_data == "crash":
            raise RuntimeError("nobody will call disconnect()")
        if self.name:
            await self.beat()

    async def beat(self) -> None:
        self.register.beat(self.connection, self.name)
        heard = self.register.present()
        await self.send_json({"set": " ".join(sorted(self.register.names)), "heard": " ".join(sorted(heard))})

    async def disconnect(self, code: int) -> None:
        if self.name:
            self.register.names.discard(self.name)
            self.register.heard.pop(self.connection, None)


websocket_urlpatterns = [path("ws/presence/<signed:room>/<slug:name>/", PresenceConsumer.as_asgi())]
