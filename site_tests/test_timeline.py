"""The four lanes: what JavaScript saw, what crossed the wire, what ASGI carried, what the consumer did."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import LANES, OVERFLOWING, Sandbox, switch_palette

HELLO = [
    ("js", 'send("hello")'),
    ("wire", 'text "hello"'),
    ("asgi", 'websocket.receive text="hello"'),
    ("consumer", "EchoConsumer.receive()"),
    ("asgi", 'websocket.send text="hello"'),
    ("wire", 'text "hello"'),
    ("js", 'message "hello"'),
]
ROWS = "rows => rows.map(row => [row.dataset.lane, row.querySelector('.live-what').textContent])"


@pytest.fixture
def echo(page: Page, site: Program) -> Sandbox:
    """The first sandbox on the page about WebSockets: an echo. All lanes are open."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    return sandbox


def run_to_its_end(sandbox: Sandbox) -> None:
    """Run, and wait until the server has told of the last handler, too."""
    sandbox.run()
    expect(sandbox.lane("consumer").filter(has_text="disconnect() took")).not_to_have_count(0)


def test_a_message_passes_all_four_lanes_and_comes_back(echo: Sandbox) -> None:
    """One clock, and cause before effect: the rows stand in the order in which it really went."""
    run_to_its_end(echo)
    rows = iter(echo.timeline.locator(".live-happening").evaluate_all(ROWS))
    for expected in HELLO:
        assert any(tuple(row) == expected for row in rows), expected


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_at_first_javascript_and_asgi_are_open_and_the_rest_is_counted(page: Page, site: Program) -> None:
    """What is folded away says so; opening it takes the words away, and the choice holds on other pages."""
    page.goto(site.url + "learn/connection/")
    sandbox = Sandbox(page)
    run_to_its_end(sandbox)
    for name, pressed in zip(LANES, ("true", "false", "true", "false"), strict=True):
        expect(sandbox.button(name)).to_have_attribute("aria-pressed", pressed)
    about = sandbox.root.locator(".live-about")
    wire, consumer = sandbox.lane("wire").count(), sandbox.lane("consumer").count()
    expect(about).to_contain_text(
        f"{wire} events on the wire and {consumer} events in your consumer are hidden: switch"
    )
    expect(sandbox.lane("wire").first).to_be_hidden()
    sandbox.show_lanes("The wire", "Your consumer")
    expect(sandbox.lane("wire").first).to_be_visible()
    expect(about).to_contain_text("in your JavaScript and")
    page.goto(site.url + "learn/channels/")
    elsewhere = Sandbox(page)
    expect(elsewhere.button("The wire")).to_have_attribute("aria-pressed", "true")
    expect(elsewhere.button("ASGI")).to_have_attribute("aria-pressed", "false")


def test_what_the_reader_presses_stays_where_it_is(page: Page, site: Program) -> None:
    """An entry that opens, and the button of a third lane, for which the box changes its shape."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    run_to_its_end(sandbox)
    entry = sandbox.lane("wire").nth(2).locator(".live-entry")
    for pressed in (entry, sandbox.button("ASGI"), sandbox.button("Your consumer")):
        pressed.evaluate("element => element.scrollIntoView({ block: 'center' })")
        before = top_of(pressed)
        pressed.click()
        expect(sandbox.root.locator(".live-detail")).not_to_have_text("…")
        assert abs(top_of(pressed) - before) < 3


def top_of(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_page_opens_the_lanes_that_it_speaks_of(page: Page, site: Program) -> None:
    """Whatever the reader's last choice was: the words around the sandbox need those lanes."""
    page.goto(site.url + "learn/websockets/")
    for name, pressed in zip(LANES, ("true", "true", "false", "false"), strict=True):
        expect(Sandbox(page).button(name)).to_have_attribute("aria-pressed", pressed)


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_it_says_how_the_clocks_were_aligned_and_how_exactly(echo: Sandbox) -> None:
    """Times of two machines' clocks are worth no more than that."""
    echo.run()
    words = re.compile(r"exact to ±\d+\.\d+ ms: half the shortest of \d+ round trips")
    expect(echo.root.locator(".live-about")).to_have_text(words)


