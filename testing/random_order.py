"""A pytest plugin: the tests in another order each time, modules and the tests within them (-p testing.random_order).

The order follows from ORDER_SEED, which is printed, so that one that fails can be had again. What pytest-xdist
starts gets the same one. Tests of a module stay together: they share what is slow to set up.
"""

from __future__ import annotations

import os
import random

import pytest

SEED = os.environ.setdefault("ORDER_SEED", str(random.randrange(10**6)))


def pytest_report_header() -> str:
    return f"random order: ORDER_SEED={SEED}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorted by keys drawn from the seed, a key a module and one a test; pytest then groups what shares a fixture."""
    drawn = random.Random(SEED)
    modules = {path: drawn.random() for path in sorted({str(item.path) for item in items})}
    tests = {name: drawn.random() for name in sorted(item.nodeid for item in items)}
    items.sort(key=lambda item: (modules[str(item.path)], str(item.path), tests[item.nodeid]))
