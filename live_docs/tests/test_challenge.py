"""Challenges: what they consist of, what is said of one that is not whole, and how one becomes HTML."""

import json

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from live_docs.markdown import challenge_fence, fence
from live_docs.notation.challenge import parse_challenge
from live_docs.notation.steps import Closed, Receive
from live_docs.notation.transcript import TranscriptError

WHOLE = """# Be turned away
# with `4401`.
< {"is_authenticated": false, ...}
closed 4401
? Somebody has to be missing.
? Log out.
---
connect /ws/whoami/ as=anonymous
accepted
< {"is_authenticated": false, ...}
closed 4401"""


def problems_of(source: str) -> list[tuple[int, str]]:
    with pytest.raises(TranscriptError) as caught:
        parse_challenge(source, 10)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_a_challenge_has_a_task_a_goal_hints_and_a_solution() -> None:
    """All of it is one text, in the notation."""
    challenge = parse_challenge(WHOLE)
    assert challenge.task == "Be turned away with `4401`."
    assert [type(line.step) for line in challenge.goal] == [Receive, Closed]
    assert challenge.hints == ("Somebody has to be missing.", "Log out.")
    assert [line.number for line in challenge.solution.lines] == [8, 9, 10, 11]


@pytest.mark.parametrize(
    ("goal", "solution"),
    [
        ("closed 4401", "connect /a/\n< x\nclosed 4401"),
        ("< hello ...", "connect /a/\n< hello world"),
        ('< {"kind": "room", ...}', 'connect /a/\n< {"kind": "room", "kwargs": {}}'),
        ('< {"kwargs": {}, ...}', 'connect /a/\n< {"kind": ..., "kwargs": {}}'),
        ("bob: closed 4001", "alice: connect /a/\nbob: connect /b/\nalice: closed 4000\nbob: closed 4001"),
        ("closed 4001", "bob: connect /b/\nbob: closed 4001"),
        ("> a\n< a", "connect /a/\n> a\n> b\n< a"),
        ("closed 1011\n! ValueError: no", "connect /a/\n! ValueError: no\nclosed 1011"),
    ],
)
def test_a_goal_is_reached_by_a_solution_that_holds_its_lines(goal: str, solution: str) -> None:
    """In their order, whatever stands between them; a looser line is held by a stricter one."""
    assert parse_challenge(f"# Do it.\n{goal}\n? How?\n---\n{solution}")


@pytest.mark.parametrize(
    ("goal", "solution"),
    [
        ("closed 4401", "connect /a/\nclose 4401"),
        ("closed 4401", "connect /a/\nclosed 4402"),
        ('< {"id": 7}', 'connect /a/\n< {"id": ...}'),
        ("< b\n< a", "connect /a/\n< a\n< b"),
        ("alice: closed 4001", "bob: connect /b/\nbob: closed 4001"),
    ],
)
def test_a_solution_that_does_not_reach_the_goal_is_a_mistake(goal: str, solution: str) -> None:
    """What a reader is asked is what the solution is tested for."""
    [(_, message)] = problems_of(f"# Do it.\n{goal}\n? How?\n---\n{solution}")
    assert "is not among the solution's lines" in message


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        (WHOLE.replace("---", ""), 10, "needs a line `---`"),
        (WHOLE.replace("# Be turned away\n# with `4401`.\n", ""), 10, "says in words"),
        (WHOLE.replace("? Somebody has to be missing.\n? Log out.\n", ""), 10, "needs a hint"),
        ("# Do it.\n? How?\n---\nconnect /a/", 10, "needs a goal"),
        (WHOLE.replace("closed 4401\n?", "close it\n?"), 13, "needs a close code"),
        (WHOLE.replace("accepted", "agreed"), 18, "is no step"),
        (WHOLE.replace("closed 4401\n?", "unanswered\n?"), 13, "cannot be a goal"),
    ],
)
def test_a_challenge_that_lacks_something_is_a_mistake_at_its_line(source: str, line: int, part: str) -> None:
    """The author learns what is missing, and where."""
    assert any(number == line and part in message for number, message in problems_of(source))


def test_a_goal_is_told_how_the_line_that_reaches_it_goes_elsewhere() -> None:
    """The solution is folded away: what a reader is asked for says it, too."""
    challenge = parse_challenge("# Do it.\nrefused 404\n? How?\n---\nconnect /a/\nrefused 404\n@daphne refused 500")
    assert [there.text for there in challenge.goal[0].elsewhere] == ["refused 500"]


def test_a_goal_itself_cannot_say_how_it_goes_elsewhere() -> None:
    """It stands in the solution, which is what is played."""
    [(line, message)] = problems_of("# Do it.\nrefused 404\n@daphne refused 500\n? How?\n---\nconnect /a/\nrefused 404")
    assert line == 12
    assert "write it in the solution" in message


def render(text: str) -> str:
    custom = {
        "name": "challenge",
        "class": "challenge",
        "validator": fence.validate,
        "format": challenge_fence.format_challenge,
    }
    extension = {"pymdownx.superfences": {"custom_fences": [custom]}}
    return Markdown(extensions=["pymdownx.superfences"], extension_configs=extension).convert(text)


def test_a_challenge_reads_well_without_javascript() -> None:
    """Task, goal, hints and solution are all there, the last two folded."""
    html = render(f'```challenge title="Out with you!" level="sly" start="/ws/"\n{WHOLE}\n```')
    assert "Challenge, sly: Out with you!" in html
    assert "Be turned away with <code>4401</code>." in html
    assert 'data-id="out-with-you"' in html
    assert '<live-challenge id="challenge-out-with-you"' in html  # a link may lead there
    assert html.count('<details class="live-hint">') == 2
    assert html.index("live-wanted") < html.index("<live-sandbox") < html.index("live-solution")
    assert html.count('class="live-line"') == 4
    assert json.dumps(Closed(4401).describe()).replace('"', "&quot;") in html


def test_a_challenge_without_a_title_is_a_mistake() -> None:
    """Progress is kept by it."""
    with pytest.raises(SuperFencesException):
        render(f'```challenge level="sly"\n{WHOLE}\n```')
