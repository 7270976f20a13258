"""The widget's half of the contract is what Python's half says."""

from pathlib import Path
from typing import get_args

import pytest

from contract import observation
from live_docs.javascript_contract import contract, javascript
from live_docs.notation import steps


def test_the_contract_of_the_widget_is_what_python_says(root: Path) -> None:
    """Whoever changes one side has to run `make contract`."""
    written = (root / "docs/assets/live/notation/contract.js").read_text()
    assert written == contract(), "docs/assets/live/notation/contract.js is out of date: run `make contract`"


def test_every_step_is_in_exactly_one_of_the_unions() -> None:
    """A step belongs to a client, to the status, or to the observer."""
    parts = [get_args(kind) or (kind,) for kind in (steps.ClientStep, steps.StatusStep, steps.ObserverStep)]
    flat = [step for part in parts for step in part]
    assert len(flat) == len(set(flat))
    assert set(flat) == set(get_args(steps.Step))
    assert {step.__name__ for step in flat} == {step.__name__ for step in steps.Described.__subclasses__()}


def test_a_type_without_a_counterpart_is_an_error_that_says_where_to_mend_it() -> None:
    """It is not left out in silence."""

    with pytest.raises(TypeError, match=r"live_docs/javascript_contract\.py"):
        javascript(complex)


@pytest.mark.parametrize(
    ("asked", "client", "connection"),
    [("", None, None), (".alice", "alice", None), (".7", None, "7"), (".alice.12", "alice", "12")],
)
def test_a_connection_may_name_its_client_and_itself(asked: str, client: str | None, connection: str | None) -> None:
    """Both are told with every event."""
    match = observation.ASKED.fullmatch("a" * 22 + asked)
    assert match is not None
    assert (match["client"], match["connection"]) == (client, connection)


@pytest.mark.parametrize(
    "asked", ["a" * 21, "a" * 65, "a" * 22 + ".", "a" * 22 + ".0", "a" * 22 + "." + "b" * 32, "a b" * 9]
)
def test_what_is_no_observation_is_not_taken_for_one(asked: str) -> None:
    """Too short, too long, and names that are none."""
    assert observation.ASKED.fullmatch(asked) is None
