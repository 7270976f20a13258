"""What a browser is told with each answer of a server that has a site: what its pages may do, and who may show them."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

import pytest

from contract.observation import SERVER
from sandbox_server.tests.small_site import SCRIPT, ask
from sandbox_server.tests.undisturbed import exchange, undisturbed
from testing.program import Program


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.mark.parametrize("path", ["/", "/no/such/", "/assets/list.json", "/learn", SERVER, "/names/", "/asgi/"])
def test_each_answer_says_what_a_browser_is_to_forbid(site_server: Program, path: str) -> None:
    """Scripts by their hashes, and none that is evaluated; no frame; and nothing of TLS, where there is none."""
    headers = ask(site_server, path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert {"'self'", hash_of(SCRIPT)} <= set(policy["script-src"].split())
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"].split())
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers
    assert "strict-transport-security" not in headers


def test_behind_tls_a_browser_is_told_to_stay_there(site_server: Program) -> None:
    """On the word of the proxy that is named, and of nobody else."""
    host = urlsplit(site_server.url).netloc
    head = f"GET /learn/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n\r\n".encode()
    from_proxy = exchange(site_server, head, source=("127.0.0.5", 0))
    assert b"\r\nstrict-transport-security: max-age=31536000\r\n" in from_proxy.lower()
    assert b"strict-transport-security" not in exchange(site_server, head).lower()


def test_a_foreign_host_gets_nothing_of_the_site(site_server: Program) -> None:
    """As at a handshake: a name that was made to lead here is somebody else's."""
    with undisturbed(site_server):
        answer = ask(site_server, "/", Host="evil.example")
        assert (answer.status, answer.body) == (400, b"This is not a name of this server.\n")
