"""What the pages owe their readers together: the code that runs, whole, a true count of what each page has, every line
that goes differently on another server in one place, and how each transcript once went.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from live_docs.markdown.elsewhere_list import list_elsewhere, places
from live_docs.markdown.pages import Fence, Page
from live_docs.notation.transcript import Problem
from live_docs.recorded.runs import file_of, key_of, read_runs
from live_docs.style.printed_imports import check_imports
from live_docs.style.rules import CountedRule, ElsewhereRule, PrintedRule, RecordedRule, Rules


def check_site(pages: list[Page], rules: Rules) -> Iterator[tuple[Path, Problem]]:
    """Where the pages as a whole break a rule: the file, and the problem in it."""
    for printed in rules.printed:
        yield from check_printed(pages, rules.root, printed)
    if rules.counted is not None:
        yield from check_counted(pages, rules.root, rules.counted)
    if rules.elsewhere is not None:
        yield from check_elsewhere(pages, rules.root, rules.docs, rules.elsewhere)
    if rules.recorded is not None:
        yield from check_recorded(pages, rules.root, rules.docs, rules.recorded)


def check_printed(pages: list[Page], root: Path, rule: PrintedRule) -> Iterator[tuple[Path, Problem]]:
    """A file that runs is included by some page, all of it: what a reader cannot see, they cannot trust."""
    for file in sorted(root.glob(rule.files)):
        if file.name == "__init__.py":
            continue
        include = f'--8<-- "{file.relative_to(root).as_posix()}"'
        if not any(fence.language == rule.language and fence.body.strip() == include for fence in fences_of(pages)):
            yield file, Problem(1, f"no page prints this file whole: write `{include}` in a ```{rule.language} fence")
        length = len(file.read_text(encoding="utf-8").splitlines())
        if length > rule.longest:
            message = f"this file has {length} lines, and a page prints it whole: write at most {rule.longest}"
            yield file, Problem(rule.longest + 1, message)
        if rule.imports:
            yield from ((file, problem) for problem in check_imports(pages, root, rule, file))


def fences_of(pages: list[Page]) -> Iterator[Fence]:
    return (fence for page in pages for fence in page.fences)


def check_counted(pages: list[Page], root: Path, rule: CountedRule) -> Iterator[tuple[Path, Problem]]:
    """One page links to each page that has challenges or mends, and says how many."""
    home = root / rule.page
    there = {page.path.resolve(): counted(page) for page in pages if page.path.resolve() != home and counted(page)}
    link = re.compile(r"\]\(([^)#]+)\)\{[^}]*\b" + re.escape(rule.attribute) + r'="(\d+)"')
    said: set[Path] = set()
    for number, text in enumerate(home.read_text(encoding="utf-8").splitlines(), 1):
        for address, count in link.findall(text):
            target = (home.parent / address).resolve()
            said.add(target)
            has = there.get(target, 0)
            if int(count) != has:
                yield home, Problem(number, f'{address} has {has} challenges: write {rule.attribute}="{has}"')
    for path, has in there.items():
        if path not in said:
            address = os.path.relpath(path, home.parent)
            wanted = f'[…]({address}){{ {rule.attribute}="{has}" }}'
            yield home, Problem(1, f"no link leads to {address}, which has challenges: write {wanted}")


def counted(page: Page) -> int:
    """What can be solved on a page: a mend is a challenge of another kind."""
    return len(page.challenges) + len(page.mends)


def check_elsewhere(pages: list[Page], root: Path, docs: Path, rule: ElsewhereRule) -> Iterator[tuple[Path, Problem]]:
    """The list of all lines that go differently elsewhere is true, its page has all of it, and its links lead there."""
    file, page = root / rule.file, root / rule.page
    wanted = list_elsewhere(pages, docs, page)
    if not file.is_file() or file.read_text(encoding="utf-8") != wanted:
        command = f"python -m live_docs elsewhere {docs.relative_to(root).as_posix()}/"
        yield file, Problem(1, f"this is not what the pages say of other servers: run `{command}`")
    included = page.read_text(encoding="utf-8") if page.is_file() else ""
    for kind in sorted({kind for place in places(pages) for kind in place.kinds}):
        include = f'--8<-- "{rule.file}:{kind}"'
        if include not in included:
            yield page, Problem(1, f"this page leaves out lines that go differently elsewhere: write `{include}`")
    seen: set[tuple[Path, str]] = set()
    for place in places(pages):
        if (place.page.path, place.anchor) in seen:
            message = "another transcript of this page has the same title, and such a line in the same place: rename it"
            yield place.page.path, Problem(place.line.number, message)
        seen.add((place.page.path, place.anchor))


def check_recorded(pages: list[Page], root: Path, docs: Path, rule: RecordedRule) -> Iterator[tuple[Path, Problem]]:
    """Each transcript has a recorded run of its own lines, and there is none of lines that no page has any more."""
    folder = root / rule.folder
    again = f"run `python -m live_docs record {docs.relative_to(root).as_posix()}/`"
    wanted: dict[Path, set[str]] = {}
    for page in pages:
        file = file_of(page.path, docs, folder)
        keys = wanted.setdefault(file, set())
        for transcript in page.transcripts:
            keys.add(key_of(transcript))
            if key_of(transcript) not in read_runs(file):
                message = f"this transcript has no recorded run, or one of other lines: {again}"
                yield page.path, Problem(transcript.lines[0].number, message)
    for file in sorted(folder.rglob("*.json")):
        if old := read_runs(file).keys() - wanted.get(file, set()):
            yield file, Problem(1, f"{len(old)} of these runs are of transcripts that the page has not: {again}")
