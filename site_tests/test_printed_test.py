"""The test that a page prints, run as a reader would run it."""

from pathlib import Path

from site_tests.copied import project
from testing.project import ORIGIN, ROOT


def test_the_printed_test_passes(tmp_path: Path) -> None:
    """The one on the page of error messages: with the consumer alone, and with the stack around it."""
    text = (ROOT / "docs/assets/examples/test_whoami.py").read_text()
    assert project.run({"test_whoami.py": text}, tmp_path, ORIGIN) == {}
