"""Who is at the other end of a WebSocket, and for how long: log-outs, tampered cookies, tickets, layers."""

import asyncio
import json
import subprocess
import sys
from contextlib import ExitStack
from importlib import import_module
from itertools import permutations
from pathlib import Path

import pytest
from channels.layers import InMemoryChannelLayer
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear, hear_end
from testing.program import Program
from testing.project import ORIGIN, ROOT

PRELUDE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def visitor(sandbox: Program, user: str) -> Visitor:
    one = Visitor(sandbox.url, ORIGIN)
    one.become(user)
    return one


def issue(one: Visitor) -> str:
    status, body = one.ask("POST", "/tickets/")
    assert status == 200
    ticket: str = json.loads(body)["ticket"]
    return ticket


def run_in_django(database: Path, script: str) -> str:
    """Run a script in a process of its own, where time and the channel layer can be changed. What it printed."""
    environment = {"DJANGO_SETTINGS_MODULE": "sandbox_server.settings", "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "-c", PRELUDE + script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_logging_out_closes_every_socket_of_that_session(sandbox: Program) -> None:
    """4401 with the reason; another session of the same user, and another user, stay."""
    alice, elsewhere, bob = (visitor(sandbox, name) for name in ("alice", "alice", "bob"))
    with ExitStack() as stack:
        one, two, other, bobs = (
            stack.enter_context(dial(sandbox, "/ws/signed-in/", who.cookie_header()))
            for who in (alice, alice, elsewhere, bob)
        )
        assert [hear(socket)["signed_in"] for socket in (one, two, other, bobs)] == ["alice", "alice", "alice", "bob"]
        alice.become("anonymous")
        assert hear_end(one) == hear_end(two) == (4401, "logged out")
        for socket in (other, bobs):
            assert socket.ping().wait(PATIENCE_SECONDS)
            with pytest.raises(TimeoutError):
                socket.recv(0)


def test_logging_in_as_somebody_else_closes_the_sockets_of_the_session_before(sandbox: Program) -> None:
    """Django deletes the first user's session without a log-out."""
    one = visitor(sandbox, "alice")
    with dial(sandbox, "/ws/signed-in/", one.cookie_header()) as socket:
        assert hear(socket) == {"signed_in": "alice"}
        one.become("bob")
        assert hear_end(socket) == (4401, "logged out")


def test_a_stranger_is_closed_with_4401(sandbox: Program) -> None:
    """Accepted first, so that the code arrives."""
    with dial(sandbox, "/ws/signed-in/") as socket:
        assert hear_end(socket) == (4401, "log in first")


@pytest.mark.parametrize("key", ["sjnwk7u8c5y8vd21wx6i0z1gz5n7ppvj", "é/:" * 200])
def test_a_sessions_group_has_a_legal_name_that_does_not_tell_its_key(project: None, key: str) -> None:
    """Names of groups end up in logs, and whoever knows the key is the user. Another session is another group."""
    group_of = import_module("sandbox_server.sandboxes.signed_out").group_of
    assert InMemoryChannelLayer().require_valid_group_name(group_of(key))
    assert key not in group_of(key).removeprefix("session.")
    assert group_of(key) == group_of(key) != group_of(key + "x")


def test_a_socket_that_opens_while_the_session_ends_is_closed_too(tmp_path: Path) -> None:
    """The session is deleted after the stack has looked, and before the socket is in the group."""
    run_in_django(
        tmp_path / "db.sqlite3",
        """
import asyncio
from unittest.mock import patch
from channels.auth import AuthMiddlewareStack
from channels.layers import InMemoryChannelLayer
from channels.testing import WebsocketCommunicator
from django.test import Client
from sandbox_server.sandboxes.signed_out import SignedInConsumer

browser = Client()
browser.login(username="alice", password="demo")
cookie = f"sessionid={browser.cookies['sessionid'].value}".encode()
join = InMemoryChannelLayer.group_add

async def too_late(layer, group, channel):
    await browser.session.aflush()
    await join(layer, group, channel)

async def main():
    application = AuthMiddlewareStack(SignedInConsumer.as_asgi())
    socket = WebsocketCommunicator(application, "/", headers=[(b"cookie", cookie)])
    with patch.object(InMemoryChannelLayer, "group_add", too_late):
        assert await socket.connect() == (True, None)
        assert await socket.receive_output(5) == {"type": "websocket.close", "code": 4401, "reason": "logged out"}

asyncio.run(main())
""",
    )


def test_a_log_out_succeeds_while_the_channel_layer_is_away(tmp_path: Path) -> None:
    """What cannot be told is in the log; the session is gone all the same."""
    said = run_in_django(
        tmp_path / "db.sqlite3",
        """
from unittest.mock import patch
from channels.layers import InMemoryChannelLayer
from django.contrib.sessions.backends.db import SessionStore
from sandbox_server.sandboxes import signed_out

session = SessionStore()
session.create()
key = session.session_key
with patch.object(InMemoryChannelLayer, "group_send", side_effect=OSError("the layer is away")):
    session.flush()
assert not SessionStore().exists(key)
""",
    )
    assert "the layer is away" in said


def test_the_scope_keeps_its_user_and_only_the_session_store_knows(sandbox: Program) -> None:
    """Neither scope["user"] nor get_user sees a log-out; any message, binary ones too, is answered."""
    one = visitor(sandbox, "alice")
    with dial(sandbox, "/ws/ask-three/", one.cookie_header()) as socket:
        socket.send("?")
        assert hear(socket) == {"scope_user": "alice", "get_user": "alice", "session_exists": True}
        one.become("anonymous")
        socket.send(b"\x00")
        assert hear(socket) == {"scope_user": "alice", "get_user": "alice", "session_exists": False}


def test_a_tampered_cookie_is_a_stranger_and_logging_in_mends_it(sandbox: Program) -> None:
    """HttpOnly and Lax as the real one, and gone with the next login; the session itself is not harmed."""
    one = visitor(sandbox, "alice")
    honest = one.cookie_header()
    assert one.ask("POST", "/demo/tamper/") == (200, '{"tampered with": "sessionid"}')
    cookie = next(cookie for cookie in one.cookies if cookie.name == "sessionid")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    with dial(sandbox, "/ws/whoami/", one.cookie_header()) as socket:
        assert hear(socket)["user"] == "AnonymousUser"
    with dial(sandbox, "/ws/whoami/", honest) as socket:
        assert hear(socket)["user"] == "alice"
    one.become("alice")
    assert one.session()["user"] == "alice"


def test_without_a_session_there_is_nothing_to_tamper_with(sandbox: Program) -> None:
    """The answer says what to do first; without a CSRF token there is none."""
    one = Visitor(sandbox.url, ORIGIN)
    status, body = one.ask("POST", "/demo/tamper/")
    assert status == 400
    assert "log in first" in json.loads(body)["error"]
    assert one.send("POST", "/demo/tamper/", b"", {})[0] == 403


def test_a_ticket_is_good_for_one_connection_without_a_cookie(sandbox: Program) -> None:
    """The second time it is nobody's."""
    ticket = issue(visitor(sandbox, "bob"))
    with dial(sandbox, f"/ws/ticket/?ticket={ticket}") as socket:
        assert hear(socket) == {"user": "bob"}
    with dial(sandbox, f"/ws/ticket/?ticket={ticket}") as socket:
        assert hear_end(socket)[0] == 4401


def test_of_many_who_use_one_ticket_at_once_one_gets_in(sandbox: Program) -> None:
    """Being looked at and being used up is one operation."""
    from websockets.asyncio.client import connect as dial_async

    url = f"{sandbox.url.replace('http', 'ws')}/ws/ticket/?ticket={issue(visitor(sandbox, 'bob'))}"

    async def attempt() -> bool:
        async with dial_async(url, origin=Origin(ORIGIN), proxy=None) as socket:
            try:
                return bool(json.loads(await socket.recv()) == {"user": "bob"})
            except ConnectionClosed:
                return False

    async def all_at_once() -> list[bool]:
        return await asyncio.gather(*(attempt() for _ in range(8)))

    assert sorted(asyncio.run(all_at_once())) == [False] * 7 + [True]


@pytest.mark.parametrize(
    "query", ["", "?ticket=", "?ticket=alice", "?ticket=W3h0:1abc:forged", "?ticket=%FF%00%C5%BE", "?" + "a=&" * 2000]
)
def test_what_is_no_ticket_is_a_stranger_and_no_error(sandbox: Program, query: str) -> None:
    """4401, and no traceback."""
    before = sandbox.said()
    with dial(sandbox, f"/ws/ticket/{query}") as socket:
        assert hear_end(socket)[0] == 4401
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_a_session_cookie_does_not_stand_in_for_a_ticket(sandbox: Program) -> None:
    """The middleware decides alone: a page from elsewhere could send the cookie, but not fetch a ticket."""
    with dial(sandbox, "/ws/ticket/", visitor(sandbox, "alice").cookie_header()) as socket:
        assert hear_end(socket)[0] == 4401


def test_tickets_are_for_those_who_are_logged_in_and_bring_the_csrf_token(sandbox: Program) -> None:
    """401 for strangers, 403 without a token, 405 for a GET."""
    assert Visitor(sandbox.url, ORIGIN).ask("POST", "/tickets/")[0] == 401
    alice = visitor(sandbox, "alice")
    assert alice.send("POST", "/tickets/", b"", {})[0] == 403
    assert alice.ask("GET", "/tickets/")[0] == 405


def test_a_ticket_is_worth_nothing_after_half_a_minute(tmp_path: Path) -> None:
    """Good at 29 seconds, too old at 31."""
    run_in_django(
        tmp_path / "db.sqlite3",
        """
import time
from unittest.mock import patch
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from sandbox_server.sandboxes.tickets import signer, user_of

now = time.time()
for seconds, name in (29, "alice"), (31, "AnonymousUser"):
    ticket = signer.sign_object([User.objects.get(username="alice").pk, f"{seconds}"])
    with patch("django.core.signing.time.time", return_value=now + seconds):
        assert str(async_to_sync(user_of)(ticket)) == name, seconds
""",
    )


@pytest.mark.parametrize(
    "names", [names for count in range(4) for names in permutations(["cookie", "session", "auth"], count)]
)
def test_a_layer_works_only_inside_the_one_it_needs(sandbox: Program, names: tuple[str, ...]) -> None:
    """SessionMiddleware needs the cookies, AuthMiddleware the session; whatever else is missing, nobody misses."""
    needs = {"session": "cookie", "auth": "session"}
    works = all(needs[name] in names[:at] for at, name in enumerate(names) if name in needs)
    path = f"/ws/layers/{'-'.join(names) or 'none'}/"
    if works:
        with dial(sandbox, path) as socket:
            added = {"cookie": "cookies", "session": "session", "auth": "user"}
            assert hear(socket) == {"added": [added[name] for name in ("cookie", "session", "auth") if name in names]}
            socket.send("?")
            if "auth" in names:
                assert hear(socket) == {"user": "AnonymousUser"}
            else:
                assert hear_end(socket)[0] == 1011
    else:
        with pytest.raises(InvalidStatus) as caught, dial(sandbox, path):
            pass
        assert caught.value.response.status_code == 500


def test_an_unknown_question_about_the_user_is_answered_with_what_to_ask(sandbox: Program) -> None:
    """An error message, and the socket stays open."""
    with dial(sandbox, "/ws/user-groups/", visitor(sandbox, "alice").cookie_header()) as socket:
        socket.send(b"\xff")
        assert "error" in hear(socket)
        socket.send("name")
        assert hear(socket) == {"name": "alice"}
