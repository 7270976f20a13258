"""The HTTP half: what the server says of itself, and the views that sandboxes bring along."""

from importlib.metadata import version
from platform import python_version

from django.http import HttpRequest, JsonResponse
from django.urls import path

from sandbox_server import sandboxes


def index(request: HttpRequest) -> JsonResponse:
    """What this is and which versions answer, for the widget's foot line and for those who open the port."""
    packages = {"Django": "django", "Channels": "channels", "Daphne": "daphne"}
    versions = {name: version(package) for name, package in packages.items()}
    return JsonResponse(
        {
            "this is": "the sandbox server of 101 Switching Protocols: the pages' widgets talk to it",
            "versions": {"Python": python_version(), **versions},
        }
    )


urlpatterns = [path("", index), *sandboxes.collect("urlpatterns")]
