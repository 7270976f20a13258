"""Recorded runs as HTML: what stands under a fence, and what its widget is told."""

from pathlib import Path

import pytest
from markdown import Markdown

from live_docs.built.widgets import widgets_of
from live_docs.markdown import fence
from live_docs.notation.transcript import parse
from live_docs.recorded.runs import Run, key_of, written
from live_docs.recorded.to_html import frame_bytes, to_html, words
from live_docs.tests.recorded_samples import frame, happening

ECHO = "connect /ws/echo/\n# why\n> hello\n< hello\n"
RUN = Run("2026-11-07", {"Channels": "4.3.2"}, [happening("open <b>", 1.26, toward="page")])


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (frame("48656c6c6f"), "81 05 48 65 6c 6c 6f"),
        (frame("48656c6c6f", "37fa213d"), "81 85 37 fa 21 3d 7f 9f 4d 51 58"),
        (frame("48656c", fin=False), "01 03 48 65 6c"),
        (frame("00" * 256, opcode=2), "82 7e 01 00" + " 00" * 20 + " …"),
        (frame("00" * 4, opcode=2, length=65536, cut=True), "82 7f 00 00 00 00 00 01 00 00 00 00 00 00 …"),
    ],
)
def test_a_frames_bytes_are_those_of_rfc_6455(given: dict[str, object], sent: str) -> None:
    """The examples of its section 5.7."""
    assert frame_bytes(given) == sent


def test_the_printed_run_says_when_it_was_and_is_text() -> None:
    """Whose lane, when, and no markup of what crossed."""
    html = to_html(RUN)
    assert words(RUN) == "As it went on 7 November 2026 with Channels 4.3.2."
    assert words(RUN) in html
    assert '<li data-lane="js" data-at="1 ms ←"><span>JavaScript:</span> open &lt;b&gt;</li>' in html


def convert(source: str, folder: Path) -> str:
    fences = [{"name": "live", "class": "live", "validator": fence.validate, "format": fence.format_live}]
    return Markdown(
        extensions=["pymdownx.superfences", "live_docs.markdown.recorded_runs"],
        extension_configs={
            "pymdownx.superfences": {"custom_fences": fences},
            "live_docs.markdown.recorded_runs": {"folder": str(folder)},
        },
    ).convert(f"```live\n{source}```\n")


def test_a_fence_has_the_run_of_its_transcript(tmp_path: Path) -> None:
    """From whichever file; the widget is told its name, and where it would give a blank away."""
    (tmp_path / "learn").mkdir()
    (tmp_path / "learn/page.json").write_text(written({key_of(parse(ECHO)): RUN}))
    html = convert(ECHO, tmp_path)
    assert f'data-recorded="{key_of(parse(ECHO))}">' in html
    assert "As it went on 7 November 2026" in html
    assert f'data-recorded="{key_of(parse(ECHO))}" data-withheld>' in convert(
        ECHO.replace("< hello", "< [?hello?]"), tmp_path
    )
    assert "recorded" not in convert(ECHO.replace("hello", "goodbye"), tmp_path)


def test_a_generator_may_take_off_what_is_for_its_search() -> None:
    """It is no difference between two widgets."""
    html = f'<div class="live"><live-sandbox>{to_html(RUN)}</live-sandbox></div>'
    assert "data-search-exclude" in html
    assert widgets_of(html) == widgets_of(html.replace(" data-search-exclude", ""))
