"""Failures as Chromium prints them in its console, or throws them."""

from __future__ import annotations

import threading
from functools import cache

import websockets.sync.server
from playwright.sync_api import Page, sync_playwright

from failures.servers import address, answering, daphne
from testing.machine import launch_options
from testing.ports import reserved_port

SOON = "new Promise((resolve) => setTimeout(resolve, 60000))"
"""Nothing here takes so long: a failure that does not happen ends all the same."""


@cache
def _browser():
    return sync_playwright().start().chromium.launch(**launch_options("chromium"))


def _console(script: str, elsewhere: str = "", wait: bool = True, **headers: str) -> str:
    """What the console shows of a script that a page runs: until its socket has closed, if it waits."""
    page: Page = _browser().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    if elsewhere or headers:
        page.route(elsewhere or daphne().url, lambda route: route.fulfill(body="<title>x</title>", headers=headers))
    page.goto(elsewhere or daphne().url)
    closed = "new Promise((closed) => socket.addEventListener('close', closed))"
    until = f"await Promise.race([{closed}, {SOON}]);" if wait else ""
    try:
        page.evaluate(f"async () => {{ {script}\n{until} }}")
    except Exception as error:
        said.append(str(error))
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.close()
    return "\n".join(said)


def refused_handshake():
    return _console(f"const socket = new WebSocket('{address(daphne(), 'refuse')}');")


def refused_port():
    return _console(f"const socket = new WebSocket('ws://127.0.0.1:{reserved_port()}/ws/');")


def closed_before_response():
    with answering(b"") as port:
        return _console(f"const socket = new WebSocket('ws://127.0.0.1:{port}/ws/');")


def closed_while_connecting():
    return _console(f"const socket = new WebSocket('{address(daphne(), 'echo')}'); socket.close();")


def no_subprotocol():
    return _console(f"const socket = new WebSocket('{address(daphne(), 'echo')}', ['chat.v1']);")


def invalid_subprotocol():
    return _console("new WebSocket('ws://127.0.0.1/', ['two words']);", wait=False)


def headers_for_protocols():
    return _console("new WebSocket('ws://127.0.0.1/', {headers: {Authorization: 'Bearer x'}});", wait=False)


def scheme():
    return _console("new WebSocket('localhost:8000/ws/');", wait=False)


def invalid_url():
    return _console("new WebSocket('ws://127.0.0.1:port/ws/');", wait=False)


def fragment():
    return _console("new WebSocket('ws://127.0.0.1:8000/ws/#lobby');", wait=False)


def mixed_content():
    return _console("new WebSocket('ws://example.org/ws/');", "https://page.test/", wait=False)


def content_security_policy():
    policy = {"Content-Security-Policy": "connect-src 'self'"}
    return _console("const socket = new WebSocket('ws://127.0.0.1:8000/ws/');", **policy)


def blocked_local_network():
    """A page that came from no address of this machine counts as one of the public internet."""
    return _console(f"const socket = new WebSocket('{address(daphne(), 'echo')}');", daphne().url)


def still_connecting():
    return _console(f"new WebSocket('{address(daphne(), 'echo')}').send('hello');", wait=False)


def already_closed():
    script = f"const socket = new WebSocket('{address(daphne(), 'echo')}');"
    opened = f"await Promise.race([new Promise((opened) => socket.addEventListener('open', opened)), {SOON}]);"
    return _console(f"{script} {opened} socket.close(); socket.send('hello');")


def close_code():
    return _console(f"new WebSocket('{address(daphne(), 'echo')}').close(1001);", wait=False)


def close_reason():
    return _console(f"new WebSocket('{address(daphne(), 'echo')}').close(4000, 'x'.repeat(124));", wait=False)


def parse_object():
    return _console("JSON.parse({});", wait=False)


def parse_text():
    return _console("JSON.parse('<!doctype html><title>Not found</title>');", wait=False)


def send_of_undefined():
    return _console("let socket; socket.send('hello');", wait=False)


def send_of_null():
    return _console("let socket = null; socket.send('hello');", wait=False)


def parse_undefined():
    return _console("JSON.parse(undefined);", wait=False)


def parse_nothing():
    return _console("JSON.parse('');", wait=False)


def error_event():
    script = f"const socket = new WebSocket('{address(daphne(), 'refuse')}');"
    return _console(f"{script} socket.onerror = (event) => console.log(JSON.stringify(event));")


def unknown_host():
    return _console("const socket = new WebSocket('ws://backend.invalid:8000/ws/');")


def _answered(answer: bytes) -> str:
    """What the console shows of a socket whose handshake is answered so."""
    with answering(answer) as port:
        return _console(f"const socket = new WebSocket('ws://127.0.0.1:{port}/ws/');")


def no_http():
    return _answered(b"-ERR unknown command 'GET'\r\n")


def no_upgrade_in_answer():
    return _answered(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n")


def accept_of_another():
    headers = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    return _answered(f"HTTP/1.1 101 Switching Protocols\r\n{headers}\r\n\r\n".encode())


def text_of_bytes():
    """A server that sends bytes in a frame for text."""
    with websockets.sync.server.serve(lambda client: client.send(b"\xff", text=True), "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.socket.getsockname()[1]
        said = _console(f"const socket = new WebSocket('ws://127.0.0.1:{port}/');")
        server.shutdown()
    return said


ALLOWED = b"Access-Control-Allow-Origin: *\r\n"
STOP = "{ socket.dispatchEvent(new Event('close')); socket.close(); }"
"""An `EventSource` has no event `close`, for which `_console` waits."""


def _stream(answer: bytes) -> str:
    """What the console shows of an `EventSource` that is answered so, until its first error."""
    with answering(b"HTTP/1.1 200 OK\r\n" + answer) as port:
        return _console(f"const socket = new EventSource('http://127.0.0.1:{port}/'); socket.onerror = () => {STOP};")


def event_source_of_a_page():
    return _stream(ALLOWED + b"Content-Type: text/html\r\nContent-Length: 1\r\n\r\nx")


def event_source_elsewhere():
    """At another port, and the answer does not permit it."""
    return _stream(b"Content-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n")


def stream_cut():
    return _stream(ALLOWED + b"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n:")
