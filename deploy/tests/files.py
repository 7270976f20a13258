"""The files of `deploy/` as the tests use them: as they are, with names, ports, paths and time put in."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from configparser import RawConfigParser
from pathlib import Path

DEPLOY = Path(__file__).parent.parent
NAME = os.environ.get("DEPLOYED_NAME", "127.0.0.1")
"""By which the tests call the server, in the place of example.org. deploy/machine/ has one that is its own."""

ORIGIN = f"https://{NAME}"
PROGRAM = "/srv/sandbox/.venv/bin/python"
LISTEN = re.compile(r"(?<=listen )(?:\[::\]:)?(?:80|443)(?=[ ;])")


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def settings_of(name: str) -> dict[str, str]:
    """An environment file, as systemd reads it."""
    lines = (line for line in read(name).splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def unit(name: str) -> RawConfigParser:
    """A unit of systemd."""
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(read(f"systemd/{name}"))
    return parser


def command(name: str, port: int) -> list[str]:
    """What the unit of a process runs, such as `ExecStart`, for the process on a port."""
    return shlex.split(unit("sandbox-server@.service")["Service"][name].replace("%i", str(port)))


def put_in(text: str, changes: Mapping[str, object]) -> str:
    """Each of these stands there, and is replaced."""
    for old, new in changes.items():
        assert old in text, f"{old!r} does not stand in\n{text}"
        text = text.replace(old, str(new))
    return text


def nginx(name: str, folder: Path, ports: Sequence[int], changes: Mapping[str, object]) -> str:
    """A configuration of nginx with a place for each of its addresses, in their order, and its files in a folder."""
    left = iter(ports)
    text = LISTEN.sub(lambda _: f"127.0.0.1:{next(left)}", read(name))
    assert next(left, None) is None, "there are fewer addresses than ports"
    places = {"example.org": NAME, "/etc/nginx/tls": folder, "/var/log/nginx": folder}
    temporary = "".join(
        f"    {kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return put_in(text, {**places, "http {\n": f"http {{\n{temporary}", **changes})
