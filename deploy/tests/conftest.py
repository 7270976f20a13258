"""One deployment for all tests that look at it, and a certificate that they trust."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deploy.machine.running import find
from deploy.tests.deployment import Deployment, Running
from deploy.tests.files import NAME
from sandbox_server.tests.small_site import write_site
from testing.certificates import write_certificate
from testing.own_postgres import Postgres
from testing.own_redis import Redis


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a certificate that clients of this process trust."""
    folder = tmp_path_factory.mktemp("deployed")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", str(write_certificate(folder, NAME, "fullchain.pem", "privkey.pem")))
        yield folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site in small."""
    return write_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def deployment(request: pytest.FixtureRequest) -> Iterator[Running]:
    """nginx, three processes, Redis and PostgreSQL: on a machine where they are, or started here."""
    if installed := find(os.environ):
        yield installed
        return
    trusted, site = request.getfixturevalue("trusted"), request.getfixturevalue("site")
    with ExitStack() as running:
        postgres = Postgres()
        running.callback(postgres.remove)
        redis = Redis(trusted)
        running.callback(redis.end)
        deployment = Deployment(trusted, site, redis, postgres)
        running.callback(deployment.end)
        deployment.begin()
        yield deployment
