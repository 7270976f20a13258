"""Clients without a cookie, on the real server: what the page's transcripts do not show of tokens and their readers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import dial, hear, hear_end
from sandbox_server.tests.conversation import open_
from testing.program import Program
from testing.project import ORIGIN

NO_GOOD = (4401, "no token, or not a good one")
ALICE = {"username": "alice", "password": "demo"}


def post(server: Program, path: str, body: object) -> tuple[int, Any]:
    """As an app does: no cookie, no CSRF token. Text is sent as it is."""
    sent = body if isinstance(body, str) else json.dumps(body)
    status, answer = Visitor(server.url, ORIGIN).send("POST", path, sent.encode(), {})
    return status, json.loads(answer) if answer.startswith("{") else answer


def pair(server: Program, user: str = "alice") -> dict[str, str]:
    status, answer = post(server, "/tokens/", {"username": user, "password": "demo"})
    assert status == 200
    tokens: dict[str, str] = answer
    return tokens


@pytest.mark.parametrize("written", ["Bearer {}", "bearer  {} "])
def test_an_app_is_known_by_its_header(sandbox: Program, written: str) -> None:
    """However the scheme is written; no subprotocol is chosen where none is offered."""
    headers = {"Authorization": written.format(pair(sandbox)["access"])}
    with dial(sandbox, "/ws/tokens/bearer/", headers) as socket:
        assert hear(socket) == {"user": "alice"}
        assert socket.subprotocol is None


@pytest.mark.parametrize("header", ["", "Basic {}", "{}", "Bearer"])
def test_another_header_is_no_token(sandbox: Program, header: str) -> None:
    """A good token in the wrong words is none."""
    headers = {"Authorization": header.format(pair(sandbox)["access"])}
    with dial(sandbox, "/ws/tokens/bearer/", headers) as socket:
        assert hear_end(socket) == NO_GOOD


@pytest.mark.parametrize("kind", ["refresh", "changed", "cut", "half a character", "empty"])
def test_what_is_no_access_token_closes_and_raises_nothing(sandbox: Program, kind: str) -> None:
    """A token for another purpose, a forged one, and what no signature is made of."""
    tokens = pair(sandbox)
    access = tokens["access"]
    spoilt = {
        "refresh": tokens["refresh"],
        "changed": access[:-1] + ("A" if access[-1] != "A" else "Q"),
        "cut": access.rpartition(".")[0],
        "half a character": "\ud800." + access,
        "empty": "",
    }
    with dial(sandbox, "/ws/tokens/first/") as socket:
        socket.send(json.dumps({"token": spoilt[kind]}))
        assert hear_end(socket) == NO_GOOD
    assert post(sandbox, "/tokens/refresh/", {"refresh": spoilt[kind] if kind != "refresh" else access})[0] == 401


def test_a_socket_stays_its_users(sandbox: Program) -> None:
    """A good token of somebody else's closes it; one more of the same user's does not."""
    with dial(sandbox, "/ws/tokens/first/") as socket:
        for _ in range(2):
            socket.send(json.dumps({"token": pair(sandbox)["access"]}))
            assert hear(socket) == {"user": "alice"}
        socket.send(json.dumps({"token": pair(sandbox, "bob")["access"]}))
        assert hear_end(socket) == NO_GOOD


def test_one_log_in_that_ends_leaves_the_others(sandbox: Program) -> None:
    """A refresh token that comes twice ends its own log-in, and not the user's other ones."""
    robbed, other = pair(sandbox), pair(sandbox)
    assert [post(sandbox, "/tokens/refresh/", {"refresh": robbed["refresh"]})[0] for _ in range(2)] == [200, 401]
    for tokens, good in ((robbed, False), (other, True)):
        with dial(sandbox, "/ws/tokens/first/") as socket:
            socket.send(json.dumps({"token": tokens["access"]}))
            assert (hear(socket) == {"user": "alice"}) if good else (hear_end(socket) == NO_GOOD)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/tokens/", {**ALICE, "password": "guessed"}, 401),
        ("/tokens/", {**ALICE, "username": "\ud800"}, 401),
        ("/tokens/", {**ALICE, "password": "a\0b"}, 401),
        ("/tokens/", {**ALICE, "username": ["alice"]}, 400),
        ("/tokens/", "[" * 5000, 400),
        ("/tokens/refresh/", "no JSON", 400),
        ("/tokens/refresh/", {"refresh": 1}, 400),
        ("/tokens/doors/strict/", "[]", 400),
        ("/tokens/doors/strict/", {"origin": 1}, 400),
        ("/tokens/doors/garden/", {}, 404),
        ("/tokens/jwt/", {}, 403),
    ],
)
def test_what_no_request_should_say_is_told_so(sandbox: Program, path: str, body: object, status: int) -> None:
    """Never 500. Where a cookie counts, a CSRF token has to come along."""
    assert post(sandbox, path, body)[0] == status


@pytest.mark.parametrize(("asked", "lasts"), [(1, 1), (10**9, 60), (-5, 1), ("long", 60)])
def test_a_reader_may_ask_for_less_time_and_never_for_more(sandbox: Program, asked: object, lasts: int) -> None:
    """A minute at the most, whatever is asked."""
    assert post(sandbox, "/tokens/", {**ALICE, "seconds": asked})[1]["expires_in"] == lasts


def test_an_origin_that_is_no_address_is_told_as_what_it_does(sandbox: Program) -> None:
    """OriginValidator raises; a client that only wanted to try it is not answered with 500."""
    status, answer = post(sandbox, "/tokens/doors/strict/", {"origin": "http://a:99999"})
    assert status == 200
    assert answer["sent"][0].startswith("raised ValueError")


@pytest.mark.parametrize(
    "token", ["", "a.b.c", "W10.W10.", "eyJhbGciOiJub25lIn0.W10.", "eyJhbGciOiJub25lIn0", "%00.%ff"]
)
@pytest.mark.parametrize("reader", ["jwt", "copied/trusting", "copied/type-blind", "copied/old-post", "copied/quiet"])
def test_what_is_no_jwt_is_nobodys(sandbox: Program, reader: str, token: str) -> None:
    """The copied ones have the mistake that they show, and no other."""
    with dial(sandbox, f"/ws/tokens/{reader}/?token={token}") as socket:
        assert hear(socket) == {"user": "AnonymousUser"}
        assert hear_end(socket)[0] == 4401


@pytest.mark.usefixtures("project")
def test_who_leaves_before_their_time_leaves_no_task() -> None:
    """What would have closed the connection goes with it."""
    from sandbox_server.sandboxes.tokens.expiring import FirstMessageConsumer  # once Django has been set up

    async def visit() -> set[str]:
        conversation = open_(FirstMessageConsumer.as_asgi())
        await conversation.heard.get()
        await conversation.finish()
        await asyncio.sleep(0)
        return {str(task.get_coro()) for task in asyncio.all_tasks() - {asyncio.current_task()}}

    assert [name for name in asyncio.run(visit()) if "close_later" in name] == []
