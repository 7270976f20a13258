"""nginx with the lines that a page prints, and no more than it needs to start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from handed_out.reader import PORT, Reader, printed
from testing.machine import find
from testing.ports import reserved_port
from testing.program import Program

AROUND = """
daemon off;
pid nginx.pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path nginx-body;
    proxy_temp_path nginx-proxy;
    fastcgi_temp_path nginx-fastcgi;
    uwsgi_temp_path nginx-uwsgi;
    scgi_temp_path nginx-scgi;
    server {{
        listen 127.0.0.1:{port};
{printed}
    }}
}}
"""


@contextmanager
def in_front_of(server: Program, reader: Reader, lines: str = "") -> Iterator[Program]:
    """nginx, which passes on to a reader's server what printed lines tell it to: those for WebSockets, or others."""
    program = find("nginx")
    assert program is not None, "nginx is not on this machine: run `python -m testing.machine`"
    port = reserved_port()
    lines = (lines or printed("nginx/websocket.conf")).replace(PORT, str(urlsplit(server.url).port))
    reader.write("nginx.conf", AROUND.format(port=port, printed=lines))
    command = [program, "-p", str(reader.folder), "-e", "stderr", "-c", "nginx.conf"]
    with reader.start(command, f"http://127.0.0.1:{port}") as nginx:
        yield nginx
