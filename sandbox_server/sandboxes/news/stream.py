"""News as server-sent events: an async view, and an async generator that lasts as long as the browser listens."""

import asyncio
import json
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

from channels.db import aclose_old_connections
from channels.layers import get_channel_layer
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import (
    NEWS_KEEP_ALIVE_SECONDS,
    NEWS_STREAM_SECONDS,
    NEWS_STREAMS,
    NEWS_STREAMS_PER_VISITOR,
)
from sandbox_server.sandboxes.news.newsroom import LAYER, items_after

HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # nobody on the way is to keep it, or keep it back
streams = Admission("streams", total=NEWS_STREAMS, per_visitor=NEWS_STREAMS_PER_VISITOR)


@require_GET
async def stream_news(request: ASGIRequest) -> HttpResponseBase:
    """From where the browser was. A status that is not 200 tells it not to come back."""
    room = await request.session.aget("newsroom")
    if room is None:
        return HttpResponse("publish something first", status=403)
    last_id = request.headers.get("Last-Event-ID") or request.GET.get("after")
    seconds = 0 if "brief" in request.GET else NEWS_STREAM_SECONDS
    return StreamingHttpResponse(
        events(visitor_of(request.scope), request.session.session_key, room["group"], last_id, seconds),
        content_type="text/event-stream",
        headers=HEADERS,
    )


async def events(visitor: str, key: Any, group: str, last_id: str | None, seconds: float) -> AsyncIterator[str]:
    """The text of one stream. Whoever leaves cancels it at the `await` where it waits: `finally` is run."""
    layer: Any = get_channel_layer(LAYER)
    channel = await layer.new_channel()
    ends = monotonic() + seconds
    try:
        with streams.admit(visitor):
            yield "retry: 1000\n\n"
            await layer.group_add(group, channel)  # first this, and then a look at what is there: nothing falls between
            missed = items_after(last_id, await SessionStore(key).aget("newsroom"))
            await aclose_old_connections()  # else it has a connection to the database for as long as it is open
            for item in missed:
                yield event(item)
            while (left := ends - monotonic()) > 0:
                try:
                    async with asyncio.timeout(min(left, NEWS_KEEP_ALIVE_SECONDS)):
                        item = (await layer.receive(channel))["item"]
                except TimeoutError:
                    yield ": still here\n\n"  # a comment: no event, but a sign of life for what is on the way
                else:
                    if item not in missed:
                        yield event(item)
    except Full as full:
        yield f"retry: 10000\nevent: full\ndata: {full} are open\n\n"
    finally:
        await layer.group_discard(group, channel)


def event(item: dict[str, str]) -> str:
    """Its fields, a line each, and the empty line that ends it. JSON holds no line end, so one `data:` will do."""
    return f"id: {item['id']}\ndata: {json.dumps(item)}\n\n"
