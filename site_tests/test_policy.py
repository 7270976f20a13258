"""The built site under the Content-Security-Policy that is computed of it: nothing is refused, and all of it works."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.navigation import PAGES, address
from testing.project import ROOT
from testing.sandbox import Sandbox, wake_all

pytestmark = pytest.mark.long

REFUSALS = """document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  console.error(`refused by the policy: ${violatedDirective} ${blockedURI} ${sample}`))"""
"""Not each browser tells of them in its console."""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Served with the policy that the command prints."""
    site = BuiltSite(tmp_path_factory.mktemp("strict"), offline=True)
    server = f"http://127.0.0.1:{site.sandbox_port}"
    command = [sys.executable, "-m", "live_docs", "policy", str(site.files), server]
    policy = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    site.serve(f"Content-Security-Policy: {policy}")
    yield site
    site.end()


@pytest.fixture
def page(page: Page, complaints: Complaints, strict: BuiltSite) -> Page:
    page.add_init_script(REFUSALS)
    left = "A ServiceWorker intercepted the request"  # Firefox says so where a page is left that is still coming
    complaints.expected = {f":{strict.sandbox_port}", "CORS", left}
    return page


def test_no_page_does_what_the_policy_refuses(page: Page, strict: BuiltSite) -> None:
    """Each from top to bottom; the fixture hears of whatever is refused."""
    for name in PAGES:
        answer = page.goto(strict.url + address(name))
        assert answer is not None
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        wake_all(page)


def test_what_the_policy_forbids_is_refused(page: Page, strict: BuiltSite, complaints: Complaints) -> None:
    """So the first test would have heard of it: a script in the page, and a string that is evaluated."""
    words = {
        "refused by the policy",
        "Content-Security-Policy",
        "Content Security Policy",
        "settings blocked",
        "/steal",
    }
    complaints.expected |= words  # each browser has its own
    page.goto(strict.url)
    refused = """async () => {
      const directives = [];
      document.addEventListener("securitypolicyviolation", (event) => directives.push(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "window.smuggled = true";
      document.body.append(script);
      const image = new Image();
      const failed = new Promise((resolve) => image.addEventListener("error", resolve));
      image.src = "http://127.0.0.2:9/steal";
      await failed;
      let evaluated = false;
      try { evaluated = Function("return true")(); } catch {}
      return { directives, smuggled: Boolean(window.smuggled), evaluated };
    }"""
    seen = page.evaluate(refused)
    assert (seen["smuggled"], seen["evaluated"]) == (False, False)
    assert {"script-src-elem", "img-src"} <= set(seen["directives"])


def test_a_transcript_runs_in_the_page_and_a_module_is_edited(page: Page, strict: BuiltSite) -> None:
    """WebAssembly is allowed, and so is what the editor does to the page."""
    page.goto(strict.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.button("Run").click()
    expect(sandbox.result).to_have_text("All 7 lines went as written.")
    page.get_by_role("button", name=re.compile("^Edit")).first.click()
    expect(page.locator(".cm-content").first).to_be_visible()


def test_a_page_from_elsewhere_is_still_played(page: Page, strict: BuiltSite, complaints: Complaints) -> None:
    """In a sandboxed frame, which has the policy of its page."""
    complaints.expected |= {"/ws/whoami/", "403"}
    program = strict.start_sandbox_server()
    page.goto(strict.url + "learn/front-door/")
    wake_all(page)
    transcript = page.locator("live-sandbox").filter(has_text="origin=null").first
    sandbox = Sandbox(page, transcript)
    assert sandbox.run().startswith("All ")
    program.end()
