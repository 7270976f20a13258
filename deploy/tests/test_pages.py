"""Whether the pages are true where the public reads them: behind nginx, with several processes and PostgreSQL."""

from __future__ import annotations

from deploy.tests.deployment import Running
from deploy.tests.files import ORIGIN
from live_docs.checking import play_pages
from live_docs.markdown.pages import read_pages
from testing.project import ROOT

NGINX_ANSWERS = ("unanswered", "refused 502")
"""A process that ends TCP without a word leaves the word to nginx. A browser is told no more of one than of another."""


def test_every_transcript_goes_there_as_its_page_says(deployment: Running) -> None:
    """Whichever process a line comes to: what a sandbox keeps has a name by which nginx finds it, or all share it."""
    pages = list(read_pages(ROOT / "docs"))
    different = [
        (page.path.name, outcome.line.number, outcome.expected, outcome.came)
        for page, outcome in play_pages(pages, deployment.url, ORIGIN, on=None)
        if not outcome.ok and (outcome.expected, outcome.came) != NGINX_ANSWERS
    ]
    assert different == []
