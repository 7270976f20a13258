"""From the fence to HTML, by way of real Python-Markdown and superfences."""

import json
from functools import partial
from html.parser import HTMLParser

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from live_docs.markdown import fence


def render(text: str, raises: bool = True) -> str:
    custom = {
        "name": "live",
        "class": "live",
        "validator": partial(fence.validate, raises=raises),
        "format": partial(fence.format_live, raises=raises),
    }
    extension = {"pymdownx.superfences": {"custom_fences": [custom]}}
    return Markdown(extensions=["pymdownx.superfences"], extension_configs=extension).convert(text)


class Reader(HTMLParser):
    """What a reader without JavaScript gets: the text, and each step's JSON beside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.steps: list[dict[str, object]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if step := dict(attrs).get("data-step"):
            self.steps.append(json.loads(step))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_transcript_becomes_a_captioned_list_of_its_lines() -> None:
    """Without JavaScript it reads as it was written."""
    page = Reader(render('```live title="An echo"\nconnect /ws/echo/\n> hello\n```'))
    assert page.tags[:4] == ["div", "live-sandbox", "figure", "figcaption"]
    assert page.tags.count("li") == 2
    assert "An echo" in page.text
    assert "connect /ws/echo/" in page.text


def test_a_note_may_hold_code_and_emphasis_and_nothing_else() -> None:
    """Everything else in it is text."""
    html = render("```live\n# Open *your consumer*, see `a * b`, <b>2 * 3 * 4</b>.\nconnect /a/\n```")
    assert "Open <em>your consumer</em>, see <code>a * b</code>, &lt;b&gt;2 * 3 * 4&lt;/b&gt;." in html


def test_a_blank_is_marked_and_keeps_its_answer() -> None:
    """Without JavaScript, and on paper, the answer is there."""
    html = render("```live\nconnect /a/\nclosed [?4401?] bye\n```")
    assert 'closed</span> <span class="live-text"><span class="live-blank">4401</span> bye</span>' in html


def test_a_sigil_is_also_said_in_words() -> None:
    """A screen reader says "client sends", not "greater than"."""
    page = Reader(render("```live\nconnect /a/\n> hello\n< hello\n```"))
    assert "client sends: > hello" in page.text
    assert "server sends: < hello" in page.text


def test_each_line_carries_its_step_for_the_widget() -> None:
    """The widget plays what the page says and parses no notation."""
    page = Reader(render("```live\nconnect /a/ as=bob\n>x 00ff\nclosed 4401\n```"))
    assert page.steps == [
        {"do": "connect", "path": "/a/", "origin": None, "subprotocols": [], "user": "bob"},
        {"do": "send", "data": "00ff", "binary": True},
        {"do": "closed", "code": 4401, "reason": None},
    ]


def test_text_in_a_transcript_is_never_markup() -> None:
    """What a step sends is shown as characters."""
    html = render('```live title="<b>"\nconnect /a/\n# <i>\n> <img src=x onerror="alert(1)">\n```')
    page = Reader(html)
    assert "img" not in page.tags
    assert "b" not in page.tags
    assert "i" not in page.tags
    assert '<img src=x onerror="alert(1)">' in page.text


def test_the_element_is_not_wrapped_in_a_paragraph() -> None:
    """Python-Markdown wraps what does not start with a block-level tag."""
    assert render("```live\nconnect /a/\n```").startswith('<div class="live">')


@pytest.mark.parametrize("text", ["```live\nnonsense\n```", '```live colour="red"\nconnect /a/\n```'])
def test_where_nobody_else_checks_a_mistake_raises(text: str) -> None:
    """A generator without our hook must not print a broken transcript as if it were right."""
    with pytest.raises(SuperFencesException):
        render(text)


def test_where_somebody_else_checks_the_page_shows_the_mistake() -> None:
    """The author who looks at the page sees what the terminal says too."""
    assert "This cannot be read" in render("```live\nnonsense\n```", raises=False)


def test_a_line_says_how_it_goes_elsewhere_below_its_own_words() -> None:
    """In sight of whoever reads the line; servers on which it goes the same way are named together."""
    page = Reader(render("```live\nconnect /a/\nrefused 404\n@daphne refused 500\n@uvicorn refused 500\n```"))
    assert page.text.index("refused 404") < page.text.index("on plain Daphne and uvicorn: refused 500")
    assert "@" not in page.text


def test_how_a_line_goes_elsewhere_is_told_in_words_and_with_its_end() -> None:
    """What a screen reader cannot say of a sigil, and that the lines below are not played there."""
    page = Reader(render("```live\nconnect /a/\n< a\n@daphne nothing\n@uvicorn closed 1006\n< b\n@daphne < c\n```"))
    assert "on plain Daphne: nothing comes" in page.text
    assert "on uvicorn: closed 1006, and it goes no further" in page.text
    assert "on plain Daphne: server sends: < c" in page.text


def test_a_reason_that_is_left_out_elsewhere_is_told() -> None:
    """`closed 4401` under `closed 4401 bye` would else look like the same."""
    page = Reader(render("```live\nconnect /a/\nclosed 4401 bye\n@daphne closed 4401\n@uvicorn closed 1006\n```"))
    assert "on plain Daphne: closed 4401, without a reason" in page.text
    assert page.text.rstrip().endswith("on uvicorn: closed 1006")


def test_a_line_that_goes_differently_elsewhere_has_an_address() -> None:
    """By which the list of all of them leads to it."""
    html = render('```live title="A wrong turn!"\nconnect /a/\nrefused 404\n@daphne refused 500\n```')
    assert '<li class="live-line" id="a-wrong-turn-line-2"' in html
    assert html.count(" id=") == 1
