"""The site as files, which `make site` builds: its scripts without comments, and a page opened from a folder."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.ports import reserved_port
from testing.program import Program, start
from testing.project import ROOT
from testing.sandbox import Sandbox

IMPORT_ALL = """async (urls) => {
  const failures = [];
  for (const url of urls) await import(url).catch((error) => failures.push(`${url}: ${error}`));
  return failures;
}"""


@dataclass
class Built:
    """The folder, and where it is served."""

    folder: Path
    url: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Built, and served by Python's own file server; the sandbox server is another process, as at a reader's home."""
    folder = tmp_path_factory.mktemp("built")
    port, sandbox_port = reserved_port(), reserved_port()
    url = f"http://127.0.0.1:{port}/"
    environment = {"SITE_URL": url, "SANDBOX_PORT": str(sandbox_port), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder / "site")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, timeout=60)
    files = ["http.server", str(port), "--bind=127.0.0.1", f"--directory={folder / 'site'}"]
    programs: list[Program] = [start(files, folder / "files.txt", url)]
    database = f"sqlite:///{folder / 'db.sqlite3'}"
    where = {"SANDBOX_ORIGINS": url.rstrip("/"), "DATABASE_URL": database}
    server = ["sandbox_server", f"--port={sandbox_port}"]
    programs.append(start(server, folder / "log.txt", f"http://127.0.0.1:{sandbox_port}", **where))
    yield Built(folder / "site", url)
    for program in programs:
        program.end()


def test_each_of_its_scripts_runs_without_its_comments(page: Page, built: Built) -> None:
    """All modules load, none says any more what only its authors read, and a transcript runs."""
    page.goto(built.url + "learn/websockets/")
    assert Sandbox(page).run() == "All 7 lines went as written."
    scripts = [path for name in ("live", "tools") for path in (built.folder / "assets" / name).rglob("*.js")]
    assert len(scripts) > 50
    assert [path for path in scripts if path.read_text().startswith("/**")] == []
    urls = [built.url + str(path.relative_to(built.folder)) for path in scripts]
    assert page.evaluate(IMPORT_ALL, urls) == []


def test_a_page_that_is_opened_from_a_folder_is_a_handout(page: Page, built: Built, complaints: Complaints) -> None:
    """No server and no modules: the transcripts are there, no room is kept free, and the page says how to run it."""
    complaints.expected = {"file:", "CORS", "Cross-Origin"}
    page.goto((built.folder / "learn/websockets/index.html").as_uri())
    box = page.locator(".live").first
    expect(box).to_contain_text("connect /ws/echo/")
    words = "element => getComputedStyle(element, '::after').content"
    assert "make serve" in box.evaluate(words)
    inner, outer = box.locator("figure").bounding_box(), box.bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["height"] < inner["height"] + 60
