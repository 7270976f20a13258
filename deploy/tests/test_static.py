"""The site alone, by nginx: what it sends, and what it keeps to itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.tests import files
from deploy.tests.deployment import launch_nginx
from deploy.tests.test_deployment import answer
from live_docs.built.policy import policy_of
from sandbox_server.tests.small_site import SECRET
from testing.ports import reserved_port
from testing.project import ROOT


@pytest.fixture(scope="module")
def url(trusted: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served, as `deploy/static` says."""
    folder = tmp_path_factory.mktemp("static")
    for name in ("fullchain.pem", "privkey.pem"):
        (folder / name).write_bytes((trusted / name).read_bytes())
    (folder / "mime.types").symlink_to("/etc/nginx/mime.types")
    python = Path(sys.executable).parent
    script = files.put_in(files.read("static/policy.sh"), {"python -m": f"{python / 'python'} -m"})
    done = subprocess.run(["sh", "-c", script, "policy.sh", site], cwd=ROOT, capture_output=True, check=True)
    (folder / "policy.conf").write_bytes(done.stdout)
    ports = [reserved_port(), reserved_port()]
    text = files.nginx("static/nginx.conf", folder, ports, {"/srv/sandbox/site": site})
    (folder / "nginx.conf").write_text(text)
    nginx = launch_nginx(folder, f"https://{files.NAME}:{ports[0]}")
    try:
        nginx.wait_until_it_answers()
        yield nginx.url
    finally:
        nginx.end()


def test_pages_come_under_their_policy_and_compressed(url: str, site: Path) -> None:
    """Whatever has its hash in its name is kept for ever, and nothing else."""
    status, headers, body = answer(url, "/learn/")
    assert (status, b"learn" in body) == (200, True)
    assert headers["content-security-policy"] == policy_of(site)
    assert headers["cache-control"] == "no-cache"
    assert headers["content-type"] == "text/html; charset=utf-8"
    _, headers, _ = answer(url, "/assets/site-ABCD2345.js", **{"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert answer(url, "/assets/here/0123456789abcdef/python.wasm")[1]["content-type"] == "application/wasm"
    assert answer(url, "/assets/plain.mjs")[1]["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/nothing/", "/.env", "/.git/config", "/link.txt", "/linked/secret.txt"])
def test_nothing_else_is_sent(url: str, path: str) -> None:
    """Neither what is hidden nor where a link leads out of the site: the site's own page, with its policy."""
    status, headers, body = answer(url, path)
    assert status in (403, 404)
    assert SECRET.encode() not in body
    assert "content-security-policy" in headers
    assert answer(url, "/.well-known/security.txt")[0] == 200
