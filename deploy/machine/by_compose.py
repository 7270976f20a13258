"""As deploy/README.md says under *Docker Compose*, with images that are made here: no registry of images is reached.

They are made of Debian's packages of the same versions, under the names that compose.yaml and the Dockerfile have.
"""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

from deploy.machine.debian import Debian, Shell
from deploy.machine.installed import Installed, Process
from deploy.machine.yours import copy, write_environment
from deploy.tests.files import put_in
from testing.certificates import write_certificate

FOLDER = "/srv/compose/deploy/compose"
COMPOSE = f"cd {FOLDER} && docker compose --env-file sandbox.env"
IMAGES = {"python": "python:3.13-slim", "nginx": "nginx:stable", "redis": "redis:8", "postgres": "postgres:17"}
HERE = Path(__file__).parent
NETWORK = "172.30.101"
SERVERS = ("server-1", "server-2", "server-3")
ADDRESSES = [f"{NETWORK}.{11 + number}" for number in range(len(SERVERS))]


class ByCompose(Installed):
    name = f"{NETWORK}.10"
    addresses = f"{NETWORK}.20"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        log = f"{COMPOSE} logs --no-log-prefix "
        pairs = zip(ADDRESSES, SERVERS, strict=True)
        self.processes = [Process(shell, f"http://{address}:8001", log + name) for address, name in pairs]
        self.metrics_urls = [f"http://{address}:9101" for address in ADDRESSES]
        self.redis_url = (
            f"redis://{self.inspect('redis', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}')}:6379"
        )

    def inspect(self, service: str, what: str) -> str:
        return self.shell.run(f"docker inspect --format '{what}' $({COMPOSE} ps --quiet {service})").strip()

    def kill(self, number: int) -> None:
        self.shell.run(f"kill -KILL {self.inspect(SERVERS[number], '{{.State.Pid}}')}")

    def roll(self) -> None:
        self.shell.run(f"sh {FOLDER}/roll.sh")

    def end_postgres(self) -> None:
        self.shell.run(f"{COMPOSE} stop postgres")

    def begin_postgres(self) -> None:
        self.shell.run(f"{COMPOSE} start postgres")


def install(debian: Debian, site: Path) -> Path:
    """Before the machine is booted. Returns the file of the certificate that visitors trust."""
    project = debian.put_project("srv/compose", site)
    nginx = project / "deploy/nginx/nginx.conf"
    copy(nginx, nginx, ByCompose.name)
    compose = project / "deploy/compose"
    environment = compose / "sandbox.env"
    write_environment(project, environment, ByCompose.name)
    hosts = ",".join([ByCompose.name, *ADDRESSES])  # the tests ask each process, too
    environment.write_text(put_in(environment.read_text(), {f"HOSTS={ByCompose.name}": f"HOSTS={hosts}"}))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    limits = "".join(f"  {it}: {{ulimits: {{nofile: {most}}}}}\n" for it in SERVERS)
    (compose / "compose.override.yaml").write_text(f"services:\n{limits}")  # this machine may not allow 65536
    images = debian.root / "srv/images"
    shutil.copytree(HERE / "images", images)
    debian.bare.rename(images / "bare.tar")
    (compose / "tls").mkdir()
    return write_certificate(compose / "tls", ByCompose.name, "fullchain.pem", "privkey.pem")


def start(shell: Shell) -> None:
    """On the machine: the images, and all services; and visitors get addresses in their network."""
    shell.run("docker import /srv/images/bare.tar debian:bare")
    for name, image in IMAGES.items():
        shell.run(f"docker build --tag {image} --file /srv/images/{name}.Dockerfile /srv/images/context")
    shell.run(f"{COMPOSE} up --build --detach")
    bridge = "br-$(docker network inspect --format '{{slice .Id 0 12}}' sandbox_default)"
    for digit in range(6, 10):
        shell.run(f"ip address add {ByCompose.addresses}{digit}/24 dev {bridge}")
