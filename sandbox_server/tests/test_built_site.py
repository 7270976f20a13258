"""The built site, served by the real server beside the sandboxes: a small one, with all that a site has."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from contract.observation import SERVER
from sandbox_server.tests.clients import PATIENCE_SECONDS
from sandbox_server.tests.small_site import FILES, SECRET, TEXT, ask
from sandbox_server.tests.undisturbed import exchange, status_of, undisturbed
from testing.program import Program
from testing.raw_client import RawClient, text

HASHED = ("assets/site-ABCD2345.js", "assets/main.0a1b2c3d.min.css", "assets/here/0123456789abcdef/python.wasm")


def test_pages_and_sandboxes_have_one_origin(site_server: Program) -> None:
    """The page's own connections are let in, and those of nobody who was not named."""
    assert ask(site_server, "/").body.decode() == FILES["index.html"]
    assert "versions" in json.loads(ask(site_server, SERVER).body)
    with RawClient(site_server.url, "/ws/echo/", Origin=site_server.url) as client:
        assert client.response.status == 101
        client.send(text("hello"))
        answer = client.receive()
        assert answer is not None
        assert answer.payload == b"hello"
    with RawClient(site_server.url, "/ws/echo/", Origin="http://127.0.0.1:1") as client:
        assert client.response.status == 403


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/site-ABCD2345.js", "text/javascript; charset=utf-8"),
        ("/assets/plain.mjs", "text/javascript; charset=utf-8"),
        ("/assets/main.0a1b2c3d.min.css", "text/css; charset=utf-8"),
        ("/assets/here/0123456789abcdef/python.wasm", "application/wasm"),
        ("/assets/list.json", "application/json"),
        ("/assets/logo.svg", "image/svg+xml"),
        ("/assets/pack.zip", "application/zip"),
        ("/assets/gr%C3%B6%C3%9Fe.txt", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_has_its_type_and_its_length(site_server: Program, path: str, kind: str) -> None:
    """A browser takes modules and WebAssembly by their type alone."""
    answer = ask(site_server, path)
    assert (answer.status, answer.headers["content-type"].replace('"', "")) == (200, kind)
    assert int(answer.headers["content-length"]) == len(answer.body) > 0


@pytest.mark.parametrize(
    ("takes", "comes"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip", "gzip"),
        ("identity", None),
        ("", None),
        ("gzip;q=0", None),
        ("brotli, notgzip", None),
    ],
)
def test_what_is_compressed_goes_to_whoever_takes_it(site_server: Program, takes: str, comes: str | None) -> None:
    """The smallest that the client has named; a cache in between is told what it hangs on."""
    answer = ask(site_server, "/assets/site-ABCD2345.js", Accept_Encoding=takes)
    assert answer.headers.get("content-encoding") == comes
    assert answer.headers["vary"] == "Accept-Encoding"
    bodies = {"br": b"by Brotli", "gzip": gzip.compress(TEXT.encode()), None: TEXT.encode()}
    unpacked = gzip.decompress(answer.body) if comes == "gzip" else answer.body
    assert unpacked == (TEXT.encode() if comes == "gzip" else bodies[comes])
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_browser_keeps_for_ever_what_says_what_is_in_it(site_server: Program) -> None:
    """And asks anew each time for all else, of which it is told cheaply that it is the same."""
    for path in FILES.keys() - {".env", ".git/config", "assets/größe.txt"}:
        kept = ask(site_server, "/" + path.removesuffix("index.html")).headers["cache-control"]
        assert kept == ("max-age=315360000, public, immutable" if path in HASHED else "max-age=0, public"), path


def test_what_has_not_changed_is_not_sent_again(site_server: Program) -> None:
    """By its tag, however it is written, or by its date; on one kept connection, and no body spoils the next answer."""
    headers = ask(site_server, "/learn/").headers
    tag, date = headers["etag"], headers["last-modified"]
    same = [tag, tag.removeprefix("W/"), f'"another", {tag}', "*"]
    with closing(HTTPConnection(urlsplit(site_server.url).netloc, timeout=PATIENCE_SECONDS)) as connection:

        def status(method: str = "GET", **asked: str) -> tuple[int, int]:
            connection.request(method, "/learn/", headers={name.replace("_", "-"): asked[name] for name in asked})
            with connection.getresponse() as response:
                return response.status, len(response.read())

        assert {status(If_None_Match=known) for known in same} == {(304, 0)}
        assert status("HEAD", If_None_Match=tag) == (304, 0)
        assert status(If_Modified_Since=date) == (304, 0)
        whole = (200, len(FILES["learn/index.html"]))
        assert status(If_None_Match='"another"', If_Modified_Since=date) == whole
        assert status(If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT") == whole
        assert status(If_Modified_Since="yesterday", If_None_Match="") == whole
        assert status("HEAD") == (200, 0)


@pytest.mark.parametrize(
    ("asked", "status", "came"),
    [
        ("bytes=0-0", 206, TEXT[:1]),
        ("bytes=10-19", 206, TEXT[10:20]),
        ("bytes=-5", 206, TEXT[-5:]),
        (f"bytes={len(TEXT) - 3}-", 206, TEXT[-3:]),
        (f"bytes={len(TEXT)}-", 416, ""),
        ("bytes=0-1,3-4", 200, TEXT),
        ("lines=0-1", 200, TEXT),
        ("bytes=" + "9" * 5000 + "-", 200, TEXT),
    ],
    ids=["first", "some", "last", "rest", "beyond", "two", "lines", "digits"],
)
def test_a_part_can_be_asked_for(site_server: Program, asked: str, status: int, came: str) -> None:
    """One part. Anything else is passed over, as it may be (RFC 9110, section 14.2)."""
    answer = ask(site_server, "/assets/list.json", Range=asked)
    assert (answer.status, answer.body.decode()) == (status, came)
    whole = ask(site_server, "/assets/list.json", Range=asked, If_Range=answer.headers.get("etag", '"x"'))
    assert (whole.status, whole.body.decode()) == (200, TEXT)  # a weak tag is good for no part


@pytest.mark.parametrize(
    ("path", "to"),
    [("/learn", "learn/"), ("/learn/deep?q=1", "deep/?q=1"), ("/learn/index.html", "./"), ("/index.html", "./")],
)
def test_a_folder_without_its_slash_leads_to_the_folder(site_server: Program, path: str, to: str) -> None:
    """Or the page's own links would lead elsewhere. It names no host, so that it leads to no other."""
    answer = ask(site_server, path)
    assert (answer.status, answer.headers["location"]) == (302, to)


def test_a_page_that_is_not_there_is_the_sites_own_404(site_server: Program) -> None:
    """With that status, in HTML; what a sandbox says itself with 404 stays."""
    for path in ("/no/such/page/", "/learn/nothing", "/assets/none-ABCD2345.js"):
        answer = ask(site_server, path)
        assert (answer.status, answer.body.decode()) == (404, FILES["404.html"])
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "cache-control" not in answer.headers
    assert (ask(site_server, "/no/", "HEAD").status, ask(site_server, "/no/", "HEAD").body) == (404, b"")
    said = ask(site_server, "/explain/nothing/?path=x")
    assert (said.status, said.headers["content-type"]) == (404, "application/json")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/learn/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/learn\\..\\..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "//secret.txt",
        "/./../secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/%ff%fe",
        "/%",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/learn/../.env",
        "/link.txt",
        "/linked/secret.txt",
        "/index.html.gz",
        "/index.html.br",
        "/etc/passwd",
        "/" + "a/" * 4000,
    ],
    ids=lambda path: path[:40],
)
def test_no_address_leads_out_of_the_site(site_server: Program, path: str) -> None:
    """Nor to what is hidden in it."""
    with undisturbed(site_server):
        host = urlsplit(site_server.url).netloc
        answer = exchange(site_server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert status_of(answer) in (400, 404)
        assert SECRET.encode() not in answer
        assert b"root:" not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_file_is_read_and_nothing_else(site_server: Program, method: str) -> None:
    """The answer says what can be done with it."""
    answer = ask(site_server, "/learn/", method)
    assert (answer.status, answer.headers["allow"], answer.body) == (405, "GET, HEAD", b"")


def test_headers_that_are_nonsense_change_nothing(site_server: Program) -> None:
    """Bytes that are no text, and values that are none."""
    host = urlsplit(site_server.url).netloc.encode()
    with undisturbed(site_server):
        for name in (b"Accept-Encoding", b"If-None-Match", b"If-Modified-Since", b"Range", b"X-Any"):
            for value in (b"\xff\xfe", b"=", b"-", b"bytes=-", b"gzip;q=x", b",,,", b"9" * 3000):
                head = b"GET /learn/ HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n%b: %b\r\n\r\n" % (host, name, value)
                assert status_of(exchange(site_server, head)) == 200
