"""A browser on an empty page with the widget's modules, in which transcripts are played as the widget plays them."""

from __future__ import annotations

import json
import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from live_docs.notation.transcript import Line, Transcript
from live_docs.recorded.normal import normal
from live_docs.recorded.runs import Happening

RECORDER = Path(__file__).with_name("recorder.js")
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""What the machine may have; else it is Playwright's own."""

SENT = ("lane", "toward", "client", "connection", "crossing", "what", "failed", "properties", "observed")
"""What a diagram shows of a happening."""

TOLD_ELSEWHERE = ("client", "connection", "at", "lane")
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
"""As Chromium has it where it has a window."""

RECORD = "async ([lines, quiet]) => (await import('/recorder.js')).record('/widget', lines, quiet)"


@dataclass(frozen=True, slots=True)
class Played:
    """How a transcript has just gone. `wrong` says where it went differently from what it says, and how."""

    happened: list[Happening]
    versions: dict[str, str]
    began: list[float]
    """When each line did, in milliseconds."""

    wrong: tuple[Line, str] | None = None

    def line_at(self, transcript: Transcript, at: float) -> Line:
        """The line that was being played at a time."""
        begun = sum(began <= at for began in self.began)
        return transcript.lines[min(max(begun - 1, 0), len(transcript.lines) - 1)]


class Stage(ThreadingHTTPServer):
    """Serves an empty page and the widget's modules, on a port of its own."""

    def __init__(self, widget: Path) -> None:
        super().__init__(("127.0.0.1", 0), StageHandler)
        self.widget = widget.resolve()
        self.port: int = self.server_address[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.sandbox_port = 0
        Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class StageHandler(BaseHTTPRequestHandler):
    """One request."""

    server: Stage

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = RECORDER if path == "/recorder.js" else (self.server.widget / path.removeprefix("/widget/")).resolve()
        if path == "/":
            config = json.dumps({"port": self.server.sandbox_port})
            script = f'<script type="application/json" id="live-config">{config}</script>'
            self.answer("text/html", f"<!doctype html><title>A recording</title>{script}".encode())
        elif file.is_file() and (file == RECORDER or file.is_relative_to(self.server.widget)):
            self.answer(mimetypes.guess_type(file.name)[0] or "text/plain", file.read_bytes())
        else:
            self.send_error(404)

    def answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing: the command's output is its own."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # its own sandbox does not work for root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def play(browser: Browser, stage: Stage, transcript: Transcript, quiet: float) -> Played:
    """Play a transcript as a visitor who comes for the first time, and wait for `quiet` milliseconds of silence."""
    major = browser.version.partition(".")[0]
    context = browser.new_context(user_agent=USER_AGENT.format(major))
    try:
        page = context.new_page()
        page.goto(f"{stage.origin}/")
        lines = [{"client": line.client, "step": line.step.describe()} for line in transcript.lines]
        told = page.evaluate(RECORD, [lines, quiet])
    finally:
        context.close()
    wrong = told["wrong"] and (transcript.lines[told["wrong"]["line"]], told["wrong"]["came"])
    happened = [slim(happening) for happening in told["happened"]]
    versions = {"Chromium": major, **told["versions"]}
    return Played(normal(happened, stage.port, stage.sandbox_port), versions, told["began"], wrong)


def slim(happening: Happening) -> Happening:
    """What a diagram shows of a happening, times to the tenth of a millisecond."""
    slim = {"at": round(happening["at"], 1)}
    slim |= {name: happening[name] for name in SENT if happening.get(name) not in (None, "", False)}
    if observed := happening.get("observed"):
        slim["observed"] = {name: brief(value) for name, value in observed.items() if name not in TOLD_ELSEWHERE}
    return slim


def brief(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value
