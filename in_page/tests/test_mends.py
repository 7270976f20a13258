"""Every mend of the pages, played in the page's own server by the page's own player: faulty, and mended."""

from __future__ import annotations

import json

import pytest

from in_page.tests.conftest import Node
from testing.mends import faults
from testing.player_cases import described


@pytest.mark.long
def test_each_fault_fails_where_its_page_says_and_its_solution_passes(node: Node) -> None:
    """The faulty module can be imported, and so can the mended one."""
    found = list(faults())
    given = [
        {
            "path": fault.fence.file,
            "texts": [fault.faulty, fault.mended],
            "lines": described(fault.fence.mend.transcript),
        }
        for fault in found
    ]
    ends = [json.loads(line) for line in node("mend.js", given).splitlines()]
    assert len(ends) == 2 * len(found)
    assert [end["traceback"] for end in ends if end["traceback"]] == []
    verdicts = [fault.verdict(end["line"], end["came"]) for fault, end in zip(found, ends[::2], strict=True)]
    assert "\n".join(filter(None, verdicts)) == ""
    unmended = {fault.where: end for fault, end in zip(found, ends[1::2], strict=True) if end["line"] is not None}
    assert unmended == {}
