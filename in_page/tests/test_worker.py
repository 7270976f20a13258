"""The worker: what ends it, and that it comes back."""

from __future__ import annotations

import json

import pytest

from in_page.tests.conftest import Node


@pytest.mark.long
def test_code_that_nothing_can_stop_ends_the_worker(node: Node) -> None:
    """Whoever waits for it is told: sockets close with 1006, requests fail; and it can be started again, as it was.

    So does code that would keep the page itself busy, with more messages than it can take in.
    """
    lost, flooded, again = map(json.loads, node("busy.js").splitlines())
    assert lost == {"why": "some code kept it busy for 10 s", "code": 1006, "asked": "TypeError"}
    assert (flooded["why"], flooded["code"]) == ("some code told the page more than it can take in", 1006)
    assert again == {"data": "hello"}