def test_a_frame_is_decoded_over_its_bytes(echo: Sandbox, page: Page) -> None:
    """Every field with its bits or bytes; the bytes are the frame as it crossed, mask and all."""
    run_to_its_end(echo)
    detail = echo.open_detail("wire", "hello")
    expect(detail.get_by_role("button", name="masking key")).to_be_visible()
    cells = "rows => rows.map(row => [...row.querySelectorAll('th, code, td span')].map(part => part.innerText))"
    fields = {name: rest for name, *rest in detail.locator("tr").evaluate_all(cells)}
    key = bytes.fromhex(fields["masking key"][0])
    masked = bytes.fromhex(fields["payload, masked"][0])
    assert fields["FIN"][0] == "1"
    assert fields["RSV1-3"][0] == "000"
    assert fields["opcode"] == ["0001", "1: text"]
    assert fields["MASK"][0] == "1"
    assert fields["length"] == ["0000101", "5 bytes, in the 7-bit form"]
    assert bytes(byte ^ key[at % 4] for at, byte in enumerate(masked)) == b"hello"
    assert fields["payload, unmasked"] == [b"hello".hex(" "), '"hello"']
    drawn = detail.locator(".live-byte").evaluate_all(
        "bytes => bytes.map(byte => byte.textContent.slice(0, 2)).join(' ')"
    )
    assert bytes.fromhex(drawn) == bytes([0x81, 0x85]) + key + masked


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_field_in_focus_lights_its_bits(echo: Sandbox, page: Page) -> None:
    """By keyboard as by pointer."""
    run_to_its_end(echo)
    detail = echo.open_detail("wire", "hello")
    page.mouse.move(0, 0)  # what the pointer is over is lit, too
    lit = detail.locator(".live-bytes .live-lit")
    detail.get_by_role("button", name="FIN").focus()
    expect(lit).to_have_text("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(lit).to_have_text("0001")
    detail.get_by_role("button", name="masking key").hover()
    expect(lit).to_have_count(4)


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_longer_frame_spells_its_length_in_more_bytes(echo: Sandbox) -> None:
    """126 stands for: the length is in the next two bytes."""
    echo.open_play()
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    echo.field("message").fill("x" * 300)
    echo.button("Send").click()
    expect(echo.lane("wire").filter(has_text="xxx")).to_have_count(2)
    detail = echo.open_detail("wire", "xxx")
    length = detail.get_by_role("row").filter(has_text="length")
    expect(length).to_contain_text("1111110 01 2c")
    expect(length).to_contain_text("300 bytes, in the 7+16-bit form")


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_close_frame_shows_code_and_reason(echo: Sandbox) -> None:
    """Two bytes of code, then the reason."""
    run_to_its_end(echo)
    detail = echo.open_detail("wire", "close 1000 bye")
    expect(detail.get_by_role("row").filter(has_text="unmasked")).to_contain_text("03 e8 62 79 65")
    expect(detail.get_by_role("row").filter(has_text="unmasked")).to_contain_text("1000 bye")


@pytest.mark.parametrize("half", ["GET /ws/echo/", "101 Switching Protocols"])
def test_the_accept_header_is_computed_again_and_is_equal(echo: Sandbox, half: str) -> None:
    """From the request and from the response: key, GUID, SHA-1, base64, and the server's own answer."""
    run_to_its_end(echo)
    detail = echo.open_detail("wire", half)
    expect(detail).to_contain_text("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
    expect(detail).to_contain_text("equal: this server speaks WebSocket")
    expect(detail).not_to_contain_text("not equal")


@pytest.mark.only_browser("chromium")  # what is missing is taken away by the test
def test_without_a_secure_context_it_says_why_nothing_is_computed(page: Page, site: Program) -> None:
    """On plain http from another machine, browsers have no crypto.subtle."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    run_to_its_end(sandbox)
    expect(sandbox.open_detail("wire", "101 Switching")).to_contain_text("cannot be replayed here")


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_the_scope_is_shown_twice_and_what_was_added_is_marked(echo: Sandbox) -> None:
    """As the server made it, and as the consumer got it, as Python prints them."""
    run_to_its_end(echo)
    expect(echo.open_detail("asgi", "scope").locator("pre")).to_contain_text("'path': '/ws/echo/'")
    marks = echo.open_detail("asgi", "scope +").locator("pre mark")
    expect(marks.first).to_be_visible()
    assert {text.split("'")[1] for text in marks.all_inner_texts() if text.startswith(" '")} >= {"session", "user"}


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_the_exception_that_left_the_application_is_shown(page: Page, site: Program) -> None:
    """Its name, its message, and where it was raised."""
    page.goto(site.url + "learn/connection/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    sandbox.field("message").fill("not JSON")
    sandbox.button("Send").click()
    expect(sandbox.states).to_have_text("CLOSED")
    detail = sandbox.open_detail("consumer", "JSONDecodeError")
    expect(detail).to_contain_text("Expecting value")
    expect(detail).to_contain_text(re.compile(r"\.py, line \d+, in \w+"))


@pytest.mark.only_browser("chromium")  # the page's document and the server's answers are the same
def test_no_cookie_of_the_visitor_is_anywhere_on_the_page(page: Page, site: Program, context: BrowserContext) -> None:
    """Logged in, every lane open, every detail open: the session's key is not shown, nor any other cookie."""
    page.goto(site.url + "learn/auth-middleware-stack/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    sandbox.open_play()
    sandbox.field("user").select_option("alice")
    sandbox.button("Log in").click()
    expect(sandbox.result).to_contain_text("Logged in as alice.")
    sandbox.field("path").fill("/ws/whoami/")
    sandbox.button("Connect").click()
    expect(sandbox.happenings.last).to_contain_text("alice")
    for lane, text in (("wire", "101"), ("asgi", "scope +"), ("consumer", "connect")):
        expect(sandbox.lane(lane).filter(has_text=text).first).to_be_visible()
    for entry in sandbox.timeline.locator(".live-entry").all():
        entry.click()
    expect(sandbox.timeline.locator(".live-detail").filter(has_text="sessionid").first).to_contain_text("[hidden]")
    values = [cookie["value"] for cookie in context.cookies()]
    assert len(values) >= 2
    assert [value for value in values if value in page.content()] == []


def test_a_phone_shows_a_list_with_the_lane_on_each_entry(page: Page, site: Program) -> None:
    """No columns, nothing that sticks out, and details as anywhere."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    run_to_its_end(sandbox)
    expect(sandbox.root.locator(".live-heads")).to_be_hidden()
    expect(sandbox.lane("wire").first.locator(".live-lane")).to_have_text("wire")
    lefts = {row.locator(".live-what").bounding_box()["x"] for row in sandbox.timeline.locator(".live-happening").all()}  # type: ignore[index]
    assert len(lefts) == 1
    for lane, text in [("wire", "hello"), ("wire", "101"), ("asgi", "scope +"), ("js", "send")]:
        expect(sandbox.open_detail(lane, text)).not_to_have_text("…")
    assert page.evaluate(OVERFLOWING) == []


def test_the_keyboard_walks_the_diagram_and_opens_a_detail(echo: Sandbox, page: Page) -> None:
    """Tab comes to one entry, arrows go on from there, Enter opens and closes."""
    run_to_its_end(echo)
    echo.button("Your consumer").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    row = echo.timeline.locator(".live-happening").nth(1)
    entry = row.get_by_role("button").first
    expect(entry).to_be_focused()
    page.keyboard.press("Enter")
    expect(entry).to_have_attribute("aria-expanded", "true")
    expect(row.locator(".live-detail")).to_contain_text("Sec-WebSocket-Key")
    page.keyboard.press("Enter")
    expect(entry).to_have_attribute("aria-expanded", "false")
    expect(row.locator(".live-detail")).to_have_count(0)
    page.keyboard.press("End")
    expect(echo.timeline.locator(".live-happening").last.get_by_role("button")).to_be_focused()


@pytest.mark.only_browser("chromium")  # the same rules on the same document
def test_no_accessibility_fault_with_everything_open(echo: Sandbox, page: Page) -> None:
    """All lanes, and a detail of each kind, in both palettes."""
    run_to_its_end(echo)
    for lane, text in [
        ("js", "send"),
        ("wire", "GET"),
        ("wire", "hello"),
        ("asgi", "scope +"),
        ("consumer", "receive()"),
    ]:
        echo.open_detail(lane, text)
    for palette in ("default", "slate"):
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)
        page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
        faults = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in faults] == []
        switch_palette(page)


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_what_the_page_adds_to_the_address_is_not_taken_for_the_readers(echo: Sandbox) -> None:
    """JavaScript's lane and the address show the URL as it was written."""
    run_to_its_end(echo)
    for place in (echo.root.locator(".live-address"), echo.happenings.first):
        expect(place).to_contain_text("/ws/echo/")
        expect(place).not_to_contain_text("observe")


SERVERS_STEPS = """(sandbox, steps) => {
  const lines = [...sandbox.querySelectorAll(".live-line")].slice(-steps.length);
  lines.forEach((line, at) => { line.dataset.step = JSON.stringify(steps[at]); });
  const parent = sandbox.parentNode;
  sandbox.remove();  // the element reads its lines when it is connected to the page
  parent.append(sandbox);
}"""


def test_a_run_begins_anew_while_a_connection_is_still_open(echo: Sandbox) -> None:
    """What the server tells of the connection before, such as its disconnect, is not taken for this one's."""
    echo.open_play()
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    expect(echo.lane("consumer").filter(has_text="connect() took")).to_have_count(1)
    run_to_its_end(echo)
    expect(echo.lane("consumer").filter(has_text="disconnect()")).to_have_count(2)  # began, and took its time
    expect(echo.lane("asgi").first).to_contain_text("scope")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_steps_claim_what_the_server_did(page: Page, site: Program) -> None:
    """ASGI events in order, others in between passed over; a wrong claim shows what came."""
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    steps = [
        {"do": "close", "code": 1000, "reason": "bye"},
        {"do": "event", "type": "websocket.receive", "json": '{"text": ..., ...}'},
        {"do": "event", "type": "websocket.disconnect", "json": '{"code": 1001, ...}'},
    ]
    echo.root.evaluate(SERVERS_STEPS, steps)
    assert echo.run() == "Different at line 7 of 7."
    assert echo.came().startswith('came: ~ websocket.disconnect {"code":1000')


CLAIM_STATUS = """(sandbox, status) => {
  const line = [...sandbox.querySelectorAll(".live-line")].find(({ dataset }) => dataset.step.includes('"refused"'));
  line.dataset.step = JSON.stringify({ ...JSON.parse(line.dataset.step), status });
  const parent = sandbox.parentNode;
  sandbox.remove();  // the element reads its lines when it is connected to the page
  parent.append(sandbox);
}"""


def test_the_true_status_of_a_refusal_is_known_where_it_is_observed(
    page: Page, site: Program, complaints: Complaints
) -> None:
    """JavaScript is told 1006; what the server really answered makes the line true, and another status false."""
    complaints.expected = {"/ws/life/refuse/"}
    page.goto(site.url + "learn/connection/")
    sandbox = Sandbox(page, page.locator("live-sandbox").nth(1))
    assert "went as written" in sandbox.run()
    expect(sandbox.lane("js").filter(has_text="close code=1006")).not_to_have_count(0)
    sandbox.root.evaluate(CLAIM_STATUS, 418)
    sandbox = Sandbox(page, page.locator("live-sandbox", has=page.locator('[data-step*="418"]')))
    assert sandbox.run().startswith("Different at line")
    assert sandbox.came() == "came: refused 403"


UNOBSERVED = """WebSocket = class extends WebSocket {
  constructor(url, ...rest) { super(String(url).replace("/ws/observe/", "/ws/nowhere/"), ...rest); }
}"""


def test_without_an_observer_the_sandbox_works_and_says_so(page: Page, site: Program, complaints: Complaints) -> None:
    """JavaScript's half is shown; only a step about the server's half differs."""
    complaints.expected = {"/ws/nowhere/"}
    page.add_init_script(UNOBSERVED)
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    assert echo.run() == "All 7 lines went as written."
    expect(echo.root.locator(".live-about")).to_contain_text("cannot be observed here")
    echo.root.evaluate(SERVERS_STEPS, [{"do": "event", "type": "websocket.disconnect", "json": None}])
    echo.run()
    assert echo.came() == "came: observing is not possible here"


LOSSY = """WebSocket = class extends WebSocket {
  constructor(url, ...rest) {
    super(url, ...rest);
    const lost = new MessageEvent("message", { data: '{"kind": "lost", "count": 3}' });
    if (url.includes("/ws/observe/")) this.addEventListener("message", () => this.dispatchEvent(lost), { once: true });
  }
}"""


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_events_that_the_server_dropped_are_not_passed_over_in_silence(page: Page, site: Program) -> None:
    """How many are missing stands under the diagram."""
    page.add_init_script(LOSSY)
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.run()
    expect(echo.root.locator(".live-about")).to_contain_text("the server dropped 3 of its events")


@pytest.mark.parametrize(("width", "number"), [(1280, 0), (360, 1)])
def test_nothing_jumps_while_it_fills(page: Page, site: Program, width: int, number: int) -> None:
    """No room is kept for a diagram until there is one; then there is all of it, and Run stays where it was."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + "learn/consumers/")
    sandbox = Sandbox(page, page.locator("live-sandbox").nth(number))
    sandbox.root.scroll_into_view_if_needed()
    expect(sandbox.root.locator(".live-foot")).to_contain_text("Daphne")
    height = "timeline => timeline.getBoundingClientRect().height"
    timeline = sandbox.root.locator(".live-timeline")
    empty = sandbox.root.locator(".live-diagram").evaluate(height)
    assert empty < 40
    sandbox.button("Run").scroll_into_view_if_needed()
    pressed = top_of(sandbox.button("Run"))
    sandbox.button("Run").click()
    expect(sandbox.timeline.locator(".live-happening").first).to_be_attached()
    at_first = timeline.evaluate(height)
    expect(sandbox.lane("consumer").filter(has_text="disconnect() took")).not_to_have_count(0)
    expect(sandbox.root.locator(".live-about")).not_to_be_empty()
    assert abs(timeline.evaluate(height) - at_first) < 1
    assert abs(top_of(sandbox.button("Run")) - pressed) < 3


@pytest.mark.only_browser("chromium")  # the same in each engine, as other tests of scrolling show
def test_a_wheel_over_a_diagram_moves_the_page_until_the_reader_is_in_it(echo: Sandbox, page: Page) -> None:
    """Nobody who scrolls through a page is held up by what a run has left behind."""
    run_to_its_end(echo)
    diagram = echo.root.locator(".live-diagram")
    diagram.hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 60)
    page.wait_for_function("before => scrollY === before + 60", arg=before)
    assert diagram.evaluate("diagram => diagram.scrollTop") == 0
    echo.timeline.locator(".live-entry:visible").first.focus()
    diagram.hover()
    page.mouse.wheel(0, 60)
    page.wait_for_function("() => document.querySelector('.live-diagram').scrollTop > 0")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_one_can_step_through_what_happened_in_all_lanes_at_once(echo: Sandbox, page: Page) -> None:
    """By keys, as by dragging: the happening is marked with its kin in the other lanes, and what came later is dim."""
    run_to_its_end(echo)
    rows = echo.timeline.locator(".live-happening")
    count = rows.count()
    slider = echo.root.get_by_role("slider", name="Step through what happened")
    expect(slider).to_have_attribute("aria-valuetext", f"all {count} steps")
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(rf"^step 1 of {count}: .*calls new WebSocket"))
    expect(echo.timeline.locator(".live-later")).to_have_count(count - 1)
    sent = [text.startswith("send(") for text in rows.locator(".live-entry").all_inner_texts()].index(True)
    slider.fill(str(sent + 1))
    expect(echo.timeline.locator(".live-now")).to_contain_text('send("hello")')
    kin = echo.timeline.locator(".live-kin").evaluate_all("rows => [...new Set(rows.map(row => row.dataset.lane))]")
    assert kin == ["js", "wire", "asgi", "consumer"]
    slider.focus()
    page.keyboard.press("End")
    expect(echo.timeline.locator(".live-later")).to_have_count(0)
    expect(echo.timeline.locator(".live-now")).to_have_count(0)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_arrow_keys_follow_a_message_from_lane_to_lane(echo: Sandbox, page: Page) -> None:
    """What is in focus is one sentence; Escape closes a detail, and the reader stays where they were."""
    run_to_its_end(echo)
    sent = echo.lane("js").filter(has_text='send("hello")').get_by_role("button")
    sent.focus()
    for words in ("on the wire, to the server", "the server tells the application", "calls your consumer's"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile(rf"(later|same time) .*{words}"))
    expect(page.locator(":focus")).to_contain_text("EchoConsumer.receive()")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "false")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(sent).to_be_focused()


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_an_arrow_is_one_stroke_from_who_sent_to_who_received(echo: Sandbox) -> None:
    """Drawn where it is received, across lanes that are folded; nobody who sent nothing has one."""
    run_to_its_end(echo)
    echo.show_lanes("Your JavaScript", "Your consumer")
    arrow = "row => [row.querySelector('.live-arrow').dataset.from, row.style.getPropertyValue('--from')]"
    sent = echo.lane("js").filter(has_text='send("hello")')
    received = echo.lane("consumer").filter(has_text="EchoConsumer.receive()").first
    assert sent.evaluate(arrow)[0] == "none"
    assert received.evaluate(arrow) == ["lane", "2"]
    ends = echo.lane("consumer").filter(has_text="receive() took").first
    assert ends.evaluate(arrow)[0] == "none"


@pytest.mark.only_browser("chromium")  # the same style sheets
def test_on_paper_the_diagram_is_there_and_what_only_a_screen_can_do_is_not(echo: Sandbox, page: Page) -> None:
    """Whole, however long; of a sandbox in which nothing has happened, the transcript alone."""
    run_to_its_end(echo)
    page.emulate_media(media="print")
    expect(echo.timeline.locator(".live-happening").last).to_be_visible()
    diagram = echo.root.locator(".live-diagram")
    assert diagram.evaluate("diagram => diagram.scrollHeight <= diagram.clientHeight + 1")
    for gone in (".live-toggles", ".live-stepper", ".live-bar"):
        expect(echo.root.locator(gone).first).to_be_hidden()
    expect(page.locator("live-sandbox .live-timeline").nth(1)).to_be_hidden()


FLOOD = """async count => {
  const { timeline } = document.querySelector("live-sandbox");
  timeline.follow();
  for (let at = 0; at < count; at += 1) {
    const lane = at % 2 ? "wire" : "js";
    timeline.add({ at, lane, client: "", toward: "page", what: `message ${at}`, connection: "" });
  }
}"""


def test_a_long_conversation_keeps_its_beginning_and_its_end(echo: Sandbox, page: Page) -> None:
    """Of thousands of rows few are in the document: those that can be seen, and all can be scrolled and walked to."""
    page.evaluate(FLOOD, 5000)
    rows = echo.timeline.locator(".live-happening")
    diagram = echo.root.locator(".live-diagram")
    diagram.scroll_into_view_if_needed()
    expect(rows.filter(has_text="message 4999")).to_be_in_viewport()
    assert rows.count() <= 200
    expect(echo.timeline).to_have_attribute("aria-rowcount", "5001")
    diagram.evaluate("diagram => { diagram.scrollTop = 0; }")
    expect(rows.filter(has_text=re.compile("message 0$"))).to_be_in_viewport()
    diagram.evaluate("diagram => { diagram.scrollTop = diagram.scrollHeight / 2; }")
    expect(rows.filter(has_text=re.compile("message 2[0-9]{3}$")).first).to_be_attached()
    assert rows.count() <= 200
    rows.locator(".live-entry").nth(10).focus()
    page.keyboard.press("Home")
    expect(page.locator(":focus")).to_contain_text("message 0")
    page.keyboard.press("End")
    expect(page.locator(":focus")).to_contain_text("message 4999")
    expect(rows.filter(has_text="message 4999")).to_have_attribute("aria-rowindex", "5001")


def test_what_is_more_than_a_page_can_hold_is_let_go_and_told(echo: Sandbox, page: Page) -> None:
    """The page does not grow without bound."""
    page.evaluate(FLOOD, 10_100)
    expect(echo.root.locator(".live-about")).to_contain_text("The first 100 happenings are no longer shown.")
    assert page.evaluate("document.querySelector('live-sandbox').timeline.happenings.length") == 10_000
