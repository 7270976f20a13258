"""What the MkDocs hooks make of a small site, built in this process."""

import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from mkdocs.commands.build import build
from mkdocs.config import load_config

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


def small_site(root: Path, folder: Path) -> Path:
    """A site of one page, which does nothing but print its content."""
    (folder / "docs").mkdir()
    (folder / "theme").mkdir()
    (folder / "theme/main.html").write_text("{{ page.content }}")
    (folder / "docs/index.md").write_text(PAGE)
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
    config = small_site(root, tmp_path)
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
