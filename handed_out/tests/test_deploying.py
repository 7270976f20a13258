"""Each server that *Deploying* starts, in a reader's project: what it says, whom it believes, how its sockets end."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import ConnectionClosed

from handed_out.reader import PORT, Reader, printed
from handed_out.servers import programs_of
from handed_out.tests.clients import PATIENCE_SECONDS, enter
from handed_out.tests.logs import missing
from testing.ports import reserved_port
from testing.program import Program
from testing.project import ROOT
from testing.pythons import version_of

pytestmark = pytest.mark.long

TRUE, FORGED = "203.0.113.7", "198.51.100.66"
HEADERS = {"X-Forwarded-For": f"{FORGED}, {TRUE}", "X-Real-IP": TRUE, "X-Forwarded-Proto": "https"}
"""What a proxy says that adds to X-Forwarded-For, and overwrites the others."""


@dataclass(frozen=True)
class Server:
    """The printed command, what a page prints of its log, what each of its processes says once it serves and how many
    they are, what a socket is told when it is stopped, whom and what it believes, and since which Python it waits for
    its sockets instead, if it does.
    """

    command: str
    log: str
    begun: tuple[str, int]
    ends: set[int]
    believes: tuple[str, str]
    waits_since: tuple[int, int, int] | None = None


HYPERCORN_WAITS = (3, 12, 1)
"""Since this Python `Server.wait_closed()` waits for all connections, before Hypercorn's time-out (hypercorn#308)."""
GRACEFUL_SECONDS = 3
"""What Hypercorn gives connections, unless it is told otherwise (`graceful_timeout`)."""

SERVERS = [
    Server("deploying/daphne.sh", "deploying/daphne.txt", ("Listening on TCP", 1), {1006}, (TRUE, "https")),
    Server(
        "deploying/uvicorn.sh", "deploying/uvicorn.txt", ("Application startup complete", 2), {1012}, (TRUE, "https")
    ),
    Server(
        "deploying/gunicorn.sh", "deploying/gunicorn.txt", ("Application startup complete", 2), {1012}, (TRUE, "https")
    ),
    Server(
        "deploying/hypercorn.sh",
        "deploying/hypercorn.txt",
        ("Running on", 2),
        {1006, 1011},
        ("127.0.0.1", "http"),
        HYPERCORN_WAITS,
    ),
]
each_server = pytest.mark.parametrize("server", SERVERS, ids=lambda server: Path(server.command).stem)


@pytest.fixture(scope="session")
def server_programs(reader_programs: Path) -> Path:
    """Where all the servers are."""
    return programs_of(reader_programs)


@pytest.fixture
def deployed(reader: Reader, server_programs: Path) -> Reader:
    """A reader who has installed them."""
    reader.write("mysite/seen.py", printed("deploying/seen.py"))
    health = ROOT / "sandbox_server/sandboxes/behind/health.py"  # the very file of this site's own server
    reader.write("mysite/health.py", health.read_text(encoding="utf-8"))
    return replace(reader, programs=server_programs)


@contextmanager
def serve(reader: Reader, command: str) -> Iterator[Program]:
    """A command that a page prints, on a port that is free; nobody outside of this machine is listened to."""
    port = str(reserved_port())
    line = "exec " + command.replace(PORT, port).replace("0.0.0.0", "127.0.0.1").strip()
    with reader.start(["bash", "-c", line], f"http://127.0.0.1:{port}") as program:
        yield program


def waits(server: Server, reader: Reader) -> bool:
    """Whether it waits for its sockets before it ends, on the Python that it has here."""
    python = version_of(reader.programs / "python")
    return server.waits_since is not None and python is not None and python >= server.waits_since


