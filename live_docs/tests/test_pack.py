"""What `pack` makes of a small site that some generator has built."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from live_docs.built.esbuild import PackError
from live_docs.built.pack import pack
from live_docs.built.search import split_index
from testing.project import ROOT

FILES = {
    "page.js": 'import { shout } from "./kit/shout.js";\nimport(`./late/${document.title}.js`);\nshout("page");\n',
    "kit/shout.js": "/** Why it shouts. */\nexport const shout = (words) => console.log(words);\n",
    "late/one.js": 'import { shout } from "../kit/shout.js";\nshout("one", import.meta.url);\n',
    "late/two.js": 'import { shout } from "../kit/shout.js";\n'
    'import { read } from "../read/printed.js";\nshout(read);\n',
    "read/printed.js": "/** A reader has read this. */\nexport const read = 1;\n",
    "worker.js": "/** Asked for by its address. */\nself.answer = 42;\n",
    "page.css": '@import url("theme.css") layer(theme);\n/* why */\n@layer page { a > b { margin: 0 1rem; } }\n',
    "theme.css": "body { margin: 0; }\n",
    "late/late.css": "/* why */\n@layer late {\n  b {\n    margin: 0;\n  }\n}\n",
}

HEAD = """<link rel="preload" as="style" href="{0}theme.css">
<link rel="stylesheet" href="{0}page.css">
<link rel="icon" href="{0}icon.svg">
<script type="module" src="{0}page.js"></script>
<script src="{0}classic.js"></script>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with its pages, and in `site` what a generator made of it."""
    (tmp_path / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    (tmp_path / "package.json").write_text("{}")
    for folder in ("docs", "site"):
        for name, text in FILES.items():
            file = tmp_path / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    (tmp_path / "docs/index.md").write_text('```js\n--8<-- "docs/read/printed.js"\n```\n')
    (tmp_path / "site/assets").mkdir()
    for page, prefix in (("index.html", ""), ("deep/er/index.html", "../../"), ("404.html", "/somewhere/")):
        (tmp_path / "site" / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / page).write_text(HEAD.format(prefix))
    return tmp_path


def packed(project: Path) -> Path:
    pack(project / "site", project / "docs", project)
    return project / "site"


def test_each_page_names_one_script_and_one_sheet_from_where_it_is(project: Path) -> None:
    """What all share is asked for ahead, since the script will want it; what is not ours is left alone."""
    site = packed(project)
    for page, prefix in (("index.html", ""), ("deep/er/index.html", "../../"), ("404.html", "/somewhere/")):
        html = (site / page).read_text()
        named = re.findall(r'(?:href|src)="([^"]+)"', html)
        hashed = [re.sub(r"-[A-Z0-9]{8}\.", "-HASH.", name) for name in named]
        assert hashed == [
            f"{prefix}assets/site-HASH.css",
            f"{prefix}assets/chunk-HASH.js",
            f"{prefix}icon.svg",
            f"{prefix}assets/site-HASH.js",
            f"{prefix}classic.js",
        ]
    assert all((site / name).is_file() for name in re.findall(r'"(assets/[^"]+)"', (site / "index.html").read_text()))


def test_what_is_loaded_late_stays_a_file_of_its_folder_and_imports_only_what_all_share(project: Path) -> None:
    """So no module is fetched by way of more than one other, and `import.meta.url` still tells where a style lies."""
    site = packed(project)
    (one,) = site.glob("late/one-*.js")
    (chunk,) = site.glob("assets/chunk-*.js")
    assert re.findall(r'from ?"([^"]+)"|import ?"([^"]+)"', one.read_text()) == [(f"../assets/{chunk.name}", "")]
    assert "import.meta.url" in one.read_text()
    assert not (site / "kit").exists() or not list((site / "kit").iterdir())


def test_what_a_page_prints_is_sent_as_it_is_written(project: Path) -> None:
    """And imported from where it is, by what is loaded late."""
    site = packed(project)
    assert (site / "read/printed.js").read_text() == FILES["read/printed.js"]
    (two,) = site.glob("late/two-*.js")
    assert '"../read/printed.js"' in two.read_text()


def test_what_is_asked_for_by_its_own_address_keeps_it_and_becomes_small(project: Path) -> None:
    """A worker, a tool's style: without comments and indentation."""
    site = packed(project)
    assert (site / "worker.js").read_text() == "self.answer=42;\n"
    assert (site / "late/late.css").read_text() == "@layer late{b{margin:0}}\n"


def test_the_one_sheet_holds_all_in_their_layers(project: Path) -> None:
    """In the order in which pages name them."""
    (sheet,) = packed(project).glob("assets/site-*.css")
    assert sheet.read_text() == "@layer theme{body{margin:0}}@layer page{a>b{margin:0 1rem}}\n"


def test_the_debugger_shows_what_was_written(project: Path) -> None:
    """Comments and all, from a map that only a debugger loads."""
    (chunk_map,) = packed(project).glob("assets/chunk-*.js.map")
    assert FILES["kit/shout.js"] in json.loads(chunk_map.read_text())["sourcesContent"]


def test_a_printed_module_in_the_pages_own_script_is_refused(project: Path) -> None:
    """Where the script will be, the module's address would be another."""
    (project / "site/kit/shout.js").write_text('export { read as shout } from "../read/printed.js";\n')
    with pytest.raises(PackError, match=r"read/printed\.js is printed on a page: import it from a module"):
        packed(project)


def test_a_site_is_packed_once(project: Path) -> None:
    """The second time it is refused: what is packed has no parts any more."""
    site = packed(project)
    with pytest.raises(PackError, match="packed already"):
        pack(site, project / "docs", project)


def test_a_search_index_is_split_from_its_documents(tmp_path: Path) -> None:
    """What the page reads keeps the configuration."""
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text('{"config": {"lang": ["en"]}, "docs": [{"title": "A"}]}')
    split_index(tmp_path)
    assert json.loads((tmp_path / "search/search_index.json").read_text()) == {"config": {"lang": ["en"]}, "docs": []}
    assert json.loads((tmp_path / "search/documents.json").read_text()) == [{"title": "A"}]
