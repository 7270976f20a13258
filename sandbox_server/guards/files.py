"""How many files of the built site a visitor may ask for in a minute. More are told 429.

They are counted by themselves: a file takes no thread, and a first visit asks for hundreds, since a browser is then
given all that it needs to do without a network.
"""

from __future__ import annotations

from typing import Any

from sandbox_server.guards.admission import visitor_of
from sandbox_server.guards.rates import Rates
from sandbox_server.limits import FILES_PER_MINUTE


class Files:
    """ASGI middleware: what `site` has comes from there, and all else from the application."""

    def __init__(self, application: Any, site: Any, rates: Rates) -> None:
        self.application, self.site, self.rates = application, site, rates

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not self.site.has(scope["path"]):
            await self.application(scope, receive, send)
        elif seconds := await self.rates.seconds_to_wait("files", FILES_PER_MINUTE, visitor_of(scope)):
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"%d" % seconds)]
            await send({"type": "http.response.start", "status": 429, "headers": headers})
            words = f"Only {FILES_PER_MINUTE} files a minute for your address: try again in {seconds} s.\n"
            await send({"type": "http.response.body", "body": words.encode()})
        else:
            await self.site(scope, receive, send)
