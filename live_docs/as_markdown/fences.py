"""Fences as text: a transcript line by line with what is told of its lines, and whatever else stands in a fence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from live_docs.markdown.faulty_module import break_module, excerpt
from live_docs.markdown.fence_body import read_challenge, read_mend, read_transcript
from live_docs.markdown.fence_header import OPTIONS, read_options
from live_docs.markdown.mend_fence import diff_of
from live_docs.markdown.pages import Fence
from live_docs.notation.challenge import Challenge
from live_docs.notation.elsewhere import Elsewhere, Nothing
from live_docs.notation.mend import Mend
from live_docs.notation.transcript import Line, Transcript, TranscriptError


def fence_to_text(fence: Fence, root: Path) -> str:
    """A fence as Markdown that any reader of it understands. Raises TranscriptError for one that cannot be read."""
    if fence.language not in OPTIONS:
        return code_to_text(fence)
    options, _ = read_options(fence.language, fence.info.strip().partition(" ")[2])
    title = options.get("title", "What crosses the wire")
    reading = {"live": read_transcript, "challenge": read_challenge, "mend": read_mend}[fence.language](fence.body)
    if isinstance(reading, TranscriptError):
        raise reading
    if isinstance(reading, Transcript):
        return paragraphs(f"**{title}**, a transcript that the page runs:", block("text", lines_to_text(reading.lines)))
    level = options.get("level", "easy")
    if isinstance(reading, Challenge):
        return challenge_to_text(reading, title, level)
    return mend_to_text(reading, title, level, options["file"], root)


def code_to_text(fence: Fence) -> str:
    """Code as it stands, and above it the file that it is."""
    options, _ = read_options("live", fence.info.strip().partition(" ")[2])
    code = block(fence.language, fence.body.split("\n"))
    return paragraphs(f"`{options['title']}`:", code) if "title" in options else code


def challenge_to_text(challenge: Challenge, title: str, level: str) -> str:
    return paragraphs(
        f"**Challenge, {level}: {title}.** {challenge.task}",
        "The goal:",
        block("text", lines_to_text(challenge.goal)),
        *hints_to_text(challenge.hints),
        "A solution:",
        block("text", lines_to_text(challenge.solution.lines)),
    )


def mend_to_text(mend: Mend, title: str, level: str, file: str, root: Path) -> str:
    mended = (root / file).read_text(encoding="utf-8")
    diff = "\n".join(map(diff_of, mend.changes)).rstrip("\n").split("\n")
    came = "nothing" if isinstance(mend.failing.came, Nothing) else f"`{mend.failing.text}`"
    failing = next(line.text for line in mend.transcript.lines if line.number == mend.failing.line)
    return paragraphs(
        f"**Mend it, {level}: {title}.** {mend.report}",
        f"From `{file}`, with the fault in it:",
        block("python", excerpt(break_module(mended, mend.changes), mended).split("\n")),
        "What has to happen:",
        block("text", lines_to_text(mend.transcript.lines)),
        f"As the module stands, {came} comes in the place of `{failing}`.",
        *hints_to_text(mend.hints),
        "The solution:",
        block("diff", diff),
        mend.why,
    )


def hints_to_text(hints: Iterable[str]) -> Iterator[str]:
    return (f"Hint {number}: {hint}" for number, hint in enumerate(hints, 1))


def lines_to_text(lines: Iterable[Line]) -> Iterator[str]:
    """Steps as they are written, predictions filled in; how a line goes on another server stands in words."""
    for line in lines:
        yield from (f"# {note}" for note in line.notes)
        yield f"{line.client}: {line.text}" if line.client else line.text
        yield from (f"    ({told(there)})" for there in line.elsewhere)


def told(there: Elsewhere) -> str:
    came = "nothing comes" if isinstance(there.came, Nothing) else there.text
    return f"on {there.where}: {came}{', and it goes no further' if there.ends else ''}"


def block(language: str, lines: Iterable[str]) -> str:
    """Lines in a fence that is longer than any within."""
    body = "\n".join(lines)
    marks = "```"
    while marks in body:
        marks += "`"
    return f"{marks}{language}\n{body}\n{marks}"


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
