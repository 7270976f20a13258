"""Every transcript of every page, copied as each kind of text, and each text run as a reader would run it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from live_docs.markdown.pages import read_pages
from live_docs.notation.transcript import Transcript, parse
from site_tests.copied import javascript, project, python, run_patiently, terminal
from testing.program import Program
from testing.project import ROOT

pytestmark = [
    pytest.mark.only_browser("chromium"),  # what is copied does not depend on the browser
    pytest.mark.long,
]

HARD = {
    "every kind of quote": r"""
connect /ws/echo/?q=it's&r=1
accepted
> it's "quoted", {braced}, \n, `ticked`, $HOME, ${no_name, !! and é
< it's "quoted", {braced}, \n, `ticked`, $HOME, ${no_name, !! and é
> {"it's": [true, null, 1.5, "a \"b\" c", {}]}
< {"it's": [true, null, 1.5, "a \"b\" c", {}]}
> /etc/passwd
< /etc/...d
""",
    "names that every language has taken": """
class: connect /ws/echo/
class: > json is 8s3Fq, and json is 8s3Fq
class: < json is ${json}, and json is ${json}
await-2: connect /ws/echo/
await-2: > {"of": {"class": "${json}"}, "new": "${json}-1", "list": [1, 2, 3]}
await-2: < {"of": {"class": "${json}"}, "new": "${new}", "list": [1, ...]}
class: > ${new}
class: < ${json}-1
await-2: > "`{/} new: ${new}.
await-2: < "`{/} ... ${new}.
await-2: > ${new}, then 4711
await-2: < ${new}, ... ${last}11
class: > ${last}
class: < 47
""",
    "offers that nobody takes": """
connect /ws/echo/ subprotocol=a,b
accepted
close 4321 it's "over"
""",
    "a connection at which nothing happens": """
connect /ws/echo/
accepted
GET /notes/
= 200 {"your_note": ...}
# The end.
close 1000
connect /ws/echo/
""",
}
"""What no page has, and what could trip up who writes code."""

LIES = {
    "text": ("connect /ws/echo/\n> hello\n< hullo\nclose 1000", "wscat python javascript pytest"),
    "JSON": ('connect /ws/life/counter/\n> 1\n< {"count": 2, ...}', "wscat python javascript pytest"),
    "part": ('connect /ws/life/counter/\n> "b"\n< {"count": 1, "you_sent": "a..."}', "wscat python javascript pytest"),
    "keys": ('connect /ws/life/counter/\n> 1\n< {"count": ...}', "wscat python javascript pytest"),
    "bytes": ("connect /ws/echo/\n>x 00\n<x 01\n", "python javascript pytest"),
    "closed": ("connect /ws/life/accept-then-close/\naccepted\nclosed 4002", "wscat python javascript pytest"),
    "not closed": ("connect /ws/echo/\n> hello\nclosed 4002", "wscat python javascript pytest"),
    "refused": ("connect /ws/life/refuse/401/\nrefused 404", "wscat python pytest"),
    "unanswered": ("connect /ws/life/refuse/\nunanswered", "wscat python pytest"),
    "accepted": ("connect /ws/life/refuse/\naccepted", "wscat python javascript pytest"),
    "raised": ("connect /ws/life/raise/\n> boom\nclosed 1011\n! RuntimeError: bang", "pytest"),
    "who": ('connect /ws/whoami/ as=alice\n< {"user": "bob", ...}', "python javascript pytest"),
    "HTTP": ("GET /notes/\n= 404", "python javascript pytest"),
}
"""Transcripts that are wrong, and the kinds that must notice it. (A page is not told a status.)"""

COPY = """async ([prefix, transcripts]) => {
  const { copied, KINDS } = await import(`${prefix}assets/live/copy/kinds.js`);
  const { server } = await import(`${prefix}assets/live/places/server.js`);
  const places = { server: server.origin, origin: location.origin };
  const each = (lines, title) => Object.keys(KINDS).map((kind) => [kind, copied(kind, lines, title, places)]);
  return transcripts.map(({ lines, title }) => Object.fromEntries(each(lines, title)));
}"""


@dataclass(frozen=True)
class Conversation:
    """A transcript where it stands, and what it is copied as: `{"text": …, "say": …}` or `{"why": …}` a kind."""

    name: str
    transcript: Transcript
    copied: dict[str, dict[str, str]]


def transcripts_of_all_pages() -> dict[str, tuple[str, Transcript]]:
    """Title and transcript, by `page:line`."""
    found = {}
    for page in read_pages(ROOT / "docs"):
        path = page.path.relative_to(ROOT)
        for live in page.live:
            found[f"{path}:{live.line}"] = (live.title, live.transcript)
        for challenge in page.challenges:
            found[f"{path}:{challenge.line}"] = (challenge.title, challenge.challenge.solution)
    return found | {name: (name, parse(source)) for name, source in HARD.items()}


def described(title: str, transcript: Transcript) -> dict[str, Any]:
    """A transcript as the widget hands it to what copies it."""
    lines = [{"client": at.client, "step": at.step.describe(), "notes": at.notes} for at in transcript.lines]
    return {"title": title, "lines": lines}


def copy(page: Page, site: Program, transcripts: dict[str, tuple[str, Transcript]]) -> dict[str, Conversation]:
    """What the page's own modules make of transcripts."""
    texts = page.evaluate(COPY, [site.url, [described(*entry) for entry in transcripts.values()]])
    together = zip(transcripts.items(), texts, strict=True)
    return {name: Conversation(name, transcript, texts) for (name, (_, transcript)), texts in together}


