"""The durable client, as a reader breaks its connection."""

import itertools
import json
import re

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from live_docs.player.visitor import Visitor
from testing.browser import Complaints
from testing.program import Program, wait_until
from testing.shared_site import Site


class Durable:
    """The `<tool-durable>` of the page about the connection."""

    def __init__(self, page: Page) -> None:
        self.root = page.locator("tool-durable")
        self.story = self.root.get_by_role("region", name="What happened").locator("li")
        self.outbox = self.root.get_by_role("region", name="The outbox").locator("tbody tr")
        self.said = self.root.locator(".live-result")
        self.verdict = self.root.locator(".durable-verdict")

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def start(self) -> None:
        self.press("Start")
        self.expect_connected(1)

    def write(self, text: str) -> None:
        self.root.get_by_role("textbox", name="message").fill(text)
        self.press("Send")

    def expect_connected(self, times: int) -> None:
        expect(self.story.filter(has_text=re.compile(r"\bs connected$"))).to_have_count(times)

    def number(self, name: str) -> Locator:
        return self.root.locator("dt", has_text=name).locator("xpath=../dd")


@pytest.fixture
def durable(page: Page, site: Program, complaints: Complaints) -> Durable:
    """Started; refused handshakes are part of the lesson."""
    complaints.expected = {"/ws/durable/"}
    page.goto(site.url + "learn/connection/")
    tool = Durable(page)
    tool.start()
    return tool


def test_neither_a_drop_nor_silence_loses_or_doubles_a_message(durable: Durable) -> None:
    """1006 at once, or a heartbeat without an answer; then a wait drawn at random, and what waited is sent.

    What the silent server took without a word goes to it again, and it passes over the repeat.
    """
    durable.press("Drop TCP")
    expect(durable.story.filter(has_text="lost: closed 1006")).to_have_count(1)
    durable.write("in between")
    durable.expect_connected(2)
    expect(durable.story.filter(has_text=re.compile(r"attempt 1 in [\d.]+ s, drawn from 0 to 1 s"))).to_have_count(1)
    expect(durable.outbox).to_have_text([re.compile("in between.*acknowledged.*1")])
    expect(durable.verdict).to_have_text("Nothing lost, nothing twice.")
    durable.press("Fall silent")
    durable.write("taken in silence")
    expect(durable.story.filter(has_text="lost: no answer within 1 s")).to_have_count(1)
    durable.expect_connected(3)
    expect(durable.story.filter(has_text="sent again, try 2")).to_have_count(1)
    expect(durable.outbox.first).to_have_text(re.compile("taken in silence.*acknowledged.*2"))
    expect(durable.verdict).to_have_text("Nothing lost, nothing twice.")
    expect(durable.number("taken by the server")).to_have_text("2")
    expect(durable.number("repeats it passed over")).to_have_text("1")


def test_a_refused_client_tries_until_it_is_accepted_or_stopped(durable: Durable) -> None:
    """Closed with 1013, then refusals that look like 1006, each wait drawn anew; stopped, it stays so."""
    durable.press("Refuse me for 2 s")
    expect(durable.story.filter(has_text="lost: closed 1013")).to_have_count(1)
    durable.write("patience")
    durable.expect_connected(2)
    assert durable.story.filter(has_text="drawn from").count() >= 2
    expect(durable.verdict).to_have_text("Nothing lost, nothing twice.")
    durable.press("Stop")
    expect(durable.story.last).to_contain_text("ended")
    durable.press("Drop TCP")
    expect(durable.said).to_have_text("Press Start first.")
    durable.write("to nobody")
    expect(durable.outbox).to_have_count(1)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_count_that_was_overtaken_is_not_shown(page: Page, site: Program) -> None:
    """The server's first answer comes after its second: what it says is no more so."""
    held: list[tuple[Route, APIResponse]] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page.route("**/durable/*/", hold_the_first)
    page.goto(site.url + "learn/connection/")
    durable = Durable(page)
    durable.start()
    wait_until(lambda: bool(page.evaluate("() => 1") and held), "the first question")
    durable.write("tea")
    expect(durable.verdict).to_have_text("Nothing lost, nothing twice.")
    [(route, response)] = held
    with page.expect_response("**/durable/*/"):
        route.fulfill(response=response)
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    expect(durable.number("taken by the server")).to_have_text("1")


