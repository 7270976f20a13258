"""Proxies that are played: whom an application believes, whatever a visitor writes; and what nginx itself does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import InvalidStatus

from handed_out.nginx import in_front_of
from handed_out.reader import PORT, Reader
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from testing.program import Program

STRANGER, PROXY, CDN = "203.0.113.7", "10.0.0.2", "192.0.2.10"


@pytest.fixture
def visitor(project: None) -> Callable[[Any], str | None]:
    """The function that the page prints. Its package is imported once Django is set up."""
    from sandbox_server.sandboxes.behind.visitor import visitor

    return visitor


def seen(server: Program, path: str, **query: str) -> Any:
    with urlopen(f"{server.url}{path}?{urlencode(query)}", timeout=PATIENCE_SECONDS) as answer:
        return json.load(answer)


@pytest.mark.parametrize(
    ("client", "written", "believed"),
    [
        (STRANGER, "", STRANGER),
        (STRANGER, CDN, STRANGER),
        (PROXY, "", PROXY),
        (PROXY, STRANGER, STRANGER),
        (PROXY, f"1.1.1.1, {STRANGER}", STRANGER),
        (PROXY, f"1.1.1.1,{STRANGER} , {CDN}", STRANGER),
        (PROXY, f"{STRANGER}, , ", STRANGER),
        (PROXY, f"{CDN}, {PROXY}", CDN),
    ],
)
def test_a_header_counts_as_far_as_proxies_of_ours_wrote_it(
    visitor: Callable[[Any], str | None], client: str, written: str, believed: str
) -> None:
    """Read from its end, entries without an address left out."""
    assert visitor({"client": [client, 1], "headers": [(b"x-forwarded-for", written.encode())]}) == believed


def test_several_headers_of_one_name_are_one_list(visitor: Callable[[Any], str | None]) -> None:
    """As HTTP has it: a visitor gains nothing by sending a second one."""
    headers = [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", STRANGER.encode())]
    assert visitor({"client": [PROXY, 1], "headers": headers}) == STRANGER


def test_without_an_address_nobody_is_believed(visitor: Callable[[Any], str | None]) -> None:
    """A Unix socket, or a server in a page."""
    assert visitor({"client": None, "headers": [(b"x-forwarded-for", b"1.1.1.1")]}) is None


@pytest.mark.parametrize("written", ["", ",,,", "žluť", "a\r\nb", "1.1.1.1" * 1000])
def test_whatever_a_visitor_writes_is_told_and_not_believed(sandbox: Program, written: str) -> None:
    assert seen(sandbox, "/behind/two/", wrote=written)["believed"] == STRANGER


def test_one_who_is_refused_by_the_forgetful_proxy_leaves_no_traceback(sandbox: Program) -> None:
    """Django says that it has no such page, and no more."""
    before = sandbox.said()
    with pytest.raises(InvalidStatus, match="404"), dial(sandbox, "/ws/behind/forgetful/"):
        pass
    sandbox.wait_until_it_says("Not Found: /ws/behind/forgetful/")
    assert "Traceback" not in sandbox.said().removeprefix(before)


@pytest.mark.long
def test_nginx_does_what_is_played(sandbox: Program, tmp_path: Path) -> None:
    """It appends to the list, is the client itself, and drops `Upgrade` where it has not been told to pass it on."""
    told = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto https;"
    upgrade = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
    lines = f"location / {{ proxy_pass http://127.0.0.1:{PORT}; proxy_set_header Host $http_host; {told} {{more}} }}"
    for more, passes_upgrade in ((upgrade, True), ("", False)):
        with in_front_of(sandbox, Reader(tmp_path, tmp_path), lines.replace("{more}", more)) as nginx:
            asked = Request(f"{nginx.url}/behind/nothing/", headers={"X-Forwarded-For": "198.51.100.66"})
            with urlopen(asked, timeout=PATIENCE_SECONDS) as answer:
                through = json.load(answer)
            assert through["client"] == "127.0.0.1"
            assert through["x-forwarded-for"] == "198.51.100.66, 127.0.0.1"
            assert through["host"] == urlsplit(nginx.url).netloc
            if passes_upgrade:
                with dial(nginx, "/ws/behind/nothing/") as socket:
                    assert hear(socket)["upgrade"] == "websocket"
            else:
                with pytest.raises(InvalidStatus, match="404"), dial(nginx, "/ws/behind/nothing/"):
                    pass
