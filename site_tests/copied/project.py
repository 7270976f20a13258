"""Tests for pytest, in a project like the sandbox server's."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from site_tests.copied import ALL_SECONDS, Failures, Texts, plain_environment, readers_python
from testing.project import ROOT


def run(texts: Texts, folder: Path, origin: str) -> Failures:
    """All tests together, in a new project below `folder` whose settings are those of the sandbox server."""
    folder = Path(tempfile.mkdtemp(dir=folder))
    (folder / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = sandbox_server.settings\n")
    modules = {f"test_{number}": name for number, name in enumerate(texts)}
    for module, name in modules.items():
        (folder / f"{module}.py").write_text(texts[name], encoding="utf-8")
    report = folder / "report.xml"
    plugins = ["-p", "pytest_django.plugin", "-p", "pytest_asyncio.plugin"]
    ended = subprocess.run(
        [readers_python(), "-m", "pytest", "-q", "--junitxml", str(report), *plugins],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=ALL_SECONDS,
        env=plain_environment(
            PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
            PYTHONPATH=str(ROOT),
            SANDBOX_ORIGINS=origin,
            DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
        ),
    )
    failures: Failures = {}
    passed = set()
    for case in ElementTree.parse(report).iter("testcase"):
        module = (case.get("classname") or case.get("name") or "").split(".")[0]
        wrong = [child for child in case if child.tag in ("failure", "error", "skipped")]
        if wrong:
            failures[modules[module]] = wrong[0].text or ""
        else:
            passed.add(modules[module])
    for name in texts.keys() - passed - failures.keys():
        failures[name] = f"no test was run:\n{ended.stdout[-2000:]}"
    return failures
