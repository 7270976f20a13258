"""Where news come from, and polling. Each visitor has a newsroom in their session, which no stranger reads."""

from secrets import token_hex
from typing import Any

from channels.layers import get_channel_layer
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from sandbox_server.limits import NEWS_CHARACTERS, NEWS_KEPT

LAYER = "rooms"


@require_http_methods(["GET", "POST"])
async def news(request: HttpRequest) -> JsonResponse:
    """A POST publishes. A GET is one poll: what has come after the item that the client has."""
    if request.method == "POST":
        return JsonResponse(await publish(request.session, request.body.decode(errors="replace")))
    room = await request.session.aget("newsroom")
    return JsonResponse({"news": items_after(request.GET.get("after"), room)})


async def publish(session: Any, text: str) -> dict[str, str]:
    """Keep it, and tell the group: whoever is on line, by whatever way."""
    room = await session.aget("newsroom") or {"group": f"news.{token_hex(8)}", "items": []}
    number = int(room["items"][-1]["id"]) + 1 if room["items"] else 1
    item = {"id": str(number), "text": text[:NEWS_CHARACTERS]}
    room["items"] = [*room["items"], item][-NEWS_KEPT:]
    await session.aset("newsroom", room)
    try:
        await session.asave()  # before anybody hears of it: who comes back has to find it there
    except UpdateError as error:
        raise SessionInterrupted("this session has ended: publish again") from error
    layer: Any = get_channel_layer(LAYER)
    await layer.group_send(room["group"], {"type": "news.item", "item": item})
    return item


def items_after(last_id: str | None, room: Any) -> list[dict[str, str]]:
    """What a client with this item lacks. After an id that is not kept, or never was: all that is kept."""
    items = room["items"] if room else []
    ids = [item["id"] for item in items]
    return items[ids.index(last_id) + 1 :] if last_id in ids else items