@pytest.fixture(scope="module")
def plain_page(browser: Browser, site: Program) -> Iterator[Page]:
    """A page of the site in whose console refused handshakes may complain."""
    page = browser.new_page()
    page.goto(site.url + "reference/notation/")
    yield page
    page.close()


@pytest.fixture(scope="module")
def conversations(plain_page: Page, site: Program) -> dict[str, Conversation]:
    return copy(plain_page, site, transcripts_of_all_pages())


@pytest.fixture(scope="module")
def lies(plain_page: Page, site: Program) -> dict[str, Conversation]:
    return copy(plain_page, site, {name: (name, parse(source)) for name, (source, _) in LIES.items()})


def noticed_by(kind: str) -> set[str]:
    return {name for name, (_, kinds) in LIES.items() if kind in kinds.split()}


def texts_of(conversations: dict[str, Conversation], kind: str) -> dict[str, str]:
    """The texts of those that this kind can express."""
    return {name: talk.copied[kind]["text"] for name, talk in conversations.items() if "text" in talk.copied[kind]}


def told(failures: dict[str, str]) -> str:
    return "\n\n".join(f"{name}: {wrong}" for name, wrong in failures.items())


def test_each_script_for_python_runs(conversations: dict[str, Conversation], tmp_path: Path) -> None:
    """With the library `websockets`, against the server, without a warning."""
    failures = run_patiently(partial(python.run, folder=tmp_path), texts_of(conversations, "python"))
    assert not failures, told(failures)


def test_a_script_for_python_notices_a_lie(lies: dict[str, Conversation], tmp_path: Path) -> None:
    assert python.run(texts_of(lies, "python"), tmp_path).keys() == noticed_by("python")


def test_each_test_for_pytest_passes(conversations: dict[str, Conversation], site: Program, tmp_path: Path) -> None:
    """In a project with these settings, without a server."""
    run = partial(project.run, folder=tmp_path, origin=site.url.rstrip("/"))
    failures = run_patiently(run, texts_of(conversations, "pytest"))
    assert not failures, told(failures)


def test_a_test_for_pytest_notices_a_lie(lies: dict[str, Conversation], site: Program, tmp_path: Path) -> None:
    failures = project.run(texts_of(lies, "pytest"), tmp_path, site.url.rstrip("/"))
    assert failures.keys() == noticed_by("pytest")


def test_each_module_for_a_page_runs(conversations: dict[str, Conversation], plain_page: Page) -> None:
    """In a page whose origin the server knows."""
    failures = javascript.run(texts_of(conversations, "javascript"), plain_page)
    assert not failures, told(failures)


def test_a_module_for_a_page_notices_a_lie(lies: dict[str, Conversation], plain_page: Page) -> None:
    assert javascript.run(texts_of(lies, "javascript"), plain_page).keys() == noticed_by("javascript")


def test_each_command_for_a_terminal_prints_what_is_expected(
    conversations: dict[str, Conversation], tmp_path: Path
) -> None:
    """wscat checks nothing by itself: what it prints is held against the transcript."""
    transcripts = {name: talk.transcript for name, talk in conversations.items()}
    failures = terminal.run(texts_of(conversations, "wscat"), transcripts, tmp_path)
    assert not failures, told(failures)


def test_what_a_terminal_shows_of_a_lie_differs(lies: dict[str, Conversation], tmp_path: Path) -> None:
    transcripts = {name: talk.transcript for name, talk in lies.items()}
    assert terminal.run(texts_of(lies, "wscat"), transcripts, tmp_path).keys() == noticed_by("wscat")


def test_what_cannot_be_expressed_says_why(conversations: dict[str, Conversation]) -> None:
    """Python can express everything; for the others there is a sentence, and never an empty text."""
    for name, talk in conversations.items():
        assert talk.copied["python"].get("text"), name
        for kind, written in talk.copied.items():
            assert written.get("text") or re.fullmatch(r"[A-Z0-9w].+\.", written["why"]), f"{name}, {kind}"
