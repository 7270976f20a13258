"""Another Markdown fence: a challenge's model to HTML that reads well on its own, and prints as a hand-out."""

from __future__ import annotations

from html import escape
from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from live_docs.markdown.fence import (
    default_lanes,
    inline_markdown,
    lines_to_html,
    mistakes_to_html,
    recorded_as,
    slug,
)
from live_docs.markdown.fence_body import read_challenge
from live_docs.markdown.recorded_runs import run_of
from live_docs.notation.challenge import Challenge
from live_docs.recorded.runs import Run


def format_challenge(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, Any],
    md: Markdown,
    raises: bool = True,
    **kwargs: Any,
) -> str:
    """superfences' formatter: a challenge's source to HTML."""
    challenge = read_challenge(source)
    if isinstance(challenge, Challenge):
        return to_html(challenge, run_of(challenge.solution, md), **options)
    if raises:
        raise SuperFencesException(str(challenge))
    return mistakes_to_html(challenge)


def to_html(
    challenge: Challenge,
    recorded: Run | None = None,
    title: str = "",
    level: str = "easy",
    teaches: str = "",
    start: str = "/",
    lanes: str = "",
) -> str:
    """The task, the goal, the hints folded, and a sandbox that begins empty and holds the solution, folded too.

    `start` is the path that the reader begins with.
    """
    hints = "".join(
        f'<details class="live-hint"><summary>Hint {number}</summary><p>{inline_markdown(hint)}</p></details>'
        for number, hint in enumerate(challenge.hints, 1)
    )
    label = escape(f"Challenge, {level}: {title}")
    return (
        f'<div class="live"><live-challenge id="challenge-{slug(title)}" role="group" aria-label="{label}" '
        f'data-id="{slug(title)}" '
        f'data-teaches="{escape(teaches)}"><p class="live-title">{label}</p>'
        f'<p class="live-task">{inline_markdown(challenge.task)}</p>'
        f'<div class="live-goal"><p>The goal</p>{lines_to_html(challenge.goal, "live-wanted")}</div>'
        f'<live-sandbox data-start="{escape(start)}" data-lanes="{escape(lanes or default_lanes(challenge.solution))}"'
        f"{recorded_as(challenge.solution, recorded)}>"
        f'{hints}<details class="live-solution"><summary>A solution</summary>'
        f"{lines_to_html(challenge.solution.lines, anchor=slug(title))}</details></live-sandbox></live-challenge></div>"
    )
