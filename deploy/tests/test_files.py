"""Whether the files of `deploy/` say the same: what no program would notice before it is too late."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import yaml

from deploy.tests import files
from deploy.tests.deployment import PRINTED_PORTS
from sandbox_server import limits
from testing.project import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load(files.read("compose/compose.yaml"))
PROCESSES = [name for name in COMPOSE["services"] if name.startswith("server-")]


def servers(name: str) -> list[str]:
    return re.findall(r"server (\S+) max_fails=0;", files.read(name))


def address(service: str) -> str:
    found: str = COMPOSE["services"][service]["networks"]["default"]["ipv4_address"]
    return found


def test_nginx_asks_the_processes_that_are_started() -> None:
    """By systemd, and by the compose file; a script rolls all of them."""
    assert servers("nginx/processes.conf") == [f"127.0.0.1:{port}" for port in PRINTED_PORTS] * 2
    wanted = files.unit("sandbox-server.target")["Unit"]["Wants"].split()
    assert wanted == [f"sandbox-server@{port}.service" for port in PRINTED_PORTS]
    assert f"for port in {' '.join(map(str, PRINTED_PORTS))}; do" in files.read("systemd/roll.sh")
    port = files.command("ExecStart", 0)[-1]
    assert port == "0"
    assert '"--port", "8001"' in files.read("compose/Dockerfile")
    assert servers("compose/processes.conf") == [f"{address(name)}:8001" for name in PROCESSES] * 2


def test_the_processes_believe_nginx_and_nobody_else() -> None:
    """Where it is their neighbour, and where it has an address of its own."""
    assert files.settings_of("sandbox.env.example")["SANDBOX_PROXIES"] == "127.0.0.1"
    for name in PROCESSES:
        assert COMPOSE["services"][name]["environment"]["SANDBOX_PROXIES"] == address("nginx")


def test_each_setting_is_one_that_the_server_reads() -> None:
    """A name that is written wrong would be passed over in silence."""
    named = {*files.settings_of("sandbox.env.example"), "SANDBOX_METRICS_PORT"}
    for name in PROCESSES:
        named |= set(COMPOSE["services"][name]["environment"])
    source = (ROOT / "sandbox_server/settings.py").read_text() + 'config( "DATABASE_URL"'
    unread = [it for it in named if f'"{it}"' not in source and not hasattr(limits, it.removeprefix("SANDBOX_"))]
    assert unread == []


def test_the_database_takes_as_many_connections_as_the_processes_may_open() -> None:
    """PostgreSQL's own bound is 100, of which three are its administrator's."""
    requests = int(files.settings_of("sandbox.env.example")["SANDBOX_REQUESTS"])
    assert len(PRINTED_PORTS) * (requests + 2) <= 100 - 3


def test_systemd_and_docker_wait_for_as_long_as_the_server_may_take_to_end() -> None:
    """SIGKILL comes after what it has to say."""
    stop = int(files.unit("sandbox-server@.service")["Service"]["TimeoutStopSec"])
    assert stop > limits.SHUTDOWN_EXIT_SECONDS
    for name in PROCESSES:
        assert COMPOSE["services"][name]["stop_grace_period"] == f"{stop}s"


def test_the_image_holds_the_packages_that_the_server_imports() -> None:
    """And the files that compose.yaml and the Dockerfile name are there."""
    code = "import sys, sandbox_server.__main__, sandbox_server.asgi; print(*{it.split('.')[0] for it in sys.modules})"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sandbox_server.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    ours = {path.parent.name for path in ROOT.glob("*/__init__.py")} & set(done.stdout.split())
    copied = re.findall(r"^COPY (\S+)", files.read("compose/Dockerfile"), re.MULTILINE)
    assert ours <= set(copied)
    assert all((ROOT / path).exists() for path in copied if path != "site")  # which `make site` makes
    for volume in COMPOSE["services"]["nginx"]["volumes"]:
        path = volume.partition(":")[0]
        assert path == "./tls" or (files.DEPLOY / "compose" / path).exists()
