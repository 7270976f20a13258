"""The site's own 404: what a reader sees who has followed a dead link."""

from __future__ import annotations

from typing import Any

HTML = b"text/html"


class NotFound:
    """ASGI middleware: in the place of a 404 in HTML, which is Django's where no route matches, comes the site's page.

    What a sandbox says itself, as text or in JSON, stays.
    """

    def __init__(self, application: Any, page: bytes) -> None:
        self.application, self.page = application, page

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        replaced = False

        async def send_own(event: dict[str, Any]) -> None:
            nonlocal replaced
            if event["type"] == "http.response.start":
                replaced = event["status"] == 404 and is_html(event["headers"])
                event = {**event, "headers": self.headers(event["headers"])} if replaced else event
            elif replaced and event.get("more_body", False):
                return
            elif replaced:
                event = {"type": "http.response.body", "body": self.page}
            await send(event)

        await self.application(scope, receive, send_own)

    def headers(self, before: Any) -> list[tuple[bytes, bytes]]:
        kept = [(name, value) for name, value in before if name.lower() not in (b"content-length", b"content-type")]
        length = b"%d" % len(self.page)
        return [*kept, (b"content-type", b"text/html; charset=utf-8"), (b"content-length", length)]


def is_html(headers: Any) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(HTML) for name, value in headers)
