"""Failures that nginx logs."""

from __future__ import annotations

import socket
import struct
import subprocess
import threading
from contextlib import suppress

from websockets.exceptions import WebSocketException
from websockets.sync.server import serve

from failures.kit import FOLDER, running, write
from failures.servers import answering, connect
from handed_out.nginx import AROUND
from testing.machine import find
from testing.ports import reserved_port
from testing.program import Program

UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'


def _configuration(lines: str, port: int) -> tuple[str, list[str]]:
    name = f"nginx-{port}.conf"
    (FOLDER / f"nginx-{port}").mkdir()
    write(f"nginx-{port}/{name}", AROUND.format(port=port, printed=lines))
    return name, [str(find("nginx")), "-p", str(FOLDER / f"nginx-{port}"), "-e", "stderr", "-c", name]


def _nginx(target: str, more: str = "") -> Program:
    """nginx in front of something."""
    port = reserved_port()
    name, command = _configuration(f"location / {{ proxy_pass {target}; {UPGRADE} {more} }}", port)
    log = FOLDER / f"{name}.log"
    with log.open("wb") as out:
        program = Program(subprocess.Popen(command, stdout=out, stderr=out), log, f"http://127.0.0.1:{port}/")
    running.callback(program.end)  # killed, nginx would leave its workers behind
    return program


def _asked(program: Program, words: str) -> str:
    """What nginx logs once it has been asked, and what the Python library `websockets` says."""
    program.wait_until_it_answers()
    said = ""
    try:
        with connect(program.url.replace("http", "ws")) as client:
            for _ in client:
                pass
    except (WebSocketException, OSError) as error:
        said = str(error)
    program.wait_until_it_says(words)
    return f"{program.said()}\n{said}"


def _tested(lines: str) -> str:
    """What `nginx -t` says of some lines."""
    _, command = _configuration(lines, reserved_port())
    return subprocess.run([*command, "-t"], capture_output=True, text=True, check=False).stderr


def upstream_refused():
    return _asked(_nginx(f"http://127.0.0.1:{reserved_port()}"), "Connection refused")


def upstream_no_socket():
    return _asked(_nginx("http://unix:/run/nowhere/daphne.sock"), "No such file or directory")


def upstream_timed_out():
    with serve(lambda socket: None, "127.0.0.1", 0, process_request=lambda *_: threading.Event().wait(3)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.socket.getsockname()[1]
        return _asked(_nginx(f"http://127.0.0.1:{port}", "proxy_read_timeout 1s;"), "timed out")


def upstream_closed():
    with answering(b"") as port:
        return _asked(_nginx(f"http://127.0.0.1:{port}"), "prematurely closed")


def upstream_reset():
    """The server takes the request, and resets TCP."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            with suppress(OSError):
                while True:
                    client = listener.accept()[0]
                    client.recv(65536)
                    _reset(client)

        threading.Thread(target=serve, daemon=True).start()
        return _asked(_nginx(f"http://127.0.0.1:{listener.getsockname()[1]}"), "reset by peer")


def tls_to_plain_port():
    """The proxy speaks TLS to a server that speaks none."""
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        return _asked(_nginx(f"https://127.0.0.1:{port}"), "SSL handshaking to upstream")


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _asked_without_upgrade(*headers: str) -> str:
    """What a server of the library `websockets` answers."""
    with serve(print, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with socket.create_connection(server.socket.getsockname()) as client:
            client.sendall("\r\n".join(["GET / HTTP/1.1", "Host: localhost", *headers, "", ""]).encode())
            return client.makefile().read()


def no_upgrade_header():
    return _asked_without_upgrade("Connection: upgrade")


def no_connection_header():
    return _asked_without_upgrade()


def connection_keep_alive():
    return _asked_without_upgrade("Connection: keep-alive")


def reset():
    """The server resets TCP in the middle of a conversation."""

    def drop(connection):
        connection.recv()
        _reset(connection.socket)

    with serve(drop, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        nginx = _nginx(f"http://127.0.0.1:{server.socket.getsockname()[1]}")
        nginx.wait_until_it_answers()
        with suppress(WebSocketException, OSError), connect(nginx.url.replace("http", "ws")) as client:
            client.send("hello")
            client.recv()
        nginx.wait_until_it_says("reset by peer")
        return nginx.said()


def connection_upgrade_variable():
    return _tested("location / { proxy_set_header Connection $connection_upgrade; }")


def map_not_allowed():
    return _tested("map $http_upgrade $connection_upgrade { default upgrade; '' close; }")
