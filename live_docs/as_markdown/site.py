"""`python -m live_docs markdown SITE`: the Markdown of all pages in a built site, whichever generator built it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from live_docs.as_markdown.fences import fence_to_text
from live_docs.as_markdown.prose import address_of, prose_to_text
from live_docs.as_markdown.source import whole_source
from live_docs.entries.entry import read_entries
from live_docs.markdown.pages import find_fences, read_front_matter
from live_docs.style.rules import Rules

TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?P<page>[^)#\s]+\.md)\)(?P<attributes>\{[^}]*\})?")
INDEX = "llms.txt"


def write_markdown(rules: Rules, site: Path) -> int:
    """Write each page's Markdown and llms.txt into a site. Returns how many pages there are."""
    texts = {page: page_to_text(page, rules) for page in in_order(rules)}
    for page, text in texts.items():
        file = site / address_of(below(page, rules.docs))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (site / INDEX).write_text("\n".join(index_lines(texts, rules)) + "\n", encoding="utf-8")
    return len(texts)


def below(page: Path, docs: Path) -> PurePosixPath:
    return PurePosixPath(page.relative_to(docs).as_posix())


def in_order(rules: Rules) -> list[Path]:
    """All pages: the home page, those that it links to, first those whose challenges it counts (the course, in its
    order), then the others by name.
    """
    home = rules.docs / "index.md"
    links = list(LINK.finditer(home.read_text(encoding="utf-8"))) if home.is_file() else []
    if rules.counted is not None:
        counted = rules.counted.attribute
        links.sort(key=lambda link: counted not in (link["attributes"] or ""))
    named = [home, *(rules.docs / link["page"] for link in links)]
    return list(dict.fromkeys([page for page in named if page.is_file()] + sorted(rules.docs.rglob("*.md"))))


def page_to_text(page: Path, rules: Rules) -> str:
    """A page as Markdown: its title, what it is about, and all that it says."""
    text = whole_source(page, rules.root, entries_of(rules))
    fences = {fence.line: fence for fence in find_fences(text)}
    within = {number for fence in fences.values() for number in range(fence.line, fence.last + 1)}
    pieces: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if number in fences:
            pieces.append(fence_to_text(fences[number], rules.root))
        elif number not in within:
            prose = prose_to_text(line, below(page, rules.docs))
            pieces += [prose] if prose or (prose == "" and pieces[-1:] != [""]) else []
    written, about = "\n".join(pieces), described(page)
    with_about = TITLE.sub(lambda title: f"{title[0]}\n\n> {about}" if about else title[0], written, count=1)
    return with_about.strip("\n") + "\n"


def entries_of(rules: Rules) -> Path | None:
    """The folder of error messages, if the project has one."""
    return rules.root / rules.entries.folder if rules.entries else None


def described(page: Path) -> str:
    """What a page says of itself in its front matter."""
    about = read_front_matter(page.read_text(encoding="utf-8")).get("description", "")
    return about[1:-1] if about[:1] == about[-1:] == '"' else about


def title_of(text: str) -> str:
    return title[1] if (title := TITLE.search(text)) else ""


def index_lines(texts: dict[Path, str], rules: Rules) -> Iterator[str]:
    """llms.txt: what the site is, a link to each page, and under *Optional*, which a reader who is short of room leaves
    out, one to each error message.
    """
    home, *pages = texts
    yield f"# {title_of(texts[home])}"
    yield from ("", f"> {described(home)}", "")
    yield f"All of it, page by page, as Markdown. A page is its address and `{address_of(PurePosixPath('index.md'))}`."
    taken: set[Path] = set()
    for section in rules.sections:
        found = set(rules.root.glob(section.files))
        yield from ("", f"## {section.heading}", "")
        for page in pages:
            if page in found and page not in taken:
                taken.add(page)
                about = described(page)
                link = f"[{title_of(texts[page])}]({address_of(below(page, rules.docs))})"
                yield f"- {link}: {about}" if about else f"- {link}"
    if (entries := entries_of(rules)) is not None:
        folder = entries.parent.relative_to(rules.docs)
        yield from ("", "## Optional", "", "Each error message that the pages explain:", "")
        for entry in read_entries(entries):
            there = address_of(PurePosixPath(folder.as_posix()) / f"{entry.area}.md")
            yield f"- [{entry.heading}]({there}#{entry.name})"
