"""Each file of a built site by Brotli and by gzip, beside it."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import pytest

from live_docs.__main__ import main
from live_docs.built.compress import compress
from testing.project import ROOT

TEXT = "a line of a text that is long enough to be compressed\n" * 100

pytestmark = pytest.mark.program  # Node.js does it


def test_what_becomes_shorter_is_written_beside_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text and WebAssembly, in all folders; no image and no archive, which are compressed already; and no map."""
    names = {"index.html", "deep/er/index.html", "site.js", "python.wasm", "one.json"}
    others = {"logo.png", "pack.zip", "image.gz", "site.js.map"}
    for name in names | others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "short.txt").write_text("ab")
    assert main(["compress", str(tmp_path), "--docs", str(ROOT / "docs")]) == 0
    assert capsys.readouterr().out.startswith("5 files of 0.0 MB compressed: 0.0 MB by Brotli, 0.0 MB by gzip")
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert made - names - others - {"short.txt"} == {f"{name}.{end}" for name in names for end in ("br", "gz")}
    for name in names:
        assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()).decode() == TEXT
        assert len((tmp_path / f"{name}.br").read_bytes()) < 100


def test_it_says_how_much_shorter(tmp_path: Path) -> None:
    """Of all files together, for whoever builds the site."""
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text(TEXT)
    done = compress(tmp_path, ROOT)
    assert (done.files, done.before) == (2, 2 * len(TEXT))
    assert done.br == 2 * (tmp_path / "one.txt.br").stat().st_size
    assert done.gz == 2 * (tmp_path / "one.txt.gz").stat().st_size


def test_a_large_file_is_compressed_once(tmp_path: Path) -> None:
    """At the best quality, which takes long: the next build finds it."""
    large = "".join(f"{token_hex(16)} a line\n" for _ in range(50_000)).encode()
    kept = [ROOT / ".cache/compressed" / f"{sha256(large).hexdigest()}.{name}" for name in ("br", "gz")]
    try:
        for build in ("one", "another"):
            (tmp_path / build).mkdir()
            (tmp_path / build / "large.wasm").write_bytes(large)
            compress(tmp_path / build, ROOT)
            kept[1].write_bytes(gzip.compress(b"found"))
        assert gzip.decompress((tmp_path / "one/large.wasm.gz").read_bytes()) == large
        assert gzip.decompress((tmp_path / "another/large.wasm.gz").read_bytes()) == b"found"
        assert (tmp_path / "another/large.wasm.br").read_bytes() == kept[0].read_bytes()
    finally:
        for path in kept:
            path.unlink()
