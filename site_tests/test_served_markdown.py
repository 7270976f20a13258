"""Under `mkdocs serve`, too, each page is there as Markdown."""

import urllib.request

from testing.program import Program


def test_a_page_that_is_served_has_its_markdown_beside_it(site: Program) -> None:
    """And llms.txt, by the type that browsers show as text."""
    with urllib.request.urlopen(f"{site.url}learn/consumers/index.html.md", timeout=60) as answer:
        assert answer.headers.get_content_type() == "text/markdown"
        assert answer.read().startswith(b"# Consumers\n")
    with urllib.request.urlopen(f"{site.url}llms.txt", timeout=60) as answer:
        assert b"(learn/consumers/index.html.md)" in answer.read()
