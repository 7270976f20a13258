"""The printed components of React, Vue and Svelte, bundled with the real libraries, and the sockets that they open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect
from websockets.sync.client import ClientConnection

from live_docs.built.esbuild import run_node
from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import dial, hear
from testing.browser import Complaints
from testing.browser_player import Assets
from testing.program import Program, start_sandbox_server, wait_until
from testing.project import ORIGIN, ROOT

pytestmark = [pytest.mark.long, pytest.mark.only_browser("chromium")]  # no engine has a part in it

ENTRIES = {"react": "react.jsx", "vue": "vue.js", "svelte": "svelte.svelte.js"}

EACH_SOCKET = """globalThis.sockets = [];
WebSocket = class extends WebSocket {
  constructor(...of) {
    super(...of);
    sockets.push(this);
    this.addEventListener("open", () => (this.opened = true));
  }
};"""
"""The page keeps the sockets that it makes, and whether they opened."""

bundles: dict[tuple[str, str], str] = {}


def bundle(framework: str, mode: str) -> str:
    """What mounts the components, with the framework in it. Made once."""
    if (framework, mode) not in bundles:
        entry = ROOT / "site_tests" / "frameworks" / ENTRIES[framework]
        bundles[framework, mode] = run_node(ROOT / "testing" / "frameworks.mjs", ROOT, str(entry), mode)
    return bundles[framework, mode]


class Stage:
    """An empty page on which components are mounted, and two rooms."""

    def __init__(self, page: Page, origin: str, sandbox: Program) -> None:
        self.page, self.sandbox = page, sandbox
        self.rooms = [json.loads(self.ask("/names/"))["name"] for _ in range(2)]
        page.add_init_script(EACH_SOCKET)
        page.goto(origin)

    def ask(self, path: str) -> str:
        return Visitor(self.sandbox.url, ORIGIN).ask("GET", path, None)[1]

    def path(self, room: int = 0) -> str:
        return f"/ws/components/{self.rooms[room]}/"

    def url(self, room: int = 0) -> str:
        return self.sandbox.url.replace("http", "ws") + self.path(room)

    def play(self, framework: str, mode: str, how: str = "mount") -> None:
        """Mount what is to be tested, in the first room."""
        self.page.add_script_tag(content=bundle(framework, mode))
        self.page.evaluate(f"url => {{ globalThis.tested = {how}(url); }}", self.url())

    @property
    def shown(self) -> Locator:
        return self.page.locator("#tested li")

    @property
    def status(self) -> Locator:
        return self.page.locator("#tested output")

    def opened(self) -> list[bool]:
        """Of each socket that the page has made: whether it ever opened."""
        return list(self.page.evaluate("sockets.map(it => Boolean(it.opened))"))

    def states(self) -> list[int]:
        return list(self.page.evaluate("sockets.map(it => it.readyState)"))

    def wait_until_server_counts(self, sockets: int, room: int = 0) -> None:
        wait_until(
            lambda: json.loads(self.ask(f"/components/{self.rooms[room]}/")) == {"sockets": sockets},
            f"{sockets} sockets in room {room}",
        )

    @contextmanager
    def enter(self) -> Iterator[ClientConnection]:
        """Another member of the first room."""
        with dial(self.sandbox, self.path()) as member:
            assert hear(member)["kind"] == "room"
            yield member


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, assets: Assets) -> Iterator[Program]:
    """The real sandbox server, for an empty page as well."""
    folder = tmp_path_factory.mktemp("frameworks")
    program = start_sandbox_server(folder, SANDBOX_ORIGINS=f"{ORIGIN},{assets.origin}")
    yield program
    program.end()


@pytest.fixture
def stage(page: Page, assets: Assets, server: Program, complaints: Complaints) -> Stage:
    complaints.expected = {"/favicon.ico", "/ws/components/"}
    return Stage(page, assets.origin, server)


def say(member: ClientConnection, *texts: str) -> None:
    for text in texts:
        member.send(json.dumps({"kind": "say", "id": text, "text": text}))


@pytest.mark.parametrize("framework", ENTRIES)
def test_a_component_has_one_socket_as_long_as_it_shows_a_room(stage: Stage, framework: str) -> None:
    """Drawing it again opens none, another room closes one and opens one, and it takes its socket along."""
    stage.play(framework, "production")
    expect(stage.status).to_have_text("connected")
    stage.wait_until_server_counts(1)
    stage.page.get_by_label("message").fill("tea")
    stage.page.get_by_role("button", name="Say").click()
    expect(stage.shown).to_have_text(["tea"])
    with stage.enter() as member:
        say(member, *map(str, range(20)))
        expect(stage.shown).to_have_text(["tea", *map(str, range(20))])
    stage.page.evaluate("url => tested.show(url)", stage.url())
    assert stage.opened() == [True]
    stage.page.evaluate("url => tested.show(url)", stage.url(1))
    stage.wait_until_server_counts(1, room=1)
    stage.wait_until_server_counts(0)
    expect(stage.shown).to_have_count(0)
    expect(stage.status).to_have_text("connected")
    stage.page.evaluate("tested.end()")
    stage.wait_until_server_counts(0, room=1)
    assert stage.opened() == [True, True]


@pytest.mark.parametrize("framework", ENTRIES)
def test_a_component_that_was_cut_off_comes_back_and_has_missed_nothing(stage: Stage, framework: str) -> None:
    """The server closes, others go on talking, and each message stands there once and in order."""
    stage.play(framework, "production")
    with stage.enter() as member:
        say(member, "one")
        expect(stage.shown).to_have_text(["one"])
        stage.page.evaluate("""sockets.at(-1).send('{"kind": "close"}')""")
        stage.page.wait_for_function("sockets[0].readyState === WebSocket.CLOSED")
        say(member, "two")
        expect(stage.shown).to_have_text(["one", "two"])
        say(member, "three")
        expect(stage.shown).to_have_text(["one", "two", "three"])
        expect(stage.status).to_have_text("connected")
    assert stage.opened() == [True, True]


def test_under_strict_mode_two_sockets_are_made_and_one_never_opens(stage: Stage) -> None:
    """The console complains of the first, and nothing comes twice."""
    with stage.page.expect_console_message(
        lambda it: "WebSocket is closed before the connection is established." in it.text
    ):
        stage.play("react", "development")
    expect(stage.status).to_have_text("connected")
    assert stage.opened() == [False, True]
    stage.wait_until_server_counts(1)
    with stage.enter() as member:
        say(member, "tea", "coffee")
        expect(stage.shown).to_have_text(["tea", "coffee"])


def test_without_a_cleanup_each_message_comes_twice(stage: Stage) -> None:
    """In development: two sockets stay open, and another room is never entered."""
    stage.play("react", "development", "mountLeaky")
    stage.wait_until_server_counts(2)
    with stage.enter() as member:
        say(member, "tea")
        expect(stage.shown).to_have_text(["tea", "tea"])
    assert stage.states() == [1, 1]


def test_a_listener_that_reads_state_has_that_of_its_own_drawing(stage: Stage) -> None:
    """An empty list: only the newest message is ever shown."""
    stage.play("react", "development", "mountStale")
    stage.page.wait_for_function("sockets.at(-1).opened")
    with stage.enter() as member:
        say(member, "tea")
        expect(stage.shown).to_have_text(["tea"])
        say(member, "coffee")
        expect(stage.shown).to_have_text(["coffee"])


def test_a_store_opens_one_socket_for_all_and_under_strict_mode_too(stage: Stage) -> None:
    """Two components show it. It ends with the last of them."""
    stage.play("react", "development", "mountShared")
    expect(stage.status).to_have_text(["connected", "connected"])
    assert stage.opened() == [True]
    stage.page.evaluate("tested.say('tea')")
    expect(stage.shown).to_have_text(["tea", "tea"])
    stage.page.evaluate("tested.end()")
    stage.wait_until_server_counts(0)
    assert stage.opened() == [True]
