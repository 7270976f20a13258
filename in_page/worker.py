"""What the worker's JavaScript calls, in Pyodide: it starts the server, and carries orders there and news back."""

from __future__ import annotations

import logging
from functools import cache
from importlib.metadata import version
from platform import python_version
from typing import Any

import js
from pyodide.ffi import to_js

from in_page import live_server, threads
from in_page.boot import belong_to, boot
from in_page.edit import Editor, Failed
from in_page.image import PROJECT, freeze
from in_page.reading import read
from in_page.server import Server, Tracebacks

PACKAGES = {"Django": "django", "Channels": "channels", "websockets": "websockets"}


@cache
def versions() -> dict[str, str]:
    """Which packages answer, and their versions."""
    return {"Python": python_version(), **{name: version(package) for name, package in PACKAGES.items()}}


def prepare() -> Any:
    """The application: all of a start that is the same in every page."""
    threads.install()
    live_server.install()
    versions()
    with threads.as_in_a_thread():
        return boot(PROJECT)


def make_image() -> None:
    """As far as a memory image goes: Node.js writes it down after this."""
    prepare()
    freeze()


class Worker:
    """The one of this page."""

    def __init__(self, origin: str, user_agent: str, post: Any) -> None:
        """`post` sends one message to the page."""
        self.post = post
        application = prepare()
        belong_to(origin)
        self.server = Server(application, origin, user_agent, self.tell)
        self.editor: Editor | None = None
        logging.getLogger("in_page").addHandler(Tracebacks(self.tell, PROJECT))

    def tell(self, kind: str, number: int, fields: dict[str, Any]) -> None:
        message = {"tell": kind, "id": number, **fields}
        self.post(to_js(message, dict_converter=js.Object.fromEntries))

    def versions(self) -> Any:
        return to_js(versions(), dict_converter=js.Object.fromEntries)

    def open(self, number: int, url: str, subprotocols: Any, origin: str) -> None:
        self.server.open(number, url, subprotocols.to_py(), origin)

    def send(self, number: int, data: Any) -> None:
        self.server.send(number, data if isinstance(data, str) else data.to_bytes())

    def close(self, number: int, code: int | None, reason: str) -> None:
        self.server.close(number, code, reason)

    def fetch(self, number: int, method: str, url: str, headers: Any, body: Any) -> None:
        self.server.fetch(number, method, url, headers.to_py(), body.to_bytes())

    def abort(self, number: int) -> None:
        self.server.abort(number)

    def edit(self, number: int, files: Any) -> None:
        """Make the application anew with these texts; the page is told of a traceback, empty if all went well."""
        if self.editor is None:
            self.editor = Editor(PROJECT)
            self.editor.start()
        traceback = ""
        try:
            with threads.as_in_a_thread():
                self.server.application = self.editor.edit(files.to_py())
        except Failed as failed:
            traceback = str(failed)
        self.tell("edited", number, {"traceback": traceback})

    def read(self, number: int, text: str) -> None:
        """Read a transcript; the page is told of its lines, or of what is wrong with them."""
        self.tell("read", number, {"transcript": read(text)})
