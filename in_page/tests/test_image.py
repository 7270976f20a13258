"""A start from the memory image, and the way back where it cannot be used."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from in_page.image import complete
from in_page.tests.conftest import Node

DEMO_USERS = ["alice", "bob"]


def starts(node: Node, times: int = 1, **environment: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in node("start.js", times, **environment).splitlines()]


def test_two_starts_from_one_image_draw_nothing_alike(node: Node) -> None:
    """Random numbers, tokens, ids and the secret key; the clock is the page's, and the database is there."""
    one, other = starts(node, times=2)
    assert (one["from"], other["from"]) == ("image", "image")
    assert not set(one["drawn"]) & set(other["drawn"])
    for start in (one, other):
        assert abs(start["time"] - start["now"]) < 60
        assert start["users"] == DEMO_USERS


def test_edited_code_may_import_what_the_server_does_not(node: Node) -> None:
    """An image has no files: the archives come with the first edit."""
    (start,) = starts(node)
    assert (start["from"], start["mean"]) == ("image", 3)


def test_what_was_looked_for_too_soon_is_found_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that was empty when somebody looked into it is looked into again once it has come."""
    archive = tmp_path / "library.zip"
    monkeypatch.syspath_prepend(str(archive))
    ZipFile(archive, "w").close()
    with pytest.raises(ModuleNotFoundError):
        import_module("comes_late")
    with ZipFile(archive, "w") as come:
        come.writestr("comes_late.py", "here = True")
    complete()
    assert import_module("comes_late").here


def is_missing(image: Path) -> None:
    image.unlink()


def is_cut_short(image: Path) -> None:
    image.write_bytes(image.read_bytes()[:100_000])


def is_of_another_format(image: Path) -> None:
    shutil.copy(image.with_name("packages.zip"), image)


@pytest.mark.parametrize("damage", [is_missing, is_cut_short, is_of_another_format])
def test_where_the_image_cannot_be_used_python_imports_everything(
    node: Node, here_files: Path, tmp_path: Path, damage: Any
) -> None:
    """Slower, and the same server."""
    files = tmp_path / "files"
    shutil.copytree(here_files, files)
    for image in files.glob("image.*"):
        damage(image)
    (start,) = starts(node, HERE_FILES=str(files))
    assert (start["from"], start["users"], start["mean"]) == ("compiled", DEMO_USERS, 3)
