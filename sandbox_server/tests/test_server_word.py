"""What the server says of itself, at the address that the pages ask."""

from __future__ import annotations

import json

from contract.observation import SERVER
from live_docs.player.visitor import Visitor
from testing.program import Program
from testing.project import ORIGIN


def test_it_says_its_versions_and_knows_the_visitor_again(sandbox: Program) -> None:
    """There, and at `/` for whoever opens the port; the cookie is given once."""
    visitor = Visitor(sandbox.url, ORIGIN)
    status, body = visitor.ask("GET", SERVER)
    assert status == 200
    assert {"Python", "Django", "Channels", "Daphne"} == set(json.loads(body)["versions"])
    (cookie,) = visitor.cookies
    assert (cookie.name, cookie.path) == ("observer", "/")
    assert visitor.ask("GET", "/") == (status, body)
    assert [each.value for each in visitor.cookies] == [cookie.value]
