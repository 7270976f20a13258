"""`python -m handed_out.home`: write what pages need to make projects to docs/assets/home/catalog.json, or to a file.

Beside it, in playground.json, stands what there is to begin from in the playground.

`mkdocs` runs it before it builds (`makes` in mkdocs.yml); before another generator's first build, run it yourself.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

from handed_out.home.examples import examples

CATALOG = Path(__file__).parents[2] / "docs/assets/home/catalog.json"


def main(file: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "sandbox_server.settings"
    django.setup()

    from handed_out.home.catalog import catalog

    write(file, catalog())
    write(file.with_name("playground.json"), examples())


def write(file: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return  # whoever watches it would build again
    file.parent.mkdir(exist_ok=True)
    whole = file.with_suffix(f".{os.getpid()}")
    whole.write_text(text, encoding="utf-8")
    whole.replace(file)  # whoever reads it meanwhile reads the one or the other


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CATALOG)
