"""Every fault that a page has a reader mend: with the faulty module, and what must be said of its transcript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from live_docs.markdown.faulty_module import break_module
from live_docs.markdown.pages import MendFence, read_pages
from live_docs.notation.matching import match
from testing.project import ROOT


@dataclass(frozen=True)
class Fault:
    """A mend on a page of `docs/`."""

    page: str
    fence: MendFence

    @property
    def where(self) -> str:
        return f"docs/{self.page}:{self.fence.line}: {self.fence.title}"

    @property
    def mended(self) -> str:
        """The module that runs."""
        return (ROOT / self.fence.file).read_text(encoding="utf-8")

    @property
    def faulty(self) -> str:
        return break_module(self.mended, self.fence.mend.changes)

    def verdict(self, line: int | None, came: str) -> str:
        """Empty if the transcript failed where the page says, with what it says; else what is wrong with that."""
        failing = self.fence.mend.failing
        if line == failing.line and match(failing.told, came) is not None:
            return ""
        return f"{self.where}: line {failing.line} ({failing.told}) must differ, but line {line} did ({came})"


def faults() -> Iterator[Fault]:
    for page in read_pages(ROOT / "docs"):
        for fence in page.mends:
            yield Fault(page.path.relative_to(ROOT / "docs").as_posix(), fence)
