"""`python -m sandbox_server`: set the database up, then serve the sandboxes, and the built site, with Daphne."""

from sandbox_server.observing.frames import ObservedServer  # isort: skip  (first: it chooses Twisted's reactor)

import argparse
import os
import resource
import signal
import socket
import sys
import threading
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn

import django
import redis
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from live_docs.built.policy import PolicyError
from sandbox_server.built_site.not_found import NotFound
from sandbox_server.built_site.site import BuiltSite
from sandbox_server.guards.around import guard
from sandbox_server.guards.proxy import visitor_at
from sandbox_server.limits import BACKLOG_CONNECTIONS, REDIS_GREETING_SECONDS
from sandbox_server.operating.health import Health
from sandbox_server.operating.migration import migrate
from sandbox_server.operating.readiness import LOOKS, Readiness
from sandbox_server.start_lines import own_origins, start_lines
from sandbox_server.tally import tally


def main() -> None:
    """Read the command line and run until SIGINT, SIGTERM, SIGHUP, or the end of the lifeline."""
    arguments = read_arguments()
    set_up()
    listener = (
        socket.socket(fileno=arguments.fd) if arguments.fd is not None else listen(arguments.host, arguments.port)
    )
    refuse_published_key(listener)
    if arguments.lifeline is not None:
        threading.Thread(target=leave_with_parent, args=(arguments.lifeline,), daemon=True).start()
    if settings.SANDBOX_METRICS_PORT is not None:
        tell_metrics(settings.SANDBOX_METRICS_HOST, settings.SANDBOX_METRICS_PORT)
    migrate_database()
    greet_redis()
    open_as_many_files_as_allowed()
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))

    site = None if arguments.fd is not None else open_site(listener)  # whoever hands a socket down serves the pages

    from sandbox_server.asgi import application

    guarded = guard(
        NotFound(application, site.not_found) if site and site.not_found else application,
        proxies=settings.SANDBOX_PROXIES,
        hosts=settings.ALLOWED_HOSTS,
        origins=settings.SANDBOX_ORIGINS,
        redis_url=settings.REDIS_URL,
        site=site,
    )
    if arguments.fd is None:
        host, port = listener.getsockname()[:2]
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        print(f"Sandbox server on {url}", *start_lines(site), sep="\n", flush=True)
    watched = Health(guarded, Readiness(LOOKS), is_stopping=lambda: server.shutting_down)
    server = ObservedServer(
        watched,
        endpoints=[f"fd:fileno={listener.fileno()}"],
        server_name="",
        visitor_at=partial(visitor_at, proxies=settings.SANDBOX_PROXIES),
    )
    server.run()


class Parser(argparse.ArgumentParser):
    """What is wrong, in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}\n")


def read_arguments() -> argparse.Namespace:
    parser = Parser("python -m sandbox_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=port, default=8001, help="the port; 0: a free one (default: %(default)s)")
    parser.add_argument("--fd", type=int, help="a listening socket inherited from the parent, instead of a port")
    parser.add_argument("--lifeline", type=int, metavar="FD", help="a pipe from the parent: leave when it closes")
    return parser.parse_args()


def port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)


def set_up() -> None:
    """Read the settings, or say in one line which of them cannot be meant."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(one_line(error))


def migrate_database() -> None:
    """Bring the database up to date, or say in one line why not."""
    try:
        migrate()
    except (DatabaseError, ImproperlyConfigured) as error:
        sys.exit(f"The database cannot be used: {one_line(error)}. DATABASE_URL says which it is.")


def one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, or one clear line and exit status 1."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG_CONNECTIONS)
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {why(error)}. Choose another with --port.")


def why(error: OSError) -> str | None:
    return error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)


def tell_metrics(host: str, port: int) -> None:
    """Let Prometheus read what is counted, or say in one line why not."""
    from sandbox_server.operating.metrics import serve_metrics  # which nobody else needs prometheus_client for

    layer: Any = get_channel_layer("rooms")
    try:
        serve_metrics(host, port, tally, redis_is_away=lambda: layer.is_alone)
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {why(error)}. Choose another with SANDBOX_METRICS_PORT.")
    print(f"Metrics on http://{f'[{host}]' if ':' in host else host}:{port}/metrics", flush=True)


def refuse_published_key(listener: socket.socket) -> None:
    """With a key that anybody can read, anybody can sign tickets, rooms and sessions: not where others can connect."""
    address = listener.getsockname()[0]
    if settings.SECRET_KEY == settings.PUBLISHED_KEY and not ip_address(address).is_loopback:
        sys.exit(
            f"To listen on {address}, where others can connect, set SECRET_KEY in the environment to 50 random"
            " characters: without it the key is the published one."
        )


def open_site(listener: socket.socket) -> BuiltSite | None:
    """The built site, if there is one; its pages may then connect to the server that serves them."""
    folder: Path | None = settings.SANDBOX_SITE
    if folder is None or not (folder / "index.html").is_file():
        return None
    settings.SANDBOX_ORIGINS += own_origins(listener.getsockname()[1])
    try:
        return BuiltSite(folder)
    except PolicyError as error:
        sys.exit(f"The site cannot be served: {one_line(error)}")


def greet_redis() -> None:
    """Say it if REDIS_URL leads nowhere. Rooms and observations wait for it; all else does without."""
    if settings.REDIS_URL:
        try:
            redis.from_url(settings.REDIS_URL, socket_timeout=REDIS_GREETING_SECONDS).ping()
        except redis.RedisError as error:
            print(f"REDIS_URL: {one_line(error)} Rooms and observations wait for it.", file=sys.stderr, flush=True)


def open_as_many_files_as_allowed() -> None:
    """Each connection is one, and most systems begin with 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def leave_with_parent(lifeline: int) -> None:
    """Wait for the other end of the pipe to close, which even a killed parent's does, and then stop."""
    while os.read(lifeline, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
