"""What a browser does over HTTP on a visitor's behalf: cookies, the CSRF token, logging in.

The contract with the server is three addresses. `GET /demo/session/` answers
`{"user": "…", "csrf_token": "…"}`; `POST /demo/login/` takes `{"username", "password"}`;
`POST /demo/logout/` takes nothing. The widget keeps the same contract in docs/assets/live/places/visitor.js.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar

from live_docs.player.difference import Difference

DEMO_PASSWORD = "demo"
ANONYMOUS = "anonymous"
TIMEOUT_SECONDS = 60.0
"""How long an answer may take. Some make the server start a program, and a line says nothing of the time."""


class Visitor:
    """One visitor of the sandbox server, at home on the page's origin."""

    def __init__(self, server: str, origin: str) -> None:
        self.server = server.rstrip("/")
        self.origin = origin
        self.cookies = CookieJar()
        no_proxy = urllib.request.ProxyHandler({})
        self.opener = urllib.request.build_opener(no_proxy, urllib.request.HTTPCookieProcessor(self.cookies))

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """One request as the page makes it: a POST is JSON and brings the CSRF token back."""
        if method != "POST":
            return self.send(method, path, None, {})
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.session()["csrf_token"]}
        return self.send(method, path, (body or "").encode(), headers)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
        """One HTTP request with these headers; the status and body of its response, whatever the status.

        Raises Difference where no answer comes.
        """
        try:
            with self.opener.open(self.request(method, path, body, headers), timeout=TIMEOUT_SECONDS) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode(errors="replace")
        except (OSError, HTTPException) as error:
            raise Difference(f"no answer to {method} {path}: {error}") from error

    def request(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> urllib.request.Request:
        """A request from the page's origin."""
        return urllib.request.Request(self.server + path, body, {"Origin": self.origin, **headers}, method=method)

    def session(self) -> dict[str, str]:
        """Who is logged in, and the CSRF token for the next POST."""
        status, body = self.send("GET", "/demo/session/", None, {})
        if status != 200:
            raise Difference(f"GET /demo/session/ answered {status}")
        answer: dict[str, str] = json.loads(body)
        return answer

    def become(self, user: str) -> None:
        """Log in as a demo user, or log out to be anonymous."""
        if user == ANONYMOUS:
            self.ask("POST", "/demo/logout/")
            return
        credentials = json.dumps({"username": user, "password": DEMO_PASSWORD})
        status, answer = self.ask("POST", "/demo/login/", credentials)
        if status != 200:
            raise Difference(f"cannot log in as {user!r}: {status} {answer}")

    def cookie_header(self) -> dict[str, str]:
        """The Cookie header for the handshake of a WebSocket, if there is any cookie."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
        return {"Cookie": cookies} if cookies else {}
