"""What `python -m live_docs check` and `code` do: read all pages, play what is on them, and print what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from live_docs.markdown.pages import Page
from live_docs.notation.transcript import Problem, Transcript
from live_docs.player.play import Outcome, play
from live_docs.style.code_style import check_code, files_that_run, read_code
from live_docs.style.mend_style import check_mends
from live_docs.style.page_style import check_page
from live_docs.style.rules import Rules
from live_docs.style.site_style import check_site

AT_ONCE = 4
"""Transcripts that are played beside each other: they mostly wait. To the server all of them are one visitor's."""


def check_style(pages: list[Page], rules: Rules, whole: bool) -> int:
    """Print what cannot be read and what breaks a rule, one line each; how many. `whole`: these are all the pages."""
    running = files_that_run(rules)
    found = [
        (page.path, problem)
        for page in pages
        for problem in [
            *page.problems,
            *check_page(page, rules),
            *check_code(page, rules, running),
            *check_mends(page, rules.root),
        ]
    ]
    if whole:
        found += check_site(pages, rules)
    for path, problem in found:
        print(f"{shown(path)}:{problem.line}: {problem.message}")
    return len(found)


def list_code(pages: list[Page], rules: Rules) -> int:
    """Print each block of code, and what runs it or why it is not run; then how many of either. 1 if any is wrong."""
    running = files_that_run(rules)
    found = [(page.path, code) for page in pages for code in read_code(page, rules.root, running)]
    for path, code in found:
        where = f"{shown(path)}:{code.line}"
        print(f"{where:44} {code.message if isinstance(code, Problem) else f'{code.what:56} {code.run_by}'}")
    wrong = sum(isinstance(code, Problem) for _, code in found)
    print(f"{len(found)} blocks of code, {wrong} that nothing runs")
    return 1 if wrong else 0


def play_all(pages: list[Page], server: str, origin: str, on: str | None) -> tuple[int, int]:
    """Play all transcripts; print each difference as doctest would. How many steps were played, how many differed."""
    steps = different = 0
    for page, outcome in play_pages(pages, server, origin, on):
        steps += 1
        if not outcome.ok:
            different += 1
            print(f"{shown(page.path)}:{outcome.line.number}: {outcome.line.text}")
            print(f"    expected: {outcome.expected}")
            print(f"    came:     {outcome.came}")
    return steps, different


def play_pages(pages: list[Page], server: str, origin: str, on: str | None) -> Iterator[tuple[Page, Outcome]]:
    """Play all transcripts, some beside each other; each step's outcome, in the order of the pages."""

    def play_one(transcript: Transcript) -> list[Outcome]:
        return list(play(transcript, server, origin, on))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        plays = [(page, pool.map(play_one, playable(page, on))) for page in pages]
        for page, played in plays:
            for outcomes in played:
                yield from ((page, outcome) for outcome in outcomes)


def playable(page: Page, on: str | None) -> list[Transcript]:
    """What a page has to be played. A mend's transcript goes as written with the modules that run here. How it goes on
    another server, no page says.
    """
    return page.transcripts if on else [*page.transcripts, *(fence.mend.transcript for fence in page.mends)]


def shown(path: Path) -> Path:
    """A path as it is written from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
