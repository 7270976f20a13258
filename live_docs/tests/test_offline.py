"""What the service worker of a built site is told of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from live_docs.built.offline import OfflineError, make_worker

PAGE = '<html><head><link rel="icon" href="{0}icon.svg"></head><body></body></html>'
FILES = {
    "index.html": PAGE.format(""),
    "deep/er/index.html": PAGE.format("../../"),
    "404.html": PAGE.format("/somewhere/"),
    "icon.svg": "<svg/>",
    "assets/site-ABCDEFGH.js": "1",
    "assets/site-ABCDEFGH.js.map": "{}",
    "assets/big/python.wasm": "wasm",
    "index.html.md": "# Home",
    "llms.txt": "# Home",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def told(site: Path) -> Any:
    first = (site / "service-worker.js").read_text().partition("\n")[0]
    return json.loads(first.removeprefix("const SITE = ").removesuffix(";"))


def test_it_knows_each_file_by_its_hash_but_maps_markdown_and_what_lies_aside(site: Path) -> None:
    """As the file is now; and the size of all, which the command prints."""
    size = make_worker(site, aside="assets/big")
    files = told(site)["files"]
    assert set(files) == {"index.html", "deep/er/index.html", "404.html", "icon.svg", "assets/site-ABCDEFGH.js"}
    for name, (digest, length) in files.items():
        data = (site / name).read_bytes()
        assert (digest, length) == (hashlib.sha256(data).hexdigest(), len(data))
    assert size == sum(length for _, length in files.values())
    assert told(site)["aside"] == "assets/big"


def test_each_page_says_where_the_worker_is_from_where_it_stands(site: Path) -> None:
    """Also the one that a server shows at any address."""
    make_worker(site)
    for name, prefix in (("index.html", ""), ("deep/er/index.html", "../../"), ("404.html", "/somewhere/")):
        assert f'<meta name="service-worker" content="{prefix}service-worker.js"></head>' in (site / name).read_text()


def test_a_site_of_the_same_files_is_the_same_build(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """So readers fetch nothing again; and any change makes another."""
    other = tmp_path_factory.mktemp("other")
    for name, text in FILES.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(text)
    make_worker(site)
    make_worker(other)
    assert told(site)["build"] == told(other)["build"]
    (other / "service-worker.js").unlink()
    (other / "icon.svg").write_text("<svg />")
    make_worker(other)
    assert told(site)["build"] != told(other)["build"]


def test_a_site_that_has_one_is_not_given_another(site: Path) -> None:
    """Its pages name one already."""
    make_worker(site)
    with pytest.raises(OfflineError, match="Build the site again"):
        make_worker(site)
