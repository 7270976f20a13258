"""The Markdown fence of a fault that is to be mended: report, faulty code, transcript, hints and solution, as HTML.

The module stands mended below the folder where the build is run. The page carries what the solution changes, and no
module: the widget makes the faulty one of the module that it has anyway.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import DiffLexer, PythonLexer
from pymdownx.superfences import SuperFencesException

from live_docs.markdown.faulty_module import break_module, excerpt
from live_docs.markdown.fence import (
    default_lanes,
    inline_markdown,
    lines_to_html,
    mistakes_to_html,
    slug,
    words_to_html,
)
from live_docs.markdown.fence_body import read_mend
from live_docs.notation.elsewhere import Nothing
from live_docs.notation.mend import Change, Failing, Mend
from live_docs.notation.transcript import Problem, TranscriptError

CODE: HtmlFormatter[str] = HtmlFormatter(cssclass="highlight no-copy", wrapcode=True)
"""As pymdownx.highlight has it. Nobody is offered to copy what is wrong."""


def format_mend(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, Any],
    md: Markdown,
    raises: bool = True,
    **kwargs: Any,
) -> str:
    """superfences' formatter: a mend's source to HTML."""
    mend = read_mend(source)
    if isinstance(mend, Mend):
        try:
            return to_html(mend, **options)
        except (OSError, SyntaxError, ValueError) as error:
            mend = TranscriptError([Problem(mend.changes[0].number, str(error))])
    if raises:
        raise SuperFencesException(str(mend))
    return mistakes_to_html(mend)


def to_html(mend: Mend, title: str, file: str, level: str = "easy", teaches: str = "", lanes: str = "") -> str:
    """The report, the faulty code, a sandbox that holds the transcript, and folded the hints and the solution.

    Raises OSError if there is no such module, ValueError if the fault does not fit it.
    """
    mended = Path(file).read_text(encoding="utf-8")
    faulty = break_module(mended, mend.changes)
    label = escape(f"Mend it, {level}: {title}")
    changes = escape(json.dumps([[change.wrong, change.right] for change in mend.changes], ensure_ascii=False))
    lanes = lanes or default_lanes(mend.transcript)
    lines = lines_to_html(mend.transcript.lines, below={mend.failing.line: failing_to_html(mend.failing)})
    hints = "".join(
        f'<details class="live-hint"><summary>Hint {number}</summary><p>{inline_markdown(hint)}</p></details>'
        for number, hint in enumerate(mend.hints, 1)
    )
    diff = highlight("\n".join(map(diff_of, mend.changes)), DiffLexer(stripnl=False), CODE)
    return (
        f'<div class="live"><live-mend id="mend-{slug(title)}" role="group" aria-label="{label}" '
        f'data-id="mend-{slug(title)}" data-teaches="{escape(teaches)}" data-module="{escape(file)}" '
        f'data-changes="{changes}"><p class="live-title">{label}</p>'
        f'<p class="live-task">{inline_markdown(mend.report)}</p>'
        f'<p class="live-module">From <code>{escape(file)}</code>:</p>'
        f"{highlight(excerpt(faulty, mended), PythonLexer(), CODE)}"
        f'<live-sandbox data-run="" data-mend="" data-lanes="{escape(lanes)}">'
        f'<figure class="live-transcript"><figcaption>What has to happen</figcaption>{lines}</figure></live-sandbox>'
        f'{hints}<details class="live-solution"><summary>The solution</summary><div class="live-how">{diff}'
        f'<p class="live-why">{inline_markdown(mend.why)}</p></div></details></live-mend></div>'
    )


def failing_to_html(failing: Failing) -> str:
    """What comes in the place of a line for as long as the module is faulty."""
    words = "nothing" if isinstance(failing.came, Nothing) else f"<code>{words_to_html(failing.text)}</code>"
    return f'<p class="live-elsewhere">as the module stands, {words} comes</p>'


def diff_of(change: Change) -> str:
    """A change as lines of a diff, faulty ones first; what both modules have stands in front and behind."""
    wrong, right = change.wrong.splitlines(), change.right.splitlines()
    front = common(wrong, right)
    back = common(wrong[front:][::-1], right[front:][::-1])
    parts = [
        *(f" {line}" for line in right[:front]),
        *(f"-{line}" for line in wrong[front : len(wrong) - back]),
        *(f"+{line}" for line in right[front : len(right) - back]),
        *(f" {line}" for line in right[len(right) - back :]),
    ]
    return "".join(f"{line}\n" for line in parts)


def common(one: list[str], other: list[str]) -> int:
    """How many lines two lists begin with that are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
