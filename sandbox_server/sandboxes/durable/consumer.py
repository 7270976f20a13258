"""A consumer that acknowledges each message and takes it once, and that fails when its client asks for it.

What it has acknowledged stands in a table by then. If this process is killed, the next one knows it.
"""

import asyncio
import json
import re
from contextlib import suppress
from datetime import timedelta
from typing import Any
from weakref import WeakSet, WeakValueDictionary

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now

from sandbox_server.guards.admission import Full, visitor_of
from sandbox_server.limits import DURABLE_SECONDS
from sandbox_server.sandboxes.durable.models import DurableClient, DurableMessage

DROP: Any = {"type": "websocket.drop"}  # ends TCP without a close frame: an extension that this site's server has
HELP = "send say (id: 1 to 40 characters, text: at most 200), ping, or fault: drop, silence, refuse (seconds: 1 to 10)"
KEPT = re.compile("[^\0\ud800-\udfff]*")  # JSON can say half a character, and NUL: not every database takes them

connected: WeakSet["DurableConsumer"] = WeakSet()  # in this process, for as long as they are
turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # one for each visitor


class DurableConsumer(AsyncWebsocketConsumer):
    silent = False
    staying: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always; and whatever ends it, an exception too, it no longer says that its client is here."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.staying is not None:
                self.staying.cancel()

    async def connect(self) -> None:
        self.name, visitor = self.scope["url_route"]["kwargs"]["client"], visitor_of(self.scope)
        self.turn = turns.setdefault(visitor, asyncio.Lock())
        try:
            here = {consumer.name for consumer in connected}
            self.client = await self.ask(DurableClient.remember, self.name, visitor, here)
        except Full as full:
            self.client = DurableClient(name=self.name)  # of this connection alone, which ends here
            await self.accept()
            await self.answer({"kind": "error", "error": f"{full} are remembered: try again in {DURABLE_SECONDS} s"})
            await self.close(code=4429, reason=f"try again in {DURABLE_SECONDS} s")
            return
        connected.add(self)
        self.staying = asyncio.create_task(self.stay_known())
        if self.client.refused_until and now() < self.client.refused_until:
            await self.base_send({"type": "websocket.http.response.start", "status": 503, "headers": []})
            await self.base_send({"type": "websocket.http.response.body", "body": b"as you asked"})
        else:
            await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            message = json.loads(text_data or "")
        except (ValueError, RecursionError):
            message = None
        match message:
            case {"kind": "say", "id": str(key), "text": str(text)} if (
                0 < len(key) <= 40 and len(text) <= 200 and KEPT.fullmatch(key + text)
            ):
                if await self.ask(self.client.take, key, text):
                    await self.answer({"kind": "ack", "id": key})
                else:
                    await self.close(code=1013)  # forgotten: whoever comes back is remembered anew
            case {"kind": "ping"}:
                await self.answer({"kind": "pong"})
            case {"kind": "fault", "fault": "drop"}:
                await self.base_send(DROP)
            case {"kind": "fault", "fault": "refuse", "seconds": int(seconds)} if 1 <= seconds <= 10:
                await self.note(refused_until=now() + timedelta(seconds=seconds))
                await self.close(code=1013)  # try again later
            case {"kind": "fault", "fault": "silence"}:
                self.silent = True
            case _:
                await self.answer({"kind": "error", "error": HELP})

    async def disconnect(self, code: int) -> None:
        connected.discard(self)
        await self.note()

    async def stay_known(self) -> None:
        """Note again and again that the client is here, however silent: other processes do not see its connection."""
        while True:
            await asyncio.sleep(DURABLE_SECONDS / 4)
            with suppress(DatabaseError):  # it is away just now: the next time, then
                await self.note()

    async def note(self, **fields: Any) -> None:
        """That the client is here, and what else, in its row, if it is remembered."""
        await self.ask(DurableClient.objects.filter(name=self.name).update, heard_at=now(), **fields)

    async def ask(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """Ask the database. All of a visitor's connections take turns, or others would have to wait for all of them."""
        async with self.turn:
            return await database_sync_to_async(function)(*arguments, **named)

    async def answer(self, message: dict[str, str]) -> None:
        """Send, unless the client asked for silence: then the consumer goes on listening, and says nothing."""
        if not self.silent:
            await self.send(json.dumps(message))


def taken(request: HttpRequest, client: str) -> JsonResponse:
    """What the server has taken from this client, whether or not the client knows."""
    it = DurableClient.objects.filter(name=client).first() or DurableClient()
    texts = DurableMessage.objects.filter(client=client).order_by("pk").values_list("text", flat=True)
    return JsonResponse({"taken": it.taken, "repeats": it.repeats, "texts": list(texts)})
