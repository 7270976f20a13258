"""The Markdown fence: a transcript's model to HTML that reads well on its own.

Two functions for `pymdownx.superfences`' custom fences, named in mkdocs.yml. The HTML is a list of
steps; each carries its step as JSON, which is all that the widget needs to play it. The other kinds of
fence are in challenge_fence.py and mend_fence.py.

A mistake raises, which is right wherever nobody else checks the pages (Zensical). Who checks them otherwise, and
names file and line, as the MkDocs hooks do, passes `raises=False` and has the page show the mistake.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from live_docs.markdown.fence_body import read_transcript
from live_docs.markdown.fence_header import check_options
from live_docs.markdown.recorded_runs import run_of
from live_docs.notation.blanks import Span
from live_docs.notation.captures import CLAIMS, names_in
from live_docs.notation.elsewhere import Elsewhere, Nothing
from live_docs.notation.spoken import SPOKEN
from live_docs.notation.steps import AsgiEvent, Raised, Refused, Unanswered
from live_docs.notation.transcript import Line, Transcript, TranscriptError
from live_docs.recorded.runs import Run, key_of
from live_docs.recorded.to_html import to_html as recorded_to_html

NOTHING: Mapping[int, str] = {}


def validate(
    language: str,
    inputs: dict[str, str],
    options: dict[str, Any],
    attrs: dict[str, Any],
    md: Markdown,
    raises: bool = True,
) -> bool:
    """superfences' validator for both kinds: take the header's options, or raise for one that is unknown."""
    problems = check_options(language, inputs)
    if problems and raises:
        raise SuperFencesException("; ".join(problems))
    options.update(inputs)
    return True


def format_live(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, Any],
    md: Markdown,
    raises: bool = True,
    **kwargs: Any,
) -> str:
    """superfences' formatter: a transcript's source to HTML."""
    transcript = read_transcript(source)
    if isinstance(transcript, Transcript):
        return to_html(transcript, run_of(transcript, md), **options)
    if raises:
        raise SuperFencesException(str(transcript))
    return mistakes_to_html(transcript)


def to_html(
    transcript: Transcript, recorded: Run | None = None, title: str = "", run: str = "", lanes: str = ""
) -> str:
    """The transcript as a captioned list of steps inside the element that brings it to life, and how it once went.

    The outermost tag is a `<div>`: Python-Markdown would wrap a custom tag in a paragraph.
    """
    label = title or "What crosses the wire"
    lanes = lanes or default_lanes(transcript)
    return (
        f'<div class="live"><live-sandbox data-run="{escape(run)}" data-lanes="{escape(lanes)}"'
        f"{recorded_as(transcript, recorded)}>"
        f'<figure class="live-transcript"><figcaption>{escape(label)}</figcaption>'
        f"{lines_to_html(transcript.lines, anchor=slug(label))}</figure>"
        f"{recorded_to_html(recorded) if recorded else ''}</live-sandbox></div>"
    )


def recorded_as(transcript: Transcript, recorded: Run | None) -> str:
    """By which name the widget finds how it once went; `data-withheld` if that gives away what a reader is asked."""
    if recorded is None:
        return ""
    withheld = " data-withheld" if any(line.blanks for line in transcript.lines) else ""
    return f' data-recorded="{key_of(transcript)}"{withheld}'


def slug(title: str) -> str:
    """A name for what has this title: a challenge is remembered by it, and a line is found by it."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def default_lanes(transcript: Transcript) -> str:
    """The lanes to open where a page names none: those that show the server's half, if lines are about it."""
    steps = [line.step for line in transcript.lines]
    asgi = " asgi" if any(isinstance(step, AsgiEvent) for step in steps) else ""
    consumer = " consumer" if any(isinstance(step, Raised) for step in steps) else ""
    return f"javascript{asgi}{consumer}" if asgi or consumer else ""


