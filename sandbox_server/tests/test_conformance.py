"""What `make conformance` makes of a report of Autobahn's test suite, and of a machine that cannot run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from testing import conformance

REPORT = {
    "sandbox_server": {
        number: {
            "behavior": behavior,
            "behaviorClose": closing,
            "duration": 2,
            "remoteCloseCode": 1000,
            "reportfile": f"sandbox_server_case_{number.replace('.', '_')}.json",
        }
        for number, behavior, closing in [
            ("10.1.1", "OK", "OK"),
            ("2.10", "OK", "OK"),
            ("2.9", "OK", "OK"),
            ("3.2", "NON-STRICT", "OK"),
            ("7.7.2", "OK", "WRONG CODE"),
            ("7.13.1", "INFORMATIONAL", "INFORMATIONAL"),
            ("9.1.6", "FAILED", "FAILED BY CLIENT"),
        ]
    }
}


def test_cases_come_in_the_order_of_their_numbers() -> None:
    """Which is not that of their letters, and not the report's."""
    cases = conformance.read_report(json.dumps(REPORT))
    assert [case.number for case in cases] == ["2.9", "2.10", "3.2", "7.7.2", "7.13.1", "9.1.6", "10.1.1"]


def test_a_case_has_passed_if_what_was_exchanged_and_how_it_closed_are_right() -> None:
    """What is only not strict is, and where there is nothing right or wrong."""
    cases = conformance.read_report(json.dumps(REPORT))
    assert [case.number for case in cases if not case.passed] == ["7.7.2", "9.1.6"]
    assert conformance.summary(cases).splitlines() == [
        "  2.*  2 OK",
        "  3.*  1 NON-STRICT",
        "  7.*  1 INFORMATIONAL, 1 OK",
        "  9.*  1 FAILED",
        " 10.*  1 OK",
        "7 cases, 5 passed; not strict: 3.2",
    ]


def test_a_run_in_which_cases_are_missing_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though none of those that were played has failed."""
    played = [conformance.Case("1.1.1", "OK", "OK")]
    monkeypatch.setattr(conformance, "install", list)
    monkeypatch.setattr(conformance, "play", lambda wstest, folder: played)
    assert conformance.main() == 1
    assert "FAILED 1 cases were played, not 301" in capsys.readouterr().out
    played *= conformance.CASES
    assert conformance.main() == 0


def test_a_machine_without_python_2_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, and with a status of its own."""
    monkeypatch.setattr(conformance, "find_python_2", lambda: None)
    assert conformance.main() == 2
    assert capsys.readouterr().err.splitlines() == [
        "make conformance needs Python 2.7, which Autobahn's test suite is written for: pyenv, for example, installs it"
    ]


def test_a_suite_that_cannot_be_installed_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """But the log that the one line names."""
    python = tmp_path / "python2.7"
    python.write_text("#!/bin/sh\necho no compiler\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(conformance, "find_python_2", lambda: python)
    monkeypatch.setattr(conformance, "CACHE", tmp_path / "cache")
    assert conformance.main() == 2
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["install.log"]
    assert (tmp_path / "cache/install.log").read_text() == "no compiler\n"
    (told,) = capsys.readouterr().err.splitlines()
    assert str(tmp_path / "cache/install.log") in told
