"""`python -m sandbox_server`: set the database up, then serve the sandboxes with Daphne."""

from sandbox_server.observing.frames import ObservedServer  # isort: skip  (first: it chooses Twisted's reactor)

import argparse
import os
import signal
import socket
import sys
import threading

import django
from django.core.management import call_command

from sandbox_server.limits import BACKLOG_CONNECTIONS


def main() -> None:
    """Read the command line and run until SIGINT, SIGTERM, or the end of the lifeline."""
    arguments = read_arguments()
    listener = (
        socket.socket(fileno=arguments.fd) if arguments.fd is not None else listen(arguments.host, arguments.port)
    )
    if arguments.lifeline is not None:
        threading.Thread(target=leave_with_parent, args=(arguments.lifeline,), daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
    django.setup()
    call_command("migrate", verbosity=0)

    from sandbox_server.asgi import application

    if arguments.fd is None:
        print(f"Sandbox server on http://{arguments.host}:{listener.getsockname()[1]}", flush=True)
    ObservedServer(application, endpoints=[f"fd:fileno={listener.fileno()}"], server_name="").run()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m sandbox_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8001, help="the port; 0: a free one (default: %(default)s)")
    parser.add_argument("--fd", type=int, help="a listening socket inherited from the parent, instead of a port")
    parser.add_argument("--lifeline", type=int, metavar="FD", help="a pipe from the parent: leave when it closes")
    return parser.parse_args()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, or one clear line and exit status 1."""
    try:
        return socket.create_server((host, port), backlog=BACKLOG_CONNECTIONS)
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}. Choose another with --port.")


def leave_with_parent(lifeline: int) -> None:
    """Wait for the other end of the pipe to close, which even a killed parent's does, and then stop."""
    while os.read(lifeline, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
