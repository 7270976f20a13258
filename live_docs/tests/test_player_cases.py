"""The Python player, held to the lies to which the browser's is held: testing/player_cases.json."""

import pytest

from live_docs.javascript_contract import members
from live_docs.notation import steps
from testing.player_cases import play_in_python, read_cases
from testing.program import Program
from testing.project import ORIGIN

ENOUGH = 60


@pytest.mark.parametrize("player", ["python", "browser"])
def test_every_step_of_the_notation_differs_in_some_case(player: str) -> None:
    """A new step is missed here first."""
    cases = read_cases(player)
    wrong = {type(at.step) for case in cases for at in case.transcript.lines if at.number == case.line[player]}
    assert set(members(steps.Step)) - wrong == set()


def test_every_lie_is_told_at_its_line_with_what_came(cases_stage: Program) -> None:
    """Each step of the notation, wrong in each way in which it can be; and right, where it must not be called wrong."""
    cases = read_cases("python")
    assert len([case for case in cases if case.line["python"]]) >= ENOUGH
    wrong = [words for words in play_in_python(cases, cases_stage.url, ORIGIN) if words]
    assert wrong == []
