"""Playing transcripts against the real server: what agrees, and how what differs is told."""

import pytest

from live_docs.notation.transcript import parse
from live_docs.player.play import Outcome, play
from testing.program import Program
from testing.project import ORIGIN


def outcomes(source: str, sandbox: Program) -> list[Outcome]:
    return list(play(parse(source), sandbox.url, ORIGIN))


def test_a_true_transcript_agrees_line_by_line(sandbox: Program) -> None:
    """Every step is reported, in order, as going as written."""
    played = outcomes("connect /ws/echo/\naccepted\n> a\n< a\n>x 00\n<x 00\nwait 1ms\nclose 1000 bye", sandbox)
    assert [outcome.ok for outcome in played] == [True] * 8


def test_what_was_captured_is_sent_and_expected_from_then_on(sandbox: Program) -> None:
    """A name stands for the server's own words, in what any client sends and in what it expects."""
    played = outcomes(
        "a: connect /ws/echo/\na: > id=42;\na: < id=${id};\nb: connect /ws/echo/?${id}\nb: > ${id}\nb: < 42\n"
        "b: > 43\nb: < ${id}",
        sandbox,
    )
    assert [outcome.ok for outcome in played] == [True] * 7 + [False]
    assert played[-1].came == "43"


def test_a_request_may_be_made_beside_an_open_socket(sandbox: Program) -> None:
    """The socket stays as it was."""
    played = outcomes("connect /ws/echo/\naccepted\nGET /asgi/\n= 200\n> a\n< a\nclose 1000", sandbox)
    assert all(outcome.ok for outcome in played)


@pytest.mark.parametrize(
    ("source", "line", "came"),
    [
        ("connect /ws/echo/\n> a\n< b\nclose 1000", 3, "a"),
        ("connect /ws/echo/\n> a\n<x 61", 3, "a"),
        ("connect /ws/echo/\nrefused 403", 2, "accepted"),
        ("connect /ws/echo/\naccepted chat", 2, "accepted"),
        ("connect /ws/nowhere/\naccepted", 1, "refused 404"),
        ("connect /ws/nowhere/\nrefused 403", 2, "refused 404"),
        ("connect /ws/echo/\nunanswered", 2, "accepted"),
        ("connect /ws/nowhere/\nunanswered", 2, "refused 404"),
        ("connect /ws/echo/\n> a\nclosed 1000", 3, "a message: a"),
        ("connect /ws/life/accept-then-close/\nclosed 4002", 2, "closed 4001"),
        ("connect /ws/life/accept-then-close/\n< hello", 2, "closed 4001"),
        ("connect /ws/whoami/ as=alice\nclose 1000", 2, 'a message: {"user": "alice", ...}'),
        ("GET /asgi/\n= 404", 2, "= 200 {...}"),
        ("GET /demo/login/\n= 200", 2, "= 405"),
    ],
)
def test_a_lie_is_told_at_its_line_with_what_came(sandbox: Program, source: str, line: int, came: str) -> None:
    """The first step that differs ends the play and says what came instead."""
    last = outcomes(source, sandbox)[-1]
    assert not last.ok
    assert last.line.number == line
    assert last.came.removeprefix("before the close: ").startswith(came.partition("{")[0])


def test_a_message_that_no_line_expects_is_a_difference(sandbox: Program) -> None:
    """A server that says more than the page does makes the page wrong."""
    last = outcomes("connect /ws/asgi/\n< ...\n> one\n> two\n< ...\n> three\n< ...\n< ...\n> four\nwait 1s", sandbox)[
        -1
    ]
    assert not last.ok
    assert "a message" in last.came


def test_a_server_that_is_not_there_is_a_difference_not_a_crash() -> None:
    """The outcome says that there was no connection."""
    last = list(play(parse("connect /ws/echo/"), "http://127.0.0.1:9", ORIGIN))[-1]
    assert not last.ok
    assert "no connection" in last.came


def test_each_client_has_cookies_of_its_own(sandbox: Program) -> None:
    """Two clients of one transcript can be two users at once."""
    played = outcomes(
        "alice: connect /ws/whoami/ as=alice\nbob: connect /ws/whoami/ as=bob\n"
        'alice: < {"user": "alice", ...}\nbob: < {"user": "bob", ...}\nalice: close 1000\nbob: close 1000',
        sandbox,
    )
    assert all(outcome.ok for outcome in played)
