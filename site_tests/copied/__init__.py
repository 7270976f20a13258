"""Running what "Copy as" hands out, each kind as its reader would: in a terminal, with Python, in a page, with pytest.

Every `run` here takes texts by their names and returns, by name again, what went wrong with those that failed.
"""

from __future__ import annotations

import os

AT_ONCE = 3
PATIENCE_SECONDS = 20

Texts = dict[str, str]
Failures = dict[str, str]


def plain_environment(**more: str) -> dict[str, str]:
    """This process's environment as a reader's would be: nothing of pytest in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    return {**kept, **more}
