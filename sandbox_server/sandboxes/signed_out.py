"""A socket that is closed the moment its user logs out."""

import asyncio
from hashlib import sha256
from typing import Any

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import path

LOOK_SECONDS = 1


class SignedInConsumer(AsyncJsonWebsocketConsumer):
    """Open for as long as its session exists, and no longer."""

    channel_layer_alias = "sign_out"

    async def connect(self) -> None:
        await self.accept()
        if not self.scope["user"].is_authenticated:
            await self.close(code=4401, reason="log in first")
            return
        session = self.scope["session"]
        await self.channel_layer.group_add(group_of(session.session_key), self.channel_name)
        if await session.aexists(session.session_key):
            await self.send_json({"signed_in": str(self.scope["user"])})
            self.looking = asyncio.create_task(self.look(session))
        else:  # it was deleted before this socket was in the group
            await self.close(code=4401, reason="logged out")

    async def look(self, session: Any) -> None:
        """A layer promises nothing: the message may be lost, or the layer be away. So the socket looks for itself."""
        while await self.is_there(session):  # noqa: ASYNC110 - a database sets no asyncio.Event
            await asyncio.sleep(LOOK_SECONDS)
        await self.close(code=4401, reason="logged out")

    async def is_there(self, session: Any) -> bool:
        try:
            return bool(await session.aexists(session.session_key))
        except OperationalError:  # the database does not answer just now: the next look will tell
            return True

    async def session_ended(self, event: dict[str, Any]) -> None:
        await self.close(code=4401, reason="logged out")

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "looking"):
            self.looking.cancel()
        if key := self.scope["session"].session_key:
            await self.channel_layer.group_discard(group_of(key), self.channel_name)


def group_of(session_key: str) -> str:
    """One group a session. Names of groups end up in logs, so this one does not hold the key."""
    return "session." + sha256(session_key.encode()).hexdigest()


@receiver(post_delete, sender=Session)
def tell_sockets(instance: Session, using: str, **kwargs: Any) -> None:
    """To log out is to delete the session. Once that is committed, its sockets hear of it."""
    group = group_of(instance.session_key)
    send = async_to_sync(get_channel_layer("sign_out").group_send)
    transaction.on_commit(lambda: send(group, {"type": "session.ended"}), using=using, robust=True)


websocket_urlpatterns = [path("ws/signed-in/", SignedInConsumer.as_asgi())]
