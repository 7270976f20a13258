import pytest
from channels.layers import get_channel_layer
from django.test import AsyncClient


@pytest.mark.asyncio
async def test_a_stream_tells_what_is_said():
    response = await AsyncClient().get("/events/lobby/")
    parts = aiter(response.streaming_content)
    assert await anext(parts) == b": welcome\n\n"
    await get_channel_layer().group_send("chat.lobby", {"type": "chat.message", "text": "hello"})
    assert await anext(parts) == b'data: {"type": "chat.message", "text": "hello"}\n\n'
    await parts.aclose()
