"""How much is tried, and the server that it is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings

from sandbox_server.tests.fuzzing.target import Target
from testing.program import start_sandbox_server

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
"""What an example is made up of is sent over TCP, to a server that may be busy."""

settings.register_profile(
    "few", max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=SLOW
)
settings.register_profile("many", max_examples=1000, database=None, deadline=None, suppress_health_check=SLOW)
settings.load_profile("few")

WIDE = {
    "SANDBOX_BURST_PINGS": 1_000,
    "SANDBOX_BURST_PONGS": 1_000,
    "SANDBOX_HEARTBEAT_SECONDS": 3600,
    "SANDBOX_HEAD_SECONDS": 0.3,
    "SANDBOX_BODY_SECONDS": 0.3,
    "SANDBOX_LINGER_SECONDS": 0.2,
    "SANDBOX_LOG_BYTES_PER_MINUTE": 1_000_000_000,
    "SANDBOX_LOG_RECORD_CHARACTERS": 20_000,
}
"""Nothing is cut for being too much, nothing left out of the log. Heads and bodies without an end are cut soon."""


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The real server, and a bystander on it."""
    folder = tmp_path_factory.mktemp("target")
    memory = Path("/dev/shm")  # Linux's folder in memory: on a disk that others keep busy, sessions wait for seconds
    database = Path(mkdtemp(dir=memory if memory.is_dir() else folder))
    settings = {"DATABASE_URL": f"sqlite:///{database / 'db.sqlite3'}"} | {name: str(it) for name, it in WIDE.items()}
    program = start_sandbox_server(folder, **settings)
    with Target(program) as target:
        yield target
    program.end()
    rmtree(database)
    target.read_log()
