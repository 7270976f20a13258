"""SIGTERM: who is connected is told, who comes is sent away, and the process is gone."""

import signal
from pathlib import Path

import pytest

from testing.ports import reserved_port
from testing.program import start
from testing.raw_client import TEXT, Frame, RawClient, close, text

pytestmark = pytest.mark.program

GONE_SECONDS = 40
"""Less than the minute for which a thread of the stage sleeps; the server allows itself SHUTDOWN_EXIT_SECONDS."""


@pytest.mark.parametrize("signal_sent", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)])
def test_every_websocket_is_told_and_the_process_ends(tmp_path: Path, signal_sent: signal.Signals) -> None:
    """1012 for who is there, 503 for who comes; it waits for the closes, and leaves nothing in the log."""
    port = reserved_port()
    database = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    url = f"http://127.0.0.1:{port}"
    program = start(["sandbox_server", f"--port={port}"], tmp_path / "log", url, DATABASE_URL=database)
    with RawClient(url, "/ws/echo/") as client, RawClient(url, "/ws/echo/") as silent:
        client.send(text("hello"))
        assert client.receive() == Frame(TEXT, b"hello")
        program.process.send_signal(signal_sent)
        assert client.receive_close() == (1012, "service restart")
        assert silent.receive_close() == (1012, "service restart")
        with RawClient(url, "/ws/echo/") as late:
            assert late.response.status == 503
            assert late.response.all("retry-after") == ["5"]
        client.send(close(1012))
        assert client.rest() == b""
        assert program.process.wait(GONE_SECONDS) == 0
    assert "Traceback" not in program.said()


@pytest.mark.long
@pytest.mark.parametrize("sleeper", ["/sleep_in_thread", "/sleep_in_sync_to_async"])
def test_nothing_that_hangs_holds_it(tmp_path: Path, sleeper: str) -> None:
    """Neither a consumer in a thread that nothing can interrupt nor a handshake that nobody answered: that is a 503."""
    port = reserved_port()
    program = start(["sandbox_server.tests.stage", str(port)], tmp_path / "log", f"http://127.0.0.1:{port}")
    undecided = RawClient(program.url, "/undecided", answered=False)
    with undecided, RawClient(program.url, sleeper) as client:
        program.process.terminate()
        assert client.receive_close() == (1012, "service restart")
        assert undecided.read_response().status == 503
        assert program.process.wait(GONE_SECONDS) == 0
    assert "Traceback" not in program.said()


@pytest.mark.long
def test_an_event_loop_that_sleeps_does_not_hold_it_either(tmp_path: Path) -> None:
    """A consumer that blocks the loop keeps everybody from being told: TCP ends. But the process does, too."""
    port = reserved_port()
    program = start(["sandbox_server.tests.stage", str(port)], tmp_path / "log", f"http://127.0.0.1:{port}")
    with RawClient(program.url, "/sleep_in_event_loop") as client:
        client.send(text("now"))
        program.wait_until_it_says("asleep")
        program.process.terminate()
        assert program.process.wait(GONE_SECONDS) == 0
        assert client.rest() == b""
    assert "Traceback" not in program.said()
