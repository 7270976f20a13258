"""Settings that come from the environment."""

import os
import subprocess
import sys

import pytest

MIXINS = "import sandbox_server.asgi as a; print(*(mixin.__name__ for mixin in a.mixins))"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("on", "ObservedHandlers LeanDispatch"),
        ("off", "ObservedHandlers"),
        ("0", "ImproperlyConfigured: LEAN_DISPATCH is '0' in the environment: set it to on or off."),
    ],
)
def test_lean_dispatch_is_on_or_off(value: str, said: str) -> None:
    """Off, consumers have nothing of it; anything else is a mistake that is told."""
    command = [sys.executable, "-c", MIXINS]
    done = subprocess.run(command, env=os.environ | {"LEAN_DISPATCH": value}, capture_output=True, text=True)
    assert said == (done.stdout or done.stderr).strip().splitlines()[-1].removeprefix("django.core.exceptions.")