@pytest.mark.long  # the server starts twice
def test_a_killed_server_loses_and_doubles_nothing(page: Page, killable: Site, complaints: Complaints) -> None:
    """SIGKILL, and a new start: the page says so, comes back after waits drawn at random, and sends what it could not.

    One message was acknowledged before, one was taken without a word, one is written while nobody is there.
    """
    server = killable.sandbox_server
    assert server
    complaints.expected = {server.url.partition("//")[2], "CORS"}
    page.goto(killable.url + "learn/connection/")
    durable = Durable(page)
    durable.start()
    durable.write("before")
    expect(durable.verdict).to_have_text("Nothing lost, nothing twice.")
    durable.press("Fall silent")
    durable.write("taken in silence")
    client = page.evaluate("() => document.querySelector('tool-durable').client")
    asked = Visitor(server.url, killable.url.rstrip("/"))
    wait_until(lambda: json.loads(asked.ask("GET", f"/durable/{client}/")[1])["taken"] == 2, "the message")
    killable.kill_sandbox_server()
    expect(durable.root.locator(".live-away")).to_be_visible()
    expect(durable.said).to_have_text("The connection is lost. Wait: it will be back.")
    durable.write("to nobody")
    expect(durable.outbox.first).to_have_text(re.compile("to nobody.*waits for a connection.*0"))
    expect(durable.story.filter(has_text=re.compile(r"drawn from 0 to 1 s"))).not_to_have_count(0)
    expect(durable.story.filter(has_text=re.compile(r"drawn from 0 to 2 s"))).not_to_have_count(0)
    drawn = [re.findall(r"in ([\d.]+) s, drawn from 0 to (\d) s", line) for line in durable.story.all_inner_texts()]
    assert any(float(wait) < float(within) for [(wait, within)] in filter(None, drawn))
    killable.restart_sandbox_server()
    expect(durable.verdict).to_have_text("Nothing lost, nothing twice.")
    expect(durable.outbox).to_have_text([re.compile("acknowledged")] * 3)
    expect(durable.root.locator(".live-away")).to_be_hidden()
    expect(durable.number("you wrote")).to_have_text("3")
    expect(durable.number("taken by the server")).to_have_text("3")
    expect(durable.number("repeats it passed over")).not_to_have_text("0")


CLIENT = """
  const { DurableSocket } = await import("/assets/examples/durable-socket.js");
  const { server } = await import("/assets/live/places/server.js");
  const open = (path, times) => new DurableSocket(server.webSocketUrl(path), { base: 1, cap: 1, ...times });
  const next = (socket, type) => new Promise((done, fail) => {
    socket.addEventListener(type, () => done(type), { once: true });
    setTimeout(() => fail(new Error(`waited for ${type} in vain`)), 10000);
  });
"""


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_only_an_agreed_code_ends_the_client_for_good(page: Page, site: Program) -> None:
    """A server's 1000 is no farewell. 4401, *log in first*, and all from 4400 on are; 4399 is not."""
    page.goto(site.url + "reference/notation/")
    fates = """async () => {%s
      const fate = async (code) => {
        const socket = open(`/ws/life/close/${code}/`);
        const after = await Promise.race([next(socket, "retry"), next(socket, "end")]);
        socket.end();
        return after;
      };
      return Promise.all([1000, 1011, 4399, 4400, 4401, 4999].map(fate));
    }"""
    assert page.evaluate(fates % CLIENT) == ["retry", "retry", "retry", "end", "end", "end"]


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_network_coming_back_is_a_reason_to_be_sooner_and_never_to_be_later(page: Page, site: Program) -> None:
    """Twenty times the browser says that the network is back: the next try is due no later than before."""
    page.goto(site.url + "reference/notation/")
    due = """async () => {%s
      const times = [];
      const socket = open("/ws/life/close/1011/", { base: 10000, cap: 20000 });
      socket.addEventListener("retry", ({ detail }) => times.push(performance.now() + detail.wait));
      await next(socket, "retry");
      for (let said = 0; said < 20; said++) window.dispatchEvent(new Event("online"));
      socket.end();
      return times;
    }"""
    times = page.evaluate(due % CLIENT)
    assert len(times) == 21
    measured_ms = 50  # between the client's look at the clock and the test's
    assert all(later <= before + measured_ms for before, later in itertools.pairwise(times))


def test_a_hidden_page_declares_nobody_dead_and_a_page_that_was_left_comes_back(page: Page, site: Program) -> None:
    """Hidden, it asks and does not judge; seen again, it finds the silence at once. Left, it closes."""
    page.goto(site.url + "reference/notation/")
    lives = """async () => {%s
      const happened = [];
      const { name: client } = await (await fetch(server.origin + "/names/")).json();
      const socket = open(`/ws/durable/${client}/`, { ping: 5 });
      for (const type of ["open", "lost"]) socket.addEventListener(type, () => happened.push(type));
      const look = (hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      };
      await next(socket, "open");
      look(true);
      socket.times.pong = 20;
      socket.addEventListener("lost", () => (socket.times.pong = 10000));
      socket.sendNow({ kind: "fault", fault: "silence" });
      await new Promise((done) => setTimeout(done, 100)); // five times what an answer may take
      happened.push("seen again");
      look(false);
      await next(socket, "open");
      window.dispatchEvent(new Event("pagehide"));
      happened.push("back");
      window.dispatchEvent(new Event("pageshow"));
      await next(socket, "open");
      socket.end();
      return happened;
    }"""
    assert page.evaluate(lives % CLIENT) == ["open", "seen again", "lost", "open", "back", "open"]


USE = """async ([example, module]) => {
  const { sayHello } = await import(example);
  const { server } = await import(module);
  const { name: client } = await (await fetch(server.origin + "/names/", { credentials: "include" })).json();
  const happened = await sayHello(server.webSocketUrl(`/ws/durable/${client}/`));
  const said = await (await fetch(`${server.origin}/durable/${client}/`, { credentials: "include" })).json();
  return [happened, JSON.stringify(said)];
}"""


def test_the_example_of_its_use_says_hello_once(page: Page, site: Program) -> None:
    """It opens, is acknowledged, and ends; the server took the message one time."""
    page.goto(site.url)
    modules = [site.url + "assets/examples/durable-use.js", site.url + "assets/live/places/server.js"]
    happened, said = page.evaluate(USE, modules)
    assert happened == ["open", "message", "end"]
    assert said.count("hello") == 1
