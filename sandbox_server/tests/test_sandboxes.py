"""What the sandboxes answer, each on the real server; the pages' transcripts try the rest."""

import json

import pytest
from websockets.exceptions import InvalidStatus

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from testing.program import Program
from testing.project import ORIGIN


@pytest.mark.parametrize("data", ["hello", "žluťoučký 🐎", "<b>&amp;", b"\x00\xff", "x" * 60_000])
def test_echo_returns_text_as_text_and_bytes_as_bytes(sandbox: Program, data: str | bytes) -> None:
    """What comes back is what went out, of the same kind."""
    with dial(sandbox, "/ws/echo/") as socket:
        socket.send(data)
        assert socket.recv(PATIENCE_SECONDS) == data


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://127.0.0.1:9999",
        "https://127.0.0.1:8000",
        "http://[::1",
        "http://127.0.0.1:8000.evil.example",
        "http://127.0.0.1:99999999",
        "http://127.0.0.1:x",
        "http://127.0.0.1:8000, http://evil.example",
        "127.0.0.1:8000",
    ],
)
def test_a_websocket_from_another_origin_is_refused(sandbox: Program, origin: str | None) -> None:
    """Scheme, host and port all count; a missing, null or malformed Origin is refused, never an error."""
    with pytest.raises(InvalidStatus) as caught, dial(sandbox, "/ws/echo/", origin=origin):
        pass
    assert caught.value.response.status_code in (400, 403)


def test_an_unknown_path_is_refused_without_a_traceback(sandbox: Program) -> None:
    """A mistyped address is no error of the server's."""
    before = sandbox.said()
    with pytest.raises(InvalidStatus) as caught, dial(sandbox, "/ws/nowhere/"):
        pass
    assert caught.value.response.status_code == 404
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_logging_in_without_a_csrf_token_is_refused(sandbox: Program) -> None:
    """The token is required of a POST that changes who you are."""
    visitor = Visitor(sandbox.url, ORIGIN)
    visitor.session()
    status, _ = visitor.send("POST", "/demo/login/", b'{"username": "alice", "password": "demo"}', {})
    assert status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"username": "alice", "password": "wrong"}', 403),
        ('{"username": "nobody", "password": "demo"}', 403),
        ('{"username": "alice"}', 400),
        ("[]", 400),
        ("not json", 400),
        ('{"username": 1, "password": {}}', 400),
    ],
)
def test_bad_credentials_are_an_answer_not_an_error(sandbox: Program, body: str, status: int) -> None:
    """A mistake in the request says what to send."""
    got, answer = Visitor(sandbox.url, ORIGIN).ask("POST", "/demo/login/", body)
    assert got == status
    assert "error" in json.loads(answer)


def test_cookies_cannot_be_read_by_scripts_and_do_not_travel_across_sites(sandbox: Program) -> None:
    """HttpOnly and SameSite=Lax, on the session's cookie and on the CSRF token's."""
    visitor = Visitor(sandbox.url, ORIGIN)
    visitor.become("alice")
    cookies = {cookie.name: cookie for cookie in visitor.cookies}
    assert set(cookies) == {"sessionid", "csrftoken"}
    for cookie in cookies.values():
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "Lax"


def test_a_tampered_session_cookie_is_an_anonymous_visitor(sandbox: Program) -> None:
    """A session that does not exist is nobody's, and no error."""
    with dial(sandbox, "/ws/whoami/", headers={"Cookie": "sessionid=forged"}) as socket:
        assert hear(socket) == {"user": "AnonymousUser", "is_authenticated": False}


def test_a_foreign_host_is_refused_over_http(sandbox: Program) -> None:
    """Django answers for its own names only."""
    status, _ = Visitor(sandbox.url, ORIGIN).send("GET", "/demo/session/", None, {"Host": "evil.example"})
    assert status == 400


def test_only_the_pages_may_read_answers_across_origins(sandbox: Program) -> None:
    """CORS names the page's origin, with credentials, and no other."""
    for origin, allowed in [(ORIGIN, ORIGIN), ("https://evil.example", None)]:
        visitor = Visitor(sandbox.url, origin)
        with visitor.opener.open(visitor.request("GET", "/wsgi/", None, {})) as response:
            assert response.headers["Access-Control-Allow-Origin"] == allowed
