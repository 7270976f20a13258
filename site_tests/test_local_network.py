"""A page from the internet that opens a WebSocket to this machine: Chromium asks first, as the error messages state."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserType

from testing.machine import launch_options
from testing.program import Program

SOCKET = """async (url) => {
  const happened = [];
  const socket = new WebSocket(url);
  for (const type of ["open", "error", "close"]) {
    socket.addEventListener(type, ({ code }) => happened.push(code ? `${type} ${code}` : type));
  }
  await new Promise((done) => {
    socket.addEventListener("open", done);
    socket.addEventListener("close", done);
  });
  return happened;
}"""
ADDRESS = 'import("/assets/live/places/server.js").then(({ server }) => server.webSocketUrl("/ws/echo/"))'


@pytest.mark.only_browser("chromium")
@pytest.mark.parametrize(("granted", "end"), [(False, ["error", "close 1006"]), (True, ["open"])])
def test_a_public_page_needs_permission_for_a_socket_to_this_machine(
    browser_type: BrowserType, site: Program, granted: bool, end: list[str]
) -> None:
    """Chromium is told that the site's address is a public one. Nobody is there to be asked, so the answer is no."""
    options = launch_options("chromium")
    public = f"--ip-address-space-overrides=127.0.0.1:{site.url.rstrip('/').rpartition(':')[2]}=public"
    browser = browser_type.launch(**{**options, "args": [*options.get("args", []), public]})
    context = browser.new_context(permissions=["local-network-access"] if granted else [])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(site.url + "reference/notation/")
    assert page.evaluate(SOCKET, page.evaluate(ADDRESS)) == end
    assert any("ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS" in text for text in said) != granted
    browser.close()
