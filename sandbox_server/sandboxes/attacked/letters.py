"""Letters by number. Who may connect is checked by both consumers; who may read this letter, now, by one."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

# In a project a table, and the owner a foreign key.
LETTERS = {1: ("alice", "The key is under the mat."), 2: ("bob", "Happy birthday!")}


# --8<-- [start:trusting]
class LetterConsumer(AsyncJsonWebsocketConsumer):
    """Has asked once, in the handshake, and believes whatever number comes after."""

    async def connect(self) -> None:
        await self.accept()
        if not self.scope["user"].is_authenticated:
            await self.close(code=4401, reason="log in first")

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        number = content.get("letter") if isinstance(content, dict) else None
        owner, text = LETTERS.get(number, ("", "")) if isinstance(number, int) else ("", "")
        if self.may_read(owner):
            await self.send_json({"letter": number, "text": text})
        else:
            await self.send_json({"error": "no such letter"})

    def may_read(self, owner: str) -> bool:
        return owner != ""


# --8<-- [end:trusting]


# --8<-- [start:checked]
class CheckedLetterConsumer(LetterConsumer):
    """Asks with each message whether the log-in still stands, and whose the letter is."""

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        session = self.scope["session"]
        if await session.aexists(session.session_key):
            await super().receive_json(content, **kwargs)
        else:
            await self.close(code=4401, reason="logged out")

    def may_read(self, owner: str) -> bool:
        return owner == self.scope["user"].get_username()


# --8<-- [end:checked]
