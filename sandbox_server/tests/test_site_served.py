"""The built site beside the sandboxes: what a start says of it, how much of it one visitor is given, and its end."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from live_docs.serving.sandbox_server import SandboxServer
from sandbox_server.tests.small_site import BIG_BYTES, PAGE, ask, write_site
from sandbox_server.tests.test_hostile import descriptors
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import resident_mib, undisturbed
from testing.program import START_SECONDS, Program, wait_until
from testing.project import ORIGIN, ROOT


def test_a_client_that_does_not_read_keeps_nothing_in_memory_and_is_cut(serve_with: Serve, tmp_path: Path) -> None:
    """A large file waits on the disk until it is taken; who takes nothing for a while is cut."""
    server = serve_with(SANDBOX_SITE=write_site(tmp_path), SANDBOX_ANSWER_STALLED_SECONDS=1)
    address = urlsplit(server.url)
    head = f"GET /big.bin HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    with undisturbed(server), ExitStack() as clients:
        open_before, memory = descriptors(server), [resident_mib(server)]
        for _ in range(20):  # they ask for 480 MiB
            client = clients.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect((address.hostname, address.port))
            client.sendall(head)

        def are_cut() -> bool:
            memory.append(resident_mib(server))
            return descriptors(server) <= open_before

        wait_until(lambda: descriptors(server) > open_before, "a file that is open")
        wait_until(are_cut, "the end of connections that take nothing")
        assert max(memory) < memory[0] + 64
    whole = ask(server, "/big.bin")
    assert (whole.status, len(whole.body)) == (200, BIG_BYTES)


def test_too_many_files_are_a_429_and_the_sandboxes_go_on(serve_with: Serve, tmp_path: Path) -> None:
    """With the seconds to wait. They are counted by themselves."""
    server = serve_with(SANDBOX_SITE=write_site(tmp_path), SANDBOX_FILES_PER_MINUTE=3)
    assert [ask(server, "/learn/", source="127.0.0.7").status for _ in range(3)] == [200] * 3
    refused = ask(server, "/learn/", source="127.0.0.7")
    assert refused.status == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert b"Only 3 files a minute for your address: try again in" in refused.body
    assert "content-security-policy" in refused.headers
    assert ask(server, "/names/", source="127.0.0.7").status == 200


def test_a_site_that_is_built_anew_is_not_served_in_pieces_of_two(serve_with: Serve, tmp_path: Path) -> None:
    """What was written since the start has another length: the reader and whoever runs the server are told."""
    site = write_site(tmp_path)
    server = serve_with(SANDBOX_SITE=site)
    (site / "learn/index.html").write_text(PAGE.format("of tomorrow"))
    (site / "learn/deep/index.html").unlink()
    for path in ("/learn/", "/learn/deep/"):
        answer = ask(server, path)
        assert answer.status == 503
        assert b"the server has to be started again" in answer.body
    assert ask(server, "/").status == 200
    assert "the server has to be started again" in server.said()
    assert "Traceback" not in server.said()


def test_it_says_at_the_start_what_it_serves_and_what_is_missing(serve_with: Serve, tmp_path: Path) -> None:
    """A line each, with the setting that would change it."""
    server = serve_with(SANDBOX_SITE=write_site(tmp_path), SANDBOX_ORIGINS=ORIGIN)
    server.wait_until_it_says("proxies:")
    said = server.said()
    port = urlsplit(server.url).port
    assert re.search(rf"site: +3 pages in {re.escape(str(tmp_path / 'site'))}, compressed\n", said)
    assert f"for pages of {ORIGIN}, http://127.0.0.1:{port}, http://localhost:{port}, http://[::1]:{port} (" in said
    assert re.search(r"database: +sqlite3, db0\.sqlite3 \(DATABASE_URL\)\n", said)
    assert re.search(r"key: +your own \(SECRET_KEY\)\n", said)
    bare = serve_with()
    bare.wait_until_it_says("proxies:")
    assert re.search(r"site: +none \(SANDBOX_SITE\)\n", bare.said())
    assert json.loads(ask(bare, "/").body)["versions"]


@pytest.mark.program
def test_whoever_hands_a_socket_down_serves_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `mkdocs serve` does: what was built some time ago is not what somebody writes."""
    monkeypatch.setenv("SANDBOX_SITE", str(write_site(tmp_path)))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}")
    server = SandboxServer(ROOT, "sandbox_server", 0)
    server.start()
    try:
        assert server.child is not None
        program = Program(server.child, tmp_path / "none", f"http://127.0.0.1:{server.port}")
        assert "versions" in json.loads(ask(program, "/").body)
    finally:
        server.stop()


@pytest.mark.program
def test_a_site_that_no_strict_policy_lets_work_is_one_clear_line(tmp_path: Path) -> None:
    """It names the page and what to change; nothing is served."""
    site = write_site(tmp_path)
    (site / "learn/index.html").write_text('<b onclick="a()">b</b>')
    environment = {"SANDBOX_SITE": str(site), "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    command = [sys.executable, "-m", "sandbox_server", "--port=0"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=START_SECONDS
    )
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("The site cannot be served: ")
    assert "learn/index.html: a policy that allows <b onclick> allows everything" in line
