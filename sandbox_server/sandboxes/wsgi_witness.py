"""Small WSGI applications, right ones and wrong ones, and middleware that answers with all that passed."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import is_hop_by_hop
from wsgiref.validate import validator

from asgiref.sync import ThreadSensitiveContext
from asgiref.wsgi import WsgiToAsgi
from django.urls import path

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import WITNESSED_CALLS, WITNESSED_CALLS_PER_VISITOR
from sandbox_server.secret_headers import SECRET_HEADERS

PLAIN = [("Content-Type", "text/plain")]
SECRET = {"HTTP_" + name.decode().upper().replace("-", "_") for name in SECRET_HEADERS}


# --8<-- [start:applications]
def hello(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", PLAIN)
    return [b"hello"]


def countdown(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", PLAIN)
    for number in (3, 2, 1):
        yield b"%d" % number
        time.sleep(0.1)
    yield b"lift-off"


def text(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[Any]:
    start_response("200 OK", PLAIN)
    return ["hello"]  # str


def silent(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return [b"hello"]  # and no start_response


def upgrade(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("101 Switching Protocols", [*PLAIN, ("Upgrade", "websocket")])
    return []


def late(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", PLAIN)
    yield b"the first half"
    raise RuntimeError("but 200 is out")


# --8<-- [end:applications]


def witness(application: WSGIApplication) -> WSGIApplication:
    """WSGI middleware: calls an application as a server would, and makes a JSON list of what passes."""

    def passing(environ: WSGIEnvironment) -> Iterator[dict[str, Any]]:
        yield {"environ": {key: "(hidden)" if key in SECRET else value for key, value in environ.items()}}
        started: list[dict[str, Any]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[..., None]:
            for name, value in headers:
                assert not is_hop_by_hop(name), f"Hop-by-hop header, '{name}: {value}', not allowed"
            started.append({"start_response": [status, headers]})
            return lambda chunk: None

        try:
            with closing(validator(application)(environ, start_response)) as body:  # type: ignore[type-var]
                for chunk in body:
                    yield from started
                    started.clear()
                    yield {"chunk": chunk.decode("latin-1")}
        except Exception as error:
            yield from started
            yield {"raised": f"{type(error).__name__}: {error}"}

    def seen(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        for number, event in enumerate(passing(environ)):
            separator = ",\n" if number else "["
            yield (separator + json.dumps(event, default=lambda value: type(value).__name__)).encode()
        yield b"]\n"

    return seen


calls = Admission("calls", total=WITNESSED_CALLS, per_visitor=WITNESSED_CALLS_PER_VISITOR)


def in_its_own_thread(application: WSGIApplication) -> Any:
    """WsgiToAsgi with a thread for each call, as Django's handler gives its views; without it, all calls share one."""
    adapted = WsgiToAsgi(application)

    async def call(scope: Any, receive: Any, send: Any) -> None:
        try:
            with calls.admit(visitor_of(scope)):
                async with ThreadSensitiveContext():
                    await adapted(scope, receive, send)
        except Full as full:
            await send({"type": "http.response.start", "status": 503, "headers": [(b"retry-after", b"1")]})
            body = json.dumps({"error": f"{full} are running, try again"}).encode()
            await send({"type": "http.response.body", "body": body})

    return call


http_applications = [
    path(f"witness/{application.__name__}/", in_its_own_thread(witness(application)))
    for application in (hello, countdown, text, silent, upgrade, late)
]
