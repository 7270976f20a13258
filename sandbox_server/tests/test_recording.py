"""Who may observe what: the parameter, the cookie, and the group that is made of both."""

from __future__ import annotations

import asyncio
import string

import pytest
from channels.layers import InMemoryChannelLayer

from sandbox_server.observing.recording import Headers, Recording, group_name, read_cookie, read_query

ID = string.ascii_letters[:20] + "0_-"
COOKIE = [(b"host", b"127.0.0.1"), (b"cookie", b"observer=mine")]


def read(query: bytes, headers: Headers = COOKIE) -> tuple[Recording | None, bytes]:
    async def read_in_a_loop() -> tuple[Recording | None, bytes]:
        return read_query(query, headers)

    return asyncio.run(read_in_a_loop())


@pytest.mark.parametrize(
    ("headers", "cookie"),
    [
        ([], ""),
        ([(b"host", b"observer=x")], ""),
        ([(b"cookie", b"")], ""),
        ([(b"cookie", b"observer=")], ""),
        ([(b"cookie", b"sessionid=abc")], ""),
        ([(b"cookie", b"xobserver=abc; observerx=abc")], ""),
        ([(b"cookie", b"observer=abc")], "abc"),
        ([(b"Cookie", b"sessionid=1;observer=abc ; csrftoken=2")], "abc"),
        ([(b"cookie", b'observer="abc"')], "abc"),
        ([(b"cookie", b"a=1"), (b"cookie", b"observer=abc")], "abc"),
        ([(b"cookie", b"[odd]=1; observer=abc")], "abc"),
        ([(b"cookie", b'prefs={"a": 1, "b": [2]}; observer=abc')], "abc"),
        ([(b"cookie", b"caf\xc3\xa9=\xff; observer=abc")], "abc"),
        ([(b"cookie", b"; ;=; novalue; observer=abc;")], "abc"),
    ],
)
def test_the_cookie_is_found_among_others_however_odd_they_are(headers: Headers, cookie: str) -> None:
    """Whoever develops on this machine has cookies of other applications; none of them keeps a reader from seeing."""
    assert read_cookie(headers) == cookie


@pytest.mark.parametrize("observer_id", [ID[:22], ID[:22] * 2, "x" * 64, "-" * 22, "_" * 22])
def test_an_id_of_22_to_64_letters_is_recorded(observer_id: str) -> None:
    """As `secrets.token_urlsafe(16)` and its like in JavaScript make it."""
    recording, rest = read(f"observe={observer_id}".encode())
    assert recording is not None
    assert recording.group == group_name("mine", observer_id)
    assert (recording.client, rest) == ("", b"")


@pytest.mark.parametrize(
    "observer_id",
    ["", "x" * 21, "x" * 65, "x" * 21 + "é", "x" * 21 + "%41", "x" * 21 + "/", "x" * 21 + "+", " " + "x" * 22]
    + ["x" * 22 + end for end in ("\n", "\0", " ", ".", "..a", ".A", ".0", ".é", "." + "a" * 32, ".a.b", ".a/")],
)
def test_what_is_no_id_is_not_recorded_and_not_passed_on(observer_id: str) -> None:
    """Too short to be unguessable, too long, of other letters, or with a client's name that is none."""
    assert read(f"a=1&observe={observer_id}&b=2".encode()) == (None, b"a=1&b=2")


@pytest.mark.parametrize("client", ["a", "alice", "a-1_b", "a" * 31])
def test_a_clients_name_comes_with_the_id(client: str) -> None:
    """A transcript may have several clients: each event says whose it is."""
    recording, _ = read(f"observe={ID}.{client}".encode())
    assert recording is not None
    assert recording.client == client
    assert recording.group == group_name("mine", ID)


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        (b"observe={}", b""),
        (b"a=%20b+c&observe={}&d", b"a=%20b+c&d"),
        (b"observe={}&observe=another", b""),
        (b"reobserve=1&observe={}&Observe=2", b"reobserve=1&Observe=2"),
        (b"&&observe={}", b"&"),
    ],
)
def test_the_parameter_is_taken_off_and_the_rest_keeps_its_bytes(query: bytes, rest: bytes) -> None:
    """The application is to see what it would see without an observer; of two ids the first counts."""
    recording, left = read(query.replace(b"{}", ID.encode()))
    assert recording is not None
    assert (recording.group, left) == (group_name("mine", ID), rest)


@pytest.mark.parametrize("query", [b"", b"a=1", b"reobserve=" + ID.encode(), b"a=1?observe=" + ID.encode()])
def test_without_the_parameter_nothing_is_recorded_or_changed(query: bytes) -> None:
    """Most connections are nobody's to observe."""
    assert read(query) == (None, query)


@pytest.mark.parametrize("headers", [[], [(b"cookie", b"observer=")], [(b"cookie", b"sessionid=abc")]])
def test_without_the_cookie_nothing_is_recorded(headers: Headers) -> None:
    """An id alone may have been read over somebody's shoulder; the parameter is taken off all the same."""
    assert read(f"a=1&observe={ID}".encode(), headers) == (None, b"a=1")


def test_a_group_is_one_visitors_and_one_observations() -> None:
    """Another cookie or another id is another group, and neither can be read from its name."""
    names = {group_name(cookie, id_) for cookie in ("mine", "yours", "") for id_ in (ID, ID + "x")}
    assert len(names) == 6
    assert group_name("mine", ID) == group_name("mine", ID)
    assert not [name for name in names if "mine" in name or ID in name]


@pytest.mark.parametrize("cookie", ["mine", "é" * 100, "a/b", "\0"])
def test_a_groups_name_is_one_that_layers_take(cookie: str) -> None:
    """Whatever a visitor writes into the cookie: letters, digits, hyphens, underscores and periods, under 100."""
    assert InMemoryChannelLayer().require_valid_group_name(group_name(cookie, ID))
