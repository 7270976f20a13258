"""Two addresses for what watches over the process, such as a load balancer.

- `/healthz`: the process answers. Where this does not come, it is to be started again.
- `/readyz`: it can serve visitors: what it needs answers, and it is not about to stop. Else 503: send them elsewhere.

They stand before all guards: they are asked for by any name and from any address, and cost no thread and no look into
anything of the visitor's. What they say holds no secret, so it does no harm where strangers can read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sandbox_server.limits import RESTART_RETRY_SECONDS
from sandbox_server.operating.readiness import Readiness

LIVENESS, READINESS = "/healthz", "/readyz"


class Health:
    """ASGI middleware around all else. `is_stopping` says whether the process was told to end."""

    def __init__(self, application: Any, readiness: Readiness, is_stopping: Callable[[], bool]) -> None:
        self.application, self.readiness, self.is_stopping = application, readiness, is_stopping

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        asked_for = scope["path"] if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else ""
        if asked_for == LIVENESS:
            await answer(send, 200, {"alive": True})
        elif asked_for == READINESS:
            stopping = self.is_stopping()
            answers = await self.readiness.ask()
            ready = not stopping and all(told.is_good for told in answers.values())
            words = {name: told.words for name, told in answers.items()}
            await answer(send, 200 if ready else 503, {"ready": ready, "stopping": stopping, **words})
        else:
            await self.application(scope, receive, send)


async def answer(send: Any, status: int, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    if status == 503:
        headers.append((b"retry-after", b"%d" % RESTART_RETRY_SECONDS))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode() + b"\n"})
