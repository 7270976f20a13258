"""One module a sandbox: its consumers and its routes, plain Channels, short enough to print on a page.

A module in this folder is found by itself, and so is a package, where a sandbox takes several modules. It names what it
adds to the server: `websocket_urlpatterns` (consumers), `urlpatterns` (Django views), `http_applications` (bare ASGI
applications, routed in front of Django).
"""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern


def collect(name: str) -> list[URLPattern]:
    """The routes that all sandbox modules list under a name, in the order of the modules' names."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return [route for module in modules for route in getattr(module, name, [])]
