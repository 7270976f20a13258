"""What the MkDocs hooks make of a small site, built in this process."""

import logging
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from live_docs.mkdocs.hooks import wanted_port
from live_docs.notation.challenge import parse_challenge
from live_docs.notation.transcript import parse

CONFIG = """
site_name: A small site
theme:
  name: null
  custom_dir: theme
hooks: [HOOKS]
plugins: []
markdown_extensions:
  - pymdownx.snippets: {base_path: [.]}
  - pymdownx.superfences:
      custom_fences:
        - name: live
          class: live
          validator: !!python/name:live_docs.markdown.fence.validate
          format: !!python/name:live_docs.markdown.fence.format_live
        - name: challenge
          class: challenge
          validator: !!python/name:live_docs.markdown.fence.validate
          format: !!python/name:live_docs.markdown.challenge_fence.format_challenge
"""

PAGE = """---
title: A page
---
# A page

```live
connect /ws/once/
close 1000
```

- In a list:

    ```live
    connect /ws/once-indented/
    close 1000
    ```

```challenge title="A challenge"
# Say so.
closed 4000
? How?
---
connect /ws/once-solved/
closed 4000
```

```live
this cannot be read
```
"""


def small_site(root: Path, folder: Path, page: str = "# A page\n") -> Path:
    """A site of one page, which does nothing but print its content."""
    (folder / "docs").mkdir()
    (folder / "theme").mkdir()
    (folder / "theme/main.html").write_text("{{ page.content }}")
    (folder / "docs/index.md").write_text(page)
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG.replace("HOOKS", str(root / "live_docs/mkdocs/hooks.py")))
    return config


def build_site(config: Path) -> Path:
    loaded = load_config(str(config))
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    return Path(loaded.site_dir)


def test_a_build_parses_each_fence_once(root: Path, tmp_path: Path) -> None:
    """To warn of its mistakes, to print it and to miss it where it was swallowed: one reading serves all three."""
    config = small_site(root, tmp_path, PAGE)
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in (parse.__code__, parse_challenge.__code__):
            calls[frame.f_locals["source"].split("\n")[0]] += 1

    sys.setprofile(count)
    try:
        site = build_site(config)
    finally:
        sys.setprofile(None)
    assert (site / "index.html").read_text().count("<live-sandbox") == 3
    assert calls == {
        "connect /ws/once/": 1,
        "connect /ws/once-indented/": 1,
        "# Say so.": 1,
        "connect /ws/once-solved/": 1,
        "this cannot be read": 1,
    }


def test_what_pages_need_is_made_before_they_are_built(root: Path, tmp_path: Path) -> None:
    """By the commands that the site names, in its folder: it is on the site then."""
    config = small_site(root, tmp_path)
    (tmp_path / "maker.py").write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('made')\n")
    config.write_text(config.read_text() + "extra:\n  sandbox: {makes: [maker docs/made.txt]}\n")
    assert (build_site(config) / "made.txt").read_text() == "made"


def test_a_command_that_fails_is_warned_of(root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With what it said: `--strict` then fails."""
    config = small_site(root, tmp_path)
    (tmp_path / "maker.py").write_text("raise SystemExit('no clay')\n")
    config.write_text(config.read_text() + "extra:\n  sandbox: {makes: [maker]}\n")
    with caplog.at_level(logging.WARNING, "mkdocs.live_docs"):
        build_site(config)
    assert "`python -m maker` ended with 1: no clay" in caplog.text


@pytest.mark.parametrize(("said", "built", "served"), [(None, "", 8001), ("", None, 8001), ("9", 9, 9), ("0", 0, 0)])
def test_a_built_page_asks_its_own_origin_unless_a_port_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, built: str | int | None, served: int
) -> None:
    """Whoever serves it; `mkdocs serve` has the sandbox server beside it, on a port of its own."""
    monkeypatch.delenv("SANDBOX_PORT", raising=False)
    if said is not None:
        monkeypatch.setenv("SANDBOX_PORT", said)
    config = load_config(str(root / "mkdocs.yml"))
    assert (config.extra["sandbox"]["port"], wanted_port(config)) == (built, served)
