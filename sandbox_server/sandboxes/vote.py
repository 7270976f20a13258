"""A vote of one: each connection has its own, and each message says of what kind it is."""

import json

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path


class VoteConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        self.votes = {"tea": 0, "coffee": 0}
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            message = json.loads(text_data or "")
        except (ValueError, RecursionError):
            await self.answer("error", error=f"not JSON: {(text_data or 'bytes')[:40]}")
            return
        match message:
            case {"kind": "vote", "choice": str(choice)} if choice in self.votes:
                self.votes[choice] += 1
                await self.answer("tally", votes=self.votes)
            case {"kind": "vote"}:
                await self.answer("error", error="choice: tea or coffee")
            case {"kind": "remark", "text": str(text)}:
                await self.answer("remark", text=text[:200])
            case {"kind": "surprise"}:
                await self.answer("confetti", colour="green")
            case _:
                await self.answer("error", error="kind: vote, remark or surprise")

    async def answer(self, kind: str, **details: object) -> None:
        await self.send(json.dumps({"kind": kind, **details}))


websocket_urlpatterns = [path("ws/vote/", VoteConsumer.as_asgi())]
