"""Two services are asked, each of which takes its time: one after the other, or both at once."""

import asyncio

from django.http import HttpRequest, HttpResponse

from sandbox_server.sandboxes.async_views.witness import note


async def ask(service: str) -> str:
    note(f"{service} is asked")
    await asyncio.sleep(0.2)  # stands for `await client.get(…)` of an async HTTP library
    note(f"{service} answers")
    return service


async def in_turn(request: HttpRequest) -> HttpResponse:
    weather = await ask("the weather")
    trains = await ask("the railway")
    return HttpResponse(f"{weather}, {trains}")


async def at_once(request: HttpRequest) -> HttpResponse:
    weather, trains = await asyncio.gather(ask("the weather"), ask("the railway"))
    return HttpResponse(f"{weather}, {trains}")
