"""What `make bench` compares: each of its servers starts, and answers as the others do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from websockets.sync.client import connect

from benchmarks.servers import Server, daphne, house

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
