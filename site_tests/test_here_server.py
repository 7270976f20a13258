"""The sandbox server inside the page, in real browsers: a worker loads it, and it answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from testing.browser import Complaints
from testing.program import Program

ECHO = """async () => {
  const { HereServer } = await import("/assets/live/here/here-server.js");
  const { folder } = await (await fetch("/assets/here/manifest.json")).json();
  const server = new HereServer(new URL(`/assets/here/${folder}/`, location.href));
  const progress = [];
  server.addEventListener("progress", ({ detail }) => progress.push(detail.loaded / detail.total));
  const { versions } = await server.start();
  const url = new URL("/ws/echo/", location.href.replace("http", "ws"));
  const socket = server.open(url);
  const next = (type) => new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
  await next("open");
  socket.send("hello");
  const { data } = await next("message");
  socket.close(4000, "bye");
  const { code, reason, wasClean } = await next("close");
  const { user } = await (await server.fetch("/demo/session/")).json();
  server.stop();
  return { versions, data, code, reason, wasClean, user, progress: progress.at(-1) };
}"""


def test_the_server_starts_in_the_page_and_echoes(page: Page, site: Program) -> None:
    """A socket and a request, past no network; the files are counted to the last byte."""
    page.goto(site.url + "reference/notation/")
    seen = page.evaluate(ECHO)
    assert seen["versions"].keys() >= {"Python", "Django", "Channels"}
    assert (seen["data"], seen["user"]) == ("hello", "")
    assert (seen["code"], seen["reason"], seen["wasClean"]) == (4000, "bye", True)
    assert seen["progress"] == 1


MISSING = """async () => {
  const { HereServer } = await import("/assets/live/here/here-server.js");
  const { folder } = await (await fetch("/assets/here/manifest.json")).json();
  const server = new HereServer(new URL(`/assets/here/${folder}/`, location.href));
  try {
    await server.start();
  } catch (error) {
    return error.message;
  }
}"""


@pytest.mark.only_browser("chromium")
def test_a_file_that_does_not_come_ends_the_start(page: Page, site: Program, complaints: Complaints) -> None:
    """At once, and the error names the file: of this one Pyodide itself says nothing."""
    complaints.expected.update({"pyodide.asm.wasm", "wasm"})
    page.route("**/assets/here/*/pyodide.asm.wasm", lambda route: route.fulfill(status=404))
    page.goto(site.url + "reference/notation/")
    assert "pyodide.asm.wasm answered 404" in page.evaluate(MISSING)
