"""The HTTP half: what the server says of itself, and the views that sandboxes bring along."""

from importlib.metadata import version
from importlib.util import find_spec
from platform import python_version
from secrets import token_urlsafe

from django.http import HttpRequest, JsonResponse
from django.urls import path

from contract.observation import SERVER
from sandbox_server import sandboxes
from sandbox_server.observing.recording import COOKIE


def index(request: HttpRequest) -> JsonResponse:
    """What this is and which versions answer, for the widget's foot line and for those who open the port.

    In a reader's page (`in_page`) there is no Daphne.

    It also gives the visitor the cookie by which their observations are told from everybody else's.
    """
    packages = {"Django": "django", "Channels": "channels", "Daphne": "daphne"}
    versions = {name: version(package) for name, package in packages.items() if find_spec(package)}
    response = JsonResponse(
        {
            "this is": "the sandbox server of 101 Switching Protocols: the pages' widgets talk to it",
            "versions": {"Python": python_version(), **versions},
        }
    )
    if COOKIE not in request.COOKIES:
        response.set_cookie(COOKIE, token_urlsafe(16), httponly=True, samesite="Lax", secure=request.is_secure())
    return response


handler400 = "sandbox_server.guards.database_away.bad_request"
handler500 = "sandbox_server.guards.database_away.server_error"
urlpatterns = [path("", index), path(SERVER.removeprefix("/"), index), *sandboxes.collect("urlpatterns")]
