"""A Markdown extension that tells the fences where recorded runs are kept.

    markdown_extensions:
      - live_docs.markdown.recorded_runs:
          folder: docs/recorded # as `record` writes it, relative to where the build is run

Without it pages have none, and read as they did.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from live_docs.notation.transcript import Transcript
from live_docs.recorded.runs import Run, key_of, read_runs


class RecordedRuns(Extension):
    """Knows the folder. A fence asks for its run by what it says: it does not know on which page it stands."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"folder": ["", "The folder of recorded runs"]}
        super().__init__(**settings)
        self.runs: dict[str, Run] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        """Be found by the fences, and read the runs anew for each page: they may have been recorded again."""
        md.registerExtension(self)
        self.reset()

    def reset(self) -> None:
        files = sorted(Path(self.getConfig("folder")).rglob("*.json"))
        self.runs = {key: run for file in files for key, run in read_runs(file).items()}


def run_of(transcript: Transcript, md: Markdown) -> Run | None:
    """How a transcript once went, if that is known."""
    for extension in md.registeredExtensions:
        if isinstance(extension, RecordedRuns):
            return extension.runs.get(key_of(transcript))
    return None


def makeExtension(**settings: Any) -> RecordedRuns:
    """Python-Markdown's way to an extension by its module's name."""
    return RecordedRuns(**settings)
