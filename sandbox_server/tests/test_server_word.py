"""What the server says of itself, at the address that the pages ask."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from contract.observation import SERVER
from live_docs.player.visitor import Visitor
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import exchange
from testing.program import Program
from testing.project import ORIGIN


def test_it_says_its_versions_and_knows_the_visitor_again(sandbox: Program) -> None:
    """There, and at `/` for whoever opens the port; the cookie is given once."""
    visitor = Visitor(sandbox.url, ORIGIN)
    status, body = visitor.ask("GET", SERVER)
    assert status == 200
    assert {"Python", "Django", "Channels", "Daphne"} == set(json.loads(body)["versions"])
    (cookie,) = visitor.cookies
    assert (cookie.name, cookie.path) == ("observer", "/")
    assert visitor.ask("GET", "/") == (status, body)
    assert [each.value for each in visitor.cookies] == [cookie.value]


def cookies_of(answer: bytes) -> list[str]:
    lines = answer.partition(b"\r\n\r\n")[0].decode().splitlines()
    return [line.partition(": ")[2] for line in lines if line.lower().startswith("set-cookie: ")]


def test_over_tls_a_cookie_is_for_tls_alone(serve_with: Serve) -> None:
    """On the word of the proxy that is named, and of nobody else; the log-in's, where all pages come by TLS."""
    server = serve_with(SANDBOX_PROXIES="127.0.0.5", SANDBOX_ORIGINS="https://127.0.0.1")
    host = urlsplit(server.url).netloc

    def given(path: str, source: str) -> str:
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", "X-Forwarded-Proto: https", "", ""]
        (cookie,) = cookies_of(exchange(server, "\r\n".join(lines).encode(), source=(source, 0)))
        return cookie

    assert "; Secure" in given(SERVER, "127.0.0.5")
    assert "; Secure" not in given(SERVER, "127.0.0.6")
    assert "; Secure" in given("/demo/session/", "127.0.0.6")
