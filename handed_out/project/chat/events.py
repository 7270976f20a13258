"""Server-sent events: what is said to a group, in each page that listens."""

import asyncio
import json

from channels.layers import get_channel_layer
from django.http import StreamingHttpResponse

QUIET_SECONDS = 15


async def stream(request, room):
    return StreamingHttpResponse(
        events(f"chat.{room}"),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


async def events(group):
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    try:
        yield ": welcome\n\n"  # a comment, so that the answer begins
        while True:
            try:
                async with asyncio.timeout(QUIET_SECONDS):
                    message = await layer.receive(channel)
            except TimeoutError:
                yield ": still here\n\n"
            else:
                yield f"data: {json.dumps(message)}\n\n"
    finally:  # the visitor has left
        await layer.group_discard(group, channel)
