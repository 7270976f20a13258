"""A plain file server and nothing else: the sandbox server runs in the reader's page. And back, where one answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.navigation import PAGES, address
from testing.sandbox import LANES, TRANSCRIPTS, Sandbox, wake_all

pytestmark = pytest.mark.long  # each start in a page is a start of Python, on a site that is built for it

HERE = "/assets/here/"
"""The folder of all that a page loads to run the server. Which of it is loaded is asked by its names."""

IN_THIS_PAGE = re.compile(r"^Answered in this page by Python .*, Channels 4\.")

NOT_HERE = "This does not run in the page. "
ENDED = re.compile(rf"^All \d+ lines|^Different at line|^{NOT_HERE}|did not|could not|has ended")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    site = BuiltSite(tmp_path_factory.mktemp("alone"))
    assert (site.files / "assets" / "here").is_dir(), "run `make site`: docs/assets/here is not built"
    yield site
    site.end()


@pytest.fixture
def alone(built: BuiltSite, complaints: Complaints) -> BuiltSite:
    """The site without any sandbox server: the browser says of each look for one that nobody is there."""
    complaints.expected = {f":{built.sandbox_port}", "CORS"}
    return built


def opened(page: Page, site: BuiltSite, path: str) -> Sandbox:
    """The first sandbox of a page that has found out that no server answers."""
    page.goto(site.url + path)
    expect(notice(page)).to_have_count(1)
    return Sandbox(page)


def notice(page: Page) -> Locator:
    return page.get_by_role("complementary", name="The sandbox server")


def run(sandbox: Sandbox) -> str:
    """Press Run, and wait until the run itself has ended."""
    sandbox.button("Run").click()
    expect(sandbox.result).to_contain_text("line")
    return sandbox.result.inner_text()


def loaded(page: Page) -> list[str]:
    """The names of the files of the server here that the page asks for, as it does."""
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url.split("/")[-1]) if HERE in request.url else None)
    return names


def test_the_first_press_starts_the_server_in_the_page(page: Page, alone: BuiltSite) -> None:
    """Never before; then the transcript goes as written, all four lanes are seen, and the foot says who answered."""
    names = loaded(page)
    sandbox = opened(page, alone, "learn/websockets/")
    expect(notice(page)).to_contain_text("press Run, and the same server runs in this page")
    assert names == ["manifest.json"]
    assert run(sandbox) == "All 7 lines went as written."
    assert set(sandbox.outcomes()) == {"same"}
    assert "pyodide.asm.wasm" in names
    expect(sandbox.root.locator(".live-foot")).to_have_text(IN_THIS_PAGE)
    expect(notice(page)).to_have_count(0)
    sandbox.show_lanes(*LANES)
    expect(sandbox.lane("wire").filter(has_text="101 Switching Protocols")).to_have_count(1)
    expect(sandbox.lane("consumer").filter(has_text="EchoConsumer.receive()").first).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_each_transcript_of_a_page_runs_in_it_or_says_why_not(
    page: Page, alone: BuiltSite, complaints: Complaints, name: str
) -> None:
    """The console stays clean: what goes wrong on purpose goes wrong in the worker."""
    page.goto(alone.url + address(name))
    wake_all(page)
    for root in page.locator(TRANSCRIPTS).all():
        root.get_by_role("button", name="Run", exact=True).click()
        expect(root.locator(".live-result")).to_have_text(ENDED)
        said = root.locator(".live-result").inner_text()
        assert said.startswith(("All ", NOT_HERE)), f"{root.locator('figcaption').inner_text()}: {said}"


def test_the_reader_plays_on_in_the_page(page: Page, alone: BuiltSite) -> None:
    """Connects by hand, which starts it too; sends, closes with a code of their own."""
    sandbox = opened(page, alone, "learn/websockets/")
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    sandbox.field("message").fill("from the page")
    sandbox.button("Send").click()
    expect(sandbox.happenings.last).to_contain_text('message "from the page"')
    sandbox.field("code").fill("4002")
    sandbox.button("Close").click()
    expect(sandbox.happenings.last).to_contain_text("close code=4002")
    expect(sandbox.states).to_have_text("CLOSED")


def test_the_reader_logs_in_within_the_page(page: Page, alone: BuiltSite) -> None:
    """A transcript's log-in goes as written; then by hand, as somebody else: the cookies are the worker's own."""
    sandbox = opened(page, alone, "learn/auth-middleware-stack/")
    assert run(sandbox).startswith("All ")
    sandbox.open_play()
    sandbox.field("user").select_option("bob")
    sandbox.button("Log in").click()
    expect(sandbox.result).to_contain_text("Logged in as bob.")
    sandbox.button("Connect").click()
    expect(sandbox.happenings.last).to_contain_text('"bob"')
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_second_visit_starts_without_a_notice_and_the_next_page_has_it_running(page: Page, alone: BuiltSite) -> None:
    """That it was loaded is remembered; and turning a page ends nothing."""
    sandbox = opened(page, alone, "learn/websockets/")
    run(sandbox)
    page.get_by_role("link", name="Consumers", exact=True).first.click()
    expect(page.locator("article h1")).to_contain_text("Consumers")
    names = loaded(page)
    assert run(Sandbox(page)).startswith("All ")
    assert names == []
    page.reload()
    sandbox = Sandbox(page)
    assert run(sandbox).startswith("All ")
    expect(notice(page)).to_have_count(0)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_what_cannot_run_in_a_page_says_why_and_loads_nothing(page: Page, alone: BuiltSite) -> None:
    """Bytes over TCP from a tool; and the code that is printed, which opens the browser's own WebSocket."""
    names = loaded(page)
    opened(page, alone, "learn/websockets/")
    tool = page.locator("tool-frame").first
    expect(tool.locator(".live-away")).to_contain_text(NOT_HERE.strip())
    tool.get_by_role("button", name="Send these bytes").click()
    expect(tool.locator(".live-result")).to_contain_text("TCP")
    opened(page, alone, "learn/connection/")
    step = page.locator("tool-step").first
    step.scroll_into_view_if_needed()
    expect(step.locator(".live-away")).to_contain_text("the browser's own WebSocket")
    step.get_by_role("button").first.click()
    expect(step.locator(".live-result")).to_contain_text("to a server on the network")
    assert set(names) == {"manifest.json"}