def ask(server: Program, path: str = "/", **headers: str) -> str:
    asked = Request(server.url + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with urlopen(asked, timeout=PATIENCE_SECONDS) as answer:
        return str(answer.read().decode())


@each_server
def test_a_server_says_what_is_printed_serves_and_tells_its_sockets_or_not(
    deployed: Reader, redis: str, server: Server
) -> None:
    """Two processes share a room over Redis; SIGTERM ends a socket with the code of the table, or waits for it."""
    deployed.choose_layer("redis", redis)
    with serve(deployed, printed(server.command)) as program:
        with enter(program) as alice, enter(program) as bob:
            bob.send("hello")
            assert alice.recv(PATIENCE_SECONDS) == bob.recv(PATIENCE_SECONDS) == "hello"
            program.wait_until_it_says(*server.begun)  # Hypercorn heeds a SIGTERM once the last one has been started
            program.process.terminate()
            if not waits(server, deployed):
                with pytest.raises(ConnectionClosed) as closed:
                    alice.recv(PATIENCE_SECONDS)
                assert (closed.value.rcvd.code if closed.value.rcvd else 1006) in server.ends
        program.end()
        assert missing(printed(server.log), program.said()) == []


def test_hypercorn_ends_its_sockets_or_goes_on_with_them_by_its_python(deployed: Reader, redis: str) -> None:
    """It goes on for longer than the three seconds of its own time-out: what is said is still heard."""
    deployed.choose_layer("redis", redis)
    server = SERVERS[-1]
    with serve(deployed, printed(server.command).replace("--workers 2", "--workers 1")) as program:
        program.wait_until_it_says("Running on")
        with enter(program) as alice:
            program.process.terminate()
            if not waits(server, deployed):
                with pytest.raises(ConnectionClosed):
                    alice.recv(PATIENCE_SECONDS)
            until = time.monotonic() + GRACEFUL_SECONDS + 1
            while waits(server, deployed) and time.monotonic() < until:
                alice.send("still here")
                assert alice.recv(PATIENCE_SECONDS) == "still here"
        program.end()


@each_server
def test_a_server_believes_a_proxy_as_the_table_says(deployed: Reader, server: Server) -> None:
    """Of the client's address, and of whether it came by TLS."""
    command = printed(server.command).replace("mysite.asgi", "mysite.seen")
    with serve(deployed, command) as program:
        seen = json.loads(ask(program, **HEADERS))
    assert (seen["client"][0], seen["scheme"]) == server.believes


@pytest.mark.parametrize(
    ("command", "said"),
    [("deploying/uvicorn.sh", "Started server process"), ("deploying/gunicorn.sh", "Booting worker with pid")],
)
def test_a_worker_that_is_killed_is_started_again(deployed: Reader, command: str, said: str) -> None:
    """By the parent, which goes on."""
    with serve(deployed, printed(command).replace("mysite.asgi", "mysite.seen")) as program:
        os.kill(json.loads(ask(program))["process"], signal.SIGKILL)
        program.wait_until_it_says(said, times=3)


def test_hypercorn_ends_when_one_of_its_workers_is_killed(deployed: Reader) -> None:
    """Whoever started it has to start it again, whatever its exit status says."""
    command = printed("deploying/hypercorn.sh").replace("mysite.asgi", "mysite.seen")
    with serve(deployed, command) as program:
        os.kill(json.loads(ask(program))["process"], signal.SIGKILL)
        program.process.wait(PATIENCE_SECONDS)


def test_daphne_believes_the_leftmost_unless_it_is_told_otherwise(deployed: Reader) -> None:
    """What the visitor wrote; and without the option nobody."""
    for options, believed in (("--proxy-headers ", FORGED), ("", "127.0.0.1")):
        with serve(deployed, f"daphne -p {PORT} {options}mysite.seen:application") as program:
            assert json.loads(ask(program, **HEADERS))["client"][0] == believed


def test_a_load_balancer_is_answered_whatever_host_it_asks_for(
    deployed: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Django, with the printed settings, answers 400."""
    monkeypatch.setenv("SECRET_KEY", "of this test")
    deployed.choose_layer("in_memory")
    deployed.add("mysite/settings.py", printed("deploying/settings.py"))
    deployed.add("mysite/asgi.py", printed("deploying/asgi.py"))
    with serve(deployed, printed("deploying/daphne.sh")) as program:
        assert ask(program, "/healthz", Host="10.0.0.12:8001") == "ok"
        with pytest.raises(HTTPError, match="400"):
            ask(program, "/admin/login/", Host="10.0.0.12:8001")
        assert "Log in" in ask(program, "/admin/login/", Host="example.org")
        program.wait_until_it_says("You may need to add '10.0.0.12' to ALLOWED_HOSTS.")


def in_brackets(text: str) -> str:
    return shlex.join(json.loads(text[text.rindex("CMD ") + 4 :]))


def after_web(text: str) -> str:
    return text.removeprefix("web: ").replace("$PORT", PORT)


def exec_start(text: str) -> str:
    (command,) = re.findall(r"^ExecStart=/srv/mysite/\.venv/bin/(.*)", text, re.MULTILINE)
    return str(command).replace("%i", PORT)


@pytest.mark.parametrize(
    ("file", "started_by"),
    [
        ("deploying/Dockerfile", in_brackets),
        ("deploying/Procfile", after_web),
        ("deploying/mysite@.service", exec_start),
    ],
)
def test_what_an_operators_file_starts_serves_the_chat(
    deployed: Reader, file: str, started_by: Callable[[str], str]
) -> None:
    deployed.choose_layer("in_memory")
    with serve(deployed, started_by(printed(file))) as program, enter(program) as alice:
        alice.send("hello")
        assert alice.recv(PATIENCE_SECONDS) == "hello"


def test_under_supervisor_processes_share_a_port_and_come_back(deployed: Reader) -> None:
    """Each accepts from the one socket on which supervisor listens; one that is killed is started again."""
    lines = printed("deploying/supervisor.conf").replace("/srv/mysite/.venv/bin", str(deployed.programs))
    lines = lines.replace("/srv/mysite", str(deployed.folder)).replace("mysite.asgi", "mysite.seen")
    port = str(reserved_port())
    deployed.write(
        "supervisord.conf", f"[supervisord]\nnodaemon=true\nuser={os.getuid()}\n\n{lines}".replace(PORT, port)
    )
    command = [str(deployed.programs / "supervisord"), "-c", "supervisord.conf"]
    with deployed.start(command, f"http://127.0.0.1:{port}") as program:
        first = json.loads(ask(program))["process"]
        os.kill(first, signal.SIGKILL)
        program.wait_until_it_says("exited: mysite-")
        seen = json.loads(ask(program))
        assert seen["process"] != first
        program.wait_until_it_says("spawned: 'mysite-", times=3)
