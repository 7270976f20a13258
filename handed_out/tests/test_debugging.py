"""The page *Debugging*: its commands in a reader's project, and what they print of a socket, refused or not."""

from __future__ import annotations

import signal

import pytest

from handed_out.reader import PORT, Reader, printed
from handed_out.tests.clients import PATIENCE_SECONDS, enter
from handed_out.tests.logs import missing
from testing.program import Program, wait_until
from testing.project import ROOT

pytestmark = pytest.mark.long

TOLD = ROOT / "sandbox_server/sandboxes/told"


@pytest.fixture
def debugger(reader: Reader) -> Reader:
    """A project with a chat and a consumer that blocks."""
    reader.choose_layer("in_memory")
    reader.write("chat/slow.py", printed("debugging/slow.py"))
    reader.write("chat/routing.py", printed("debugging/routing.py"))
    return reader


@pytest.fixture
def tracer(debugger: Reader) -> Reader:
    """The same, with the middleware around its application, and the printed lines of logging."""
    debugger.write("chat/trace.py", (TOLD / "trace.py").read_text(encoding="utf-8"))
    debugger.add("mysite/settings.py", printed("debugging/settings.py"))
    debugger.add("mysite/asgi.py", printed("debugging/asgi.py"))
    return debugger


def fails(reader: Reader, program: Program, script: str) -> str:
    """What a printed client says of this server, and ends with an error."""
    port = program.url.rpartition(":")[2]
    with pytest.raises(RuntimeError) as failed:
        reader.call(["bash", "-c", script.replace(PORT, port)])
    return str(failed.value)


def dump(program: Program) -> str:
    """Ask faulthandler for what each thread does, and return what has been said so far."""
    program.process.send_signal(signal.SIGUSR1)
    return program.said()


def converse(program: Program, seconds: str = "0") -> None:
    """With the consumer that blocks."""
    with enter(program, "/ws/slow/") as socket:
        socket.send(seconds)
        assert socket.recv(PATIENCE_SECONDS) == "done"


SERVERS = {"debugging/daphne.sh": "debugging/daphne.txt", "debugging/uvicorn.sh": "debugging/uvicorn.txt"}
"""Each printed command, and what is printed of its log."""


@pytest.mark.parametrize(("command", "log"), SERVERS.items(), ids=["daphne", "uvicorn"])
def test_clients_that_are_no_browser_say_the_status_and_the_log_says_why(
    debugger: Reader, command: str, log: str
) -> None:
    """Without an Origin both are refused; with one, curl is shown a handshake that succeeds."""
    curl = printed("debugging/curl.sh")
    without_origin = curl.replace('  --header "Origin: http://127.0.0.1:8001" \\\n', "")
    without_upgrade = curl.replace('--header "Connection: Upgrade" --header "Upgrade: websocket"', "")
    with debugger.serve(command) as program:
        refused = fails(debugger, program, printed("debugging/client.sh"))
        assert "server rejected WebSocket connection: HTTP 403." in refused
        converse(program)
        assert missing(printed("debugging/curl.txt"), fails(debugger, program, curl)) == []
        for request, status in ((without_origin, 403), (without_upgrade, 404)):
            at_its_port = request.replace(PORT, program.url.rpartition(":")[2])
            assert f"HTTP/1.1 {status}" in debugger.call(["bash", "-c", at_its_port])
        program.end()
        assert missing(printed(log), program.said()) == []
        assert "Connect call failed" in fails(debugger, program, printed("debugging/client.sh"))


def test_runserver_says_once_what_loggers_and_the_trace_tell(tracer: Reader) -> None:
    """Each line as it is printed, and no line twice."""
    with tracer.serve("debugging/runserver.sh") as program:
        converse(program)
        program.wait_until_it_says("/ws/slow/ returned")
        said = program.said()
    assert missing(printed("debugging/trace.txt"), said) == []
    assert said.count("WebSocket CONNECT /ws/slow/") == 1


def test_what_blocks_everybody_is_named_by_faulthandler_and_timed_by_asyncio(debugger: Reader) -> None:
    """The first while it does, the second afterwards."""
    debugger.add("mysite/asgi.py", printed("debugging/hangs.py"))
    with debugger.serve("debugging/asyncio.sh") as program:
        with enter(program, "/ws/slow/") as socket:
            socket.send("4")
            wait_until(lambda: "in receive" in dump(program), "a dump while it blocks")
            assert socket.recv(PATIENCE_SECONDS) == "done"
        program.wait_until_it_says("took 4.")
        assert missing(printed("debugging/hangs.txt"), program.said()) == []
