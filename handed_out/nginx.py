"""nginx with the lines that a page prints, and no more than it needs to start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from handed_out.reader import PORT, Reader, printed
from testing.machine import find
from testing.ports import reserved_port
from testing.program import Program

HTTP = """
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
    {printed}
}}
"""
AROUND = HTTP.replace("{printed}", "server {{\n        listen 127.0.0.1:{port};\n{printed}\n    }}")
"""For lines that stand in `http`, and for those that stand in `server`."""


@contextmanager
def in_front_of(server: Program, reader: Reader, lines: str = "") -> Iterator[Program]:
    """nginx, which passes on to a reader's server what printed lines tell it to: those for WebSockets, or others."""
    port = reserved_port()
    lines = (lines or printed("nginx/websocket.conf")).replace(PORT, str(urlsplit(server.url).port))
    with start(reader, port, AROUND.format(port=port, printed=lines)) as nginx:
        yield nginx


@contextmanager
def whole_site(servers: Sequence[Program], reader: Reader, certificate: Path, key: Path) -> Iterator[Program]:
    """nginx with the printed file of a whole site: TLS for example.org, in front of the reader's servers."""
    port = reserved_port()
    lines = printed("nginx/mysite.conf").replace("listen 443", f"listen 127.0.0.1:{port}")
    for place, file in (("fullchain", certificate), ("privkey", key)):
        lines = lines.replace(f"/etc/letsencrypt/live/example.org/{place}.pem", str(file))
    for place, server in zip(("8001", "8002"), servers, strict=True):
        lines = lines.replace(f"127.0.0.1:{place}", f"127.0.0.1:{urlsplit(server.url).port}")
    with start(reader, port, HTTP.format(printed=lines)) as nginx:
        yield nginx


@contextmanager
def start(reader: Reader, port: int, configuration: str) -> Iterator[Program]:
    """nginx with a configuration, in the reader's folder."""
    program = find("nginx")
    assert program is not None, "nginx is not on this machine: run `python -m testing.machine`"
    reader.write("nginx.conf", configuration)
    command = [program, "-p", str(reader.folder), "-e", "stderr", "-c", "nginx.conf"]
    with reader.start(command, f"http://127.0.0.1:{port}") as nginx:
        yield nginx
