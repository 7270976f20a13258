"""Two views that say where they run."""

from django.http import HttpRequest, HttpResponse

from sandbox_server.sandboxes.async_views.witness import note, where


async def async_view(request: HttpRequest) -> HttpResponse:
    note(f"async def, {where()}")
    return HttpResponse("hello")


def sync_view(request: HttpRequest) -> HttpResponse:
    note(f"def, {where()}")
    return HttpResponse("hello")
