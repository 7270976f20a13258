"""The browser's player on an empty page, for cases instead of a page's transcripts.

The page's modules are the files of docs/assets, served here; a module can be replaced, to see which cases notice.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Page

from testing.player_cases import Case, for_the_browser
from testing.project import ROOT

AT_ONCE = 12

PLAY = """async ([cases, wanted, atOnce, toTheEnd]) => {
  const names = ["player/play", "player/client", "observing/observation", "places/server"];
  const modules = await Promise.all(names.map((name) => import(`/assets/live/${name}.js`)));
  const [{ play }, { Client }, { Observation }, { server }] = modules;
  await server.check();
  const told = [];
  async function playOne(lines) {
    const happened = (happening) => clients.get(happening.client)?.half.add(happening);
    const observation = new Observation(happened, () => {});
    const observe = async () => ((await observation.ready()) ? observation : null);
    const names = new Set(lines.map(({ client }) => client));
    const clients = new Map(Array.from(names, (name) => [name, new Client(name, happened, observe)]));
    try {
      for await (const { line, outcome } of play(lines, clients, happened, new AbortController().signal)) {
        if (!outcome.ok) return { line: line.number, came: outcome.came ?? "" };
      }
      return { line: null, came: "" };
    } catch (error) {
      return { line: -1, came: `the player itself failed: ${error}` };
    } finally {
      clients.forEach((client) => client.leave());
      observation.close();
    }
  }
  const rest = Array.from(cases.entries());
  const work = async () => {
    for (let next; (next = rest.shift()); ) {
      const [at, lines] = next;
      told[at] = await playOne(lines);
      if (told[at].line !== wanted[at] && !toTheEnd) return at;
    }
  };
  const workers = Array.from({ length: atOnce }, work);
  const wrong = (at) => at !== undefined;
  const firstWrong = new Promise((resolve) => workers.forEach((one) => one.then((at) => wrong(at) && resolve())));
  await Promise.race([Promise.all(workers), firstWrong]);
  return Array.from(told, (one) => one ?? null);
}"""


class Assets(ThreadingHTTPServer):
    """Serves docs/assets beside an empty page that knows the sandbox server's port, on a port of its own."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), AssetsHandler)
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.sandbox_port = 0
        self.replaced: dict[str, str] = {}
        Thread(target=self.serve_forever, daemon=True).start()


class AssetsHandler(BaseHTTPRequestHandler):
    """One request."""

    server: Assets

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = ROOT / "docs" / path.removeprefix("/")
        if path == "/":
            config = json.dumps({"port": self.server.sandbox_port})
            script = f'<script type="application/json" id="live-config">{config}</script>'
            self.answer("text/html", f"<!doctype html><title>The player</title>{script}")
        elif path in self.server.replaced or file.is_file():
            self.answer("text/javascript", self.server.replaced.get(path) or file.read_text(encoding="utf-8"))
        else:
            self.send_error(404)

    def answer(self, kind: str, body: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        """Says nothing: a test's output is its own."""


def play_in_browser(page: Page, assets: Assets, cases: list[Case], to_the_end: bool = True) -> list[str]:
    """Play cases on a fresh page; what is wrong with each that was played, empty where nothing is.

    A handshake that is left hanging holds the others up, so those come last. `to_the_end` says whether to go on after
    the first that is wrong.
    """
    page.goto(f"{assets.origin}/")
    wrong: list[str] = []
    hanging = [case for case in cases if case.hangs]
    for some, at_once in ([case for case in cases if case not in hanging], AT_ONCE), (hanging, 1):
        wanted = [case.line["browser"] for case in some]
        ends = page.evaluate(PLAY, [for_the_browser(some), wanted, at_once, to_the_end])
        told = [case.verdict("browser", end["line"], end["came"]) for case, end in zip(some, ends, strict=False) if end]
        wrong += told
        if any(told) and not to_the_end:
            break
    return wrong
