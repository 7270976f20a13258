"""An answer for load balancers, which ask by a machine's address and know no name of the site."""

from typing import Any


class HealthCheck:
    """Stands in front of Django, which would look at `Host` first, and answer 400."""

    def __init__(self, application: Any, path: str = "/healthz") -> None:
        self.application, self.path = application, path

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == self.path:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"ok"})
        else:
            await self.application(scope, receive, send)