def lines_to_html(
    lines: tuple[Line, ...], css_class: str = "live-line", anchor: str = "", below: Mapping[int, str] = NOTHING
) -> str:
    """Steps as a list. Only those of the class `live-line` are played, and have told what there is to tell of them.

    A line that goes differently elsewhere has an address on its page, which begins with `anchor`. `below` is HTML that
    stands under lines, by their numbers.
    """
    items, known = "", set[str]()
    for line in lines:
        new = names_in(line.step) - known if isinstance(line.step, CLAIMS) else set()
        known |= new
        told = explain(line, sorted(new)) if css_class == "live-line" else ""
        place = address(anchor, line.number) if anchor and line.elsewhere else ""
        items += line_to_html(line, css_class, told, place, below.get(line.number, ""))
    return f'<ol class="live-lines" role="list">{items}</ol>'


def address(anchor: str, number: int) -> str:
    """Where on its page a line stands that goes differently elsewhere: `number` is its place in the fence."""
    return f"{anchor}-line-{number}"


def explain(line: Line, captured: list[str]) -> str:
    """What stands under a step from the start, so that nothing moves when it has been played."""
    if isinstance(line.step, Refused | Unanswered):
        return "JavaScript is told: error, then close 1006"
    return ", ".join(f"${{{name}}} stands for what comes here" for name in captured)


def line_to_html(line: Line, css_class: str, told: str, address: str, below: str) -> str:
    """One step: its notes, its client, its words, its meaning as JSON, what is told of it, how it goes elsewhere."""
    step = escape(json.dumps(line.step.describe(), ensure_ascii=False))
    notes = "".join(f'<p class="live-note">{inline_markdown(note)}</p>' for note in line.notes)
    client = f'<span class="live-client">{escape(line.client)}:</span> ' if line.client else ""
    told = f'<p class="live-came live-told">{escape(told)}</p>' if told else ""
    place = f' id="{address}"' if address else ""
    return (
        f'<li class="{css_class}"{place} data-step="{step}" data-client="{escape(line.client)}">{notes}'
        f"<code>{client}{words_to_html(line.text, line.blanks)}</code>"
        f"{told}{elsewhere_to_html(line.elsewhere)}{below}</li>"
    )


def elsewhere_to_html(elsewhere: tuple[Elsewhere, ...]) -> str:
    """How a line goes on other servers; those on which it goes the same way are named together."""
    same: dict[str, list[Elsewhere]] = {}
    for there in elsewhere:
        same.setdefault(there.text, []).append(there)
    return "".join(f'<p class="live-elsewhere">{told_of(servers)}</p>' for servers in same.values())


def told_of(servers: list[Elsewhere]) -> str:
    """What came on some servers, in one sentence."""
    there = servers[0]
    words = "nothing comes" if isinstance(there.came, Nothing) else f"<code>{words_to_html(there.text)}</code>"
    words += ", without a reason" if there.loses_reason else ""
    end = ", and it goes no further" if there.ends else ""
    return f"on {' and '.join(there.where for there in servers)}: {words}{end}"


def words_to_html(text: str, blanks: tuple[Span, ...] = ()) -> str:
    """A step's words: the first one set off, a sigil also said, the blanks marked."""
    sigil, space, _ = text.partition(" ")
    if sigil in SPOKEN:
        heard = f'<span class="live-heard">{SPOKEN[sigil]} </span>'
        word = f'{heard}<span class="live-sigil" aria-hidden="true">{escape(sigil)}</span>'
    else:
        word = f'<span class="live-word">{escape(sigil)}</span>'
    return f'{word}{space}<span class="live-text">{text_to_html(text, blanks, len(sigil + space))}</span>'


def text_to_html(text: str, blanks: tuple[Span, ...], at: int) -> str:
    """A line's words from a character on, its blanks marked: the widget takes the answers out until a run."""
    html = ""
    for start, end in blanks:
        html += escape(text[at:start])
        html += f'<span class="live-blank">{escape(text[start:end])}</span>'
        at = end
    return html + escape(text[at:])


def inline_markdown(text: str) -> str:
    """The HTML of one line of Markdown of which `code` and *emphasis* mean something, and nothing else does."""
    coded = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])", r"<em>\1</em>", coded)


def mistakes_to_html(error: TranscriptError) -> str:
    """For the author who looks at the page instead of the terminal."""
    items = "".join(
        f"<li>line {problem.line} of the fence: {escape(problem.message)}</li>" for problem in error.problems
    )
    title = '<p class="admonition-title">This cannot be read</p>'
    return f'<div class="admonition failure">{title}<ul>{items}</ul></div>'
