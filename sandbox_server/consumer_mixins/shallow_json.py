"""Answers JSON that is nested too deep with an error message, in consumers that have Channels read it.

Python's reader of JSON takes each level from the stack, and raises RecursionError at its end; that would end the
consumer, and its connection with 1011. Here the connection goes on. Consumers that read messages themselves say
themselves what they do not understand.
"""

from __future__ import annotations

import json
import re
from functools import wraps
from typing import Any

from channels.consumer import AsyncConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from sandbox_server.limits import JSON_LEVELS

STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Possessive throughout, so that no text takes longer than its length."""

ERROR = json.dumps({"kind": "error", "error": f"JSON may be nested {JSON_LEVELS} levels deep"})


class ShallowJson(AsyncConsumer):
    """A mixin that stands in front of a consumer's class. All but one kind it leaves as they are."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if getattr(cls, "receive", None) is AsyncJsonWebsocketConsumer.receive:
            cls.receive = receive  # type: ignore[attr-defined]


@wraps(AsyncJsonWebsocketConsumer.receive)
async def receive(self: Any, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
    if is_deep(text_data):
        await self.send(ERROR)
    else:
        await AsyncJsonWebsocketConsumer.receive(self, text_data, bytes_data, **kwargs)


def is_deep(text: str | None) -> bool:
    """Whether brackets are nested deeper than that, in and between strings that are no part of it."""
    if not text or text.count("[") + text.count("{") <= JSON_LEVELS:
        return False
    depth = 0
    for found in STRING_OR_BRACKET.finditer(text):
        if (first := found[0][0]) in "[{":
            depth += 1
            if depth > JSON_LEVELS:
                return True
        elif first in "]}":
            depth -= 1
    return False
