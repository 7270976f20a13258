"""What cannot be meant, in the environment or on the command line: one line that says so, and an exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from testing.ports import reserved_port
from testing.program import START_SECONDS, launch, wait_until
from testing.project import ROOT

pytestmark = pytest.mark.program

KEY = "of these tests, and of nothing else: 0123456789"

BAD: dict[str, tuple[dict[str, str], list[str], str]] = {
    "port": ({}, ["--port=70000"], "argument --port: '70000' is no port: give a number from 0 to 65535"),
    "negative port": ({}, ["--port=-1"], "argument --port: '-1' is no port: give a number from 0 to 65535"),
    "port in words": ({}, ["--port=http"], "argument --port: 'http' is no port: give a number from 0 to 65535"),
    "option": ({}, ["--prot=1"], "unrecognized arguments: --prot=1"),
    "host": ({}, ["--host=nowhere.invalid"], "Cannot listen on nowhere.invalid:PORT: .*. Choose another with --port."),
    "host that is another's": ({}, ["--host=192.0.2.1"], "Cannot listen on 192.0.2.1:PORT: .* Choose another .*"),
    "empty key": ({"SECRET_KEY": ""}, [], "SECRET_KEY is empty in the environment: set it to 50 random characters.*"),
    "published key": ({}, ["--host=0.0.0.0"], "To listen on 0.0.0.0, .* set SECRET_KEY in the environment .*"),
    "published key, IPv6": ({}, ["--host=::"], "To listen on ::, .* set SECRET_KEY in the environment .*"),
    "database scheme": (
        {"DATABASE_URL": "oracel://x"},
        [],
        "DATABASE_URL cannot be read .* set it to sqlite:///PATH.*",
    ),
    "no database": ({"DATABASE_URL": "nonsense"}, [], "DATABASE_URL cannot be read .*"),
    "database port": ({"DATABASE_URL": "postgres://a:b@c:d/e"}, [], "DATABASE_URL cannot be read .*"),
    "database folder": ({"DATABASE_URL": "sqlite:////no/such/folder/db"}, [], "The database cannot be used: .*"),
    "database of another kind": ({"DATABASE_URL": f"sqlite:///{__file__}"}, [], "The database cannot be used: .*"),
    "database server that is away": (
        {"DATABASE_URL": "postgres://sandbox:secret@127.0.0.1:1/sandbox"},
        [],
        "The database cannot be used: (?!.*secret).*Connection refused.* DATABASE_URL says which it is.",
    ),
    "redis": ({"REDIS_URL": "127.0.0.1:6379"}, [], "REDIS_URL is no address of a Redis: set it to redis://HOST.*"),
    "origin": ({"SANDBOX_ORIGINS": "example.org"}, [], "SANDBOX_ORIGINS has 'example.org': an origin is like .*"),
    "origin with a path": ({"SANDBOX_ORIGINS": "https://a.b/c"}, [], "SANDBOX_ORIGINS has 'https://a.b/c': .*"),
    "proxies": ({"SANDBOX_PROXIES": "nginx"}, [], "SANDBOX_PROXIES: 'nginx' does not appear .* Set it to addresses.*"),
    "site": ({"SANDBOX_SITE": "/no/such"}, [], "SANDBOX_SITE is '/no/such': no index.html is in it. Run `make site`.*"),
    "metrics port": (
        {"SANDBOX_METRICS_PORT": "http"},
        [],
        r"SANDBOX_METRICS_\w+ is 'http' in the environment: set it to a port from 1 to 65535.",
    ),
    "metrics host": (
        {"SANDBOX_METRICS_PORT": "1", "SANDBOX_METRICS_HOST": "192.0.2.1"},
        [],
        r"Cannot listen on 192.0.2.1:1: .* Choose another with SANDBOX_METRICS_\w+.",
    ),
    "log": ({"SANDBOX_LOG": "xml"}, [], "SANDBOX_LOG is 'xml' in the environment: set it to text or json."),
    "switch": ({"LEAN_DISPATCH": "yes"}, [], "LEAN_DISPATCH is 'yes' in the environment: set it to on or off."),
    "figure": ({"SANDBOX_SOCKETS": "many"}, [], "SANDBOX_SOCKETS is 'many' .* set it to a whole number, such as 5000."),
    "figure below": ({"SANDBOX_ROOMS": "-1"}, [], "SANDBOX_ROOMS is '-1' .* set it to a whole number above 0."),
    "no figure": ({"SANDBOX_HEAD_SECONDS": "nan"}, [], "SANDBOX_HEAD_SECONDS is 'nan' .* set it to a number above 0."),
}


@pytest.mark.parametrize(("settings", "arguments", "said"), BAD.values(), ids=BAD)
def test_what_cannot_be_meant_is_one_clear_line(
    tmp_path: Path, settings: dict[str, str], arguments: list[str], said: str
) -> None:
    """No traceback, and nothing listens."""
    port = reserved_port()
    environment = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    environment |= {"DATABASE_URL": f"sqlite:///{tmp_path / 'db'}", **settings}
    command = [sys.executable, "-m", "sandbox_server", f"--port={port}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=START_SECONDS)
    assert done.returncode in (1, 2)
    assert re.fullmatch(said.replace("PORT", str(port)) + "\n", done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("settings", "arguments", "address"),
    [({}, ["--host=::1"], "[::1]"), ({"SECRET_KEY": KEY}, ["--host=0.0.0.0"], "0.0.0.0")],
    ids=["IPv6", "everywhere, with a key"],
)
def test_it_listens_where_it_is_told(
    tmp_path: Path, settings: dict[str, str], arguments: list[str], address: str
) -> None:
    """On another's loopback, and with a key of its own everywhere. It says where."""
    port = reserved_port()
    url = f"http://{address.replace('0.0.0.0', '127.0.0.1')}:{port}"
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'db'}", **settings}
    program = launch(["sandbox_server", f"--port={port}", *arguments], tmp_path / "log", url, ROOT, **environment)
    try:
        program.wait_until_it_answers()
        assert f"Sandbox server on http://{address}:{port}\n" in program.said()
    finally:
        program.end()


def test_a_redis_that_is_away_is_told_and_waited_for(tmp_path: Path) -> None:
    """In one line; the server serves."""
    port, nowhere = reserved_port(), reserved_port()
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'db'}", "REDIS_URL": f"redis://127.0.0.1:{nowhere}"}
    url = f"http://127.0.0.1:{port}"
    program = launch(["sandbox_server", f"--port={port}"], tmp_path / "log", url, ROOT, **environment)
    try:
        program.wait_until_it_answers()
        wait_until(lambda: "Sandbox server on" in program.said(), "its line")
        first, *_ = program.said().splitlines()
        assert re.fullmatch(r"REDIS_URL: .*refused.* Rooms and observations wait for it\.", first)
    finally:
        program.end()