@pytest.mark.only_browser("chromium")  # a file that does not come is the same in every engine
def test_a_start_that_fails_says_so_and_can_be_tried_again(
    page: Page, alone: BuiltSite, complaints: Complaints
) -> None:
    """In the status and in the notice; with the file there again, the next press runs it."""
    complaints.expected |= {"wasm", "console:"}
    sandbox = opened(page, alone, "learn/websockets/")
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404))
    sandbox.button("Run").click()
    expect(sandbox.result).to_contain_text("could not start")
    expect(sandbox.root.locator(".live-away")).to_have_text("The server did not start in this page.")
    expect(notice(page)).to_contain_text("could not start")
    assert set(sandbox.outcomes()) == {None}
    page.unroute_all()
    assert run(sandbox) == "All 7 lines went as written."


@pytest.mark.only_browser("chromium")  # how an engine words it is its own; that it says anything is tested
@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("script-src 'self' 'unsafe-inline'", "have to allow blob:"),
        ("script-src 'self' 'unsafe-inline' blob:", "'wasm-unsafe-eval'"),
    ],
    ids=["workers", "WebAssembly"],
)
def test_a_policy_that_forbids_it_is_named(
    page: Page, alone: BuiltSite, complaints: Complaints, policy: str, words: str
) -> None:
    """The worker's frame has the page's own Content-Security-Policy, too."""
    complaints.expected |= {"console:"}

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page.route("**/learn/websockets/", with_policy)
    sandbox = opened(page, alone, "learn/websockets/")
    sandbox.button("Run").click()
    expect(sandbox.result).to_contain_text(words)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_site_without_it_says_that_it_was_built_without(page: Page, alone: BuiltSite, complaints: Complaints) -> None:
    """The page then knows nothing better than the project."""
    complaints.expected |= {"manifest.json", "404"}
    page.route("**/here/manifest.json", lambda route: route.fulfill(status=404))
    sandbox = opened(page, alone, "learn/websockets/")
    expect(notice(page)).to_contain_text("built without the server that runs in a page")
    sandbox.button("Run").click()
    expect(sandbox.result).to_contain_text("The server is away.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_reader_moves_the_server_into_the_page_and_back(page: Page, built: BuiltSite) -> None:
    """Where one answers on the network: what is open closes, and the foot line says who answers now."""
    program = built.start_sandbox_server()
    page.goto(built.url + "learn/websockets/")
    sandbox = Sandbox(page)
    foot = sandbox.root.locator(".live-foot")
    expect(foot).to_contain_text("Daphne")
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    sandbox.button("Run it in this page").click()
    expect(sandbox.result).to_contain_text("the next press starts it")
    expect(sandbox.states).to_have_text("no socket")
    assert run(sandbox) == "All 7 lines went as written."
    expect(foot).to_have_text(IN_THIS_PAGE)
    sandbox.button("Use a server on the network").click()
    expect(sandbox.result).to_have_text(f"From now on the server at http://127.0.0.1:{built.sandbox_port} answers.")
    assert run(sandbox) == "All 7 lines went as written."
    expect(foot).to_contain_text("Daphne")
    program.end()
