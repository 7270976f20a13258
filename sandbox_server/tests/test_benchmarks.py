"""What `make bench` compares: each of its servers starts, and answers as the others do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from benchmarks.servers import Server, daphne, house, measure

Start = Callable[[str, Path], AbstractContextManager[Server]]

pytestmark = pytest.mark.program


@pytest.mark.parametrize(
    ("made_by", "module", "consumers"),
    [
        (house, "benchmarks.house", ["echo", "block"]),
        (house, "benchmarks.unwatched", ["echo"]),
        (daphne, "plain", ["echo", "block"]),
        (daphne, "raw", ["echo"]),
    ],
)
def test_a_server_that_is_measured_answers(made_by: Start, module: str, consumers: list[str], tmp_path: Path) -> None:
    """An echo, and where visitors wait for each other, the consumer that they wait for."""
    with made_by(module, tmp_path) as server:
        for consumer in consumers:
            url = f"ws://127.0.0.1:{server.port}/ws/{consumer}/"
            with connect(url, additional_headers=server.headers, proxy=None) as socket:
                socket.send("hello")
                assert socket.recv(10) == "hello"


def test_a_client_that_shares_itself_out_visits_each_server(tmp_path: Path) -> None:
    """Handshakes, echoes and pages come from both of two."""
    page = tmp_path / "page.html"
    page.write_text("a page", encoding="utf-8")
    loads: dict[str, dict[str, Any]] = {
        "handshakes": {"path": "/ws/echo/", "connections": 4},
        "echoes": {"path": "/ws/echo/", "connections": 2, "in_flight": 1, "seconds": 0.1},
        "pages": {"path": "/page.html", "connections": 2, "seconds": 0.1},
    }
    settings = {"BENCHMARK_PAGE": str(page)}
    with daphne("plain", tmp_path, settings, None) as one, daphne("plain", tmp_path, settings, None) as two:
        for load, arguments in loads.items():
            assert measure(load, "benchmarks.many_ports", [one, two], core=None, **arguments)["rate"] > 0
        for server in (one, two):
            said = (tmp_path / f"{server.port}.log").read_text(encoding="utf-8")
            assert "WSCONNECT /ws/echo/" in said
            assert "GET /page.html" in said
