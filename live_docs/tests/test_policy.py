"""The Content-Security-Policy that is computed of a built site."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from live_docs.built.policy import PolicyError, policy_of


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in policy.split("; "))}


def site_of(folder: Path, html: str) -> Path:
    page = folder / "deep" / "index.html"
    page.parent.mkdir()
    page.write_text(html)
    return folder


def allowed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_each_script_that_a_page_holds_is_allowed_by_its_hash_and_no_other(tmp_path: Path) -> None:
    """To the letter, entities and blanks included; data is no script, and a file is one of the site."""
    html = """<script>
 a &lt; b && c </script><script type="module">d</script>
<script type="application/json">{"e": 1}</script><script src="f.js"></script><p>g</p>"""
    policy = directives(policy_of(site_of(tmp_path, html)))
    assert policy["script-src"] == ["'self'", *sorted([allowed("\n a &lt; b && c "), allowed("d")])]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]


def test_a_script_of_many_pages_is_named_once(tmp_path: Path) -> None:
    """A header has an end."""
    site = site_of(tmp_path, "<script>a</script>")
    (site / "index.html").write_text("<script>a</script>")
    assert directives(policy_of(site))["script-src"] == ["'self'", allowed("a")]


def test_webassembly_is_allowed_where_the_site_has_any(tmp_path: Path) -> None:
    """And what it is made of in a frame without an origin; evaluating strings is not."""
    site = site_of(tmp_path, "<p>a</p>")
    assert directives(policy_of(site))["script-src"] == ["'self'"]
    (site / "python.wasm").touch()
    assert directives(policy_of(site))["script-src"] == ["'self'", "'wasm-unsafe-eval'", "blob:"]
    assert directives(policy_of(site))["worker-src"] == ["'self'", "blob:"]


def test_a_script_that_another_writes_into_a_frame_is_allowed(tmp_path: Path) -> None:
    """It is known by its name; and no other file's text is allowed."""
    site = site_of(tmp_path, "")
    for name in ("a-frame.js", "frame.js", "a-frame.js.map"):
        (site / name).write_text(name)
    assert directives(policy_of(site))["script-src"] == ["'self'", allowed("a-frame.js")]


def test_servers_may_be_asked_over_http_and_by_websocket(tmp_path: Path) -> None:
    """Of the same host."""
    policy = policy_of(site_of(tmp_path, ""), ["http://127.0.0.1:8001", "https://example.org"])
    servers = ["http://127.0.0.1:8001", "ws://127.0.0.1:8001", "https://example.org", "wss://example.org"]
    assert directives(policy)["connect-src"] == ["'self'", *servers]
    with pytest.raises(PolicyError, match="is no origin"):
        policy_of(tmp_path, ["example.org"])


@pytest.mark.parametrize("html", ['<b onclick="a()">b</b>', '<a href=" JavaScript:a()">b</a>'])
def test_a_script_in_an_attribute_is_an_error(tmp_path: Path, html: str) -> None:
    """It names the page: no hash would let it run."""
    with pytest.raises(PolicyError, match=r"deep/index\.html: a policy that allows <"):
        policy_of(site_of(tmp_path, html))
