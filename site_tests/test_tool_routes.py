"""`<tool-routes>`: what it explains is what a WebSocket to the same path gets, for its own cases and for sly ones."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program

REFUSED = {"/ws/", "/evil/", "//evil/"}
"""Browsers complain of a handshake that is refused; here it is refused on purpose."""


def tool(page: Page, site: Program, source: str, number: int = 0) -> Locator:
    """One tool of a page, with the explanation of its first case."""
    page.goto(f"{site.url}learn/{source}/")
    root = page.locator("tool-routes").nth(number)
    root.scroll_into_view_if_needed()
    expect(root.locator(".routes-verdict").last).to_have_text(re.compile("."))
    return root


def ask(root: Locator, text: str) -> None:
    root.get_by_role("textbox").fill(text)


def connect_and_compare(root: Locator) -> None:
    """Press Connect; each of the tool's lists must say that it explained right."""
    root.get_by_role("button", name="Connect").click()
    for proof in root.locator(".routes-proof").all():
        expect(proof).to_contain_text(re.compile("explained|took it|throws"))
        expect(proof).to_contain_text("✓ as explained")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
@pytest.mark.parametrize(("source", "number"), [("routing", 0), ("path-vs-re-path", 0), ("path-vs-re-path", 1)])
def test_each_case_is_what_it_is_explained_to_be(
    page: Page, site: Program, source: str, number: int, complaints: Complaints
) -> None:
    """Press a case, then Connect: the consumer's own answer, or the refusal, is the one foretold."""
    complaints.expected = REFUSED
    root = tool(page, site, source, number)
    for case in root.get_by_role("group", name="What to try").get_by_role("button").all():
        case.click()
        connect_and_compare(root)


def test_the_reader_types_and_each_route_says_why(page: Page, site: Program) -> None:
    """The winner is named in words, with its kwargs and their types; the others give their reasons, in order."""
    root = tool(page, site, "routing")
    ask(root, "/ws/route/shops/books/orders/42/")
    expect(root.locator(".routes-verdict")).to_have_text(
        "✓ an order by number takes it: shop is 'books' (str), order is 42 (int)."
    )
    expect(root.locator(".routes-said strong")).to_have_text(
        ["✗ no match"] * 3 + ["↳ hands on", "✓ takes it"] + ["– not tried"] * 4  # noqa: RUF001
    )
    ask(root, "/ws/route/rooms/café/")
    expect(root.locator(".routes-verdict")).to_contain_text(
        "ValueError: No route found for path 'ws/route/rooms/café/'."
    )
    expect(root.locator(".routes-said").nth(1)).to_have_text(
        "✗ no match <slug:room> wants ASCII letters, digits, hyphens and underscores, and stops at é in café"
    )
    ask(root, "/ws/route/rooms/<b>`bold`</b>")
    expect(root.locator(".routes-compared")).to_contain_text("<b>`bold`</b>")
    expect(root.locator("b")).to_have_count(0)


def test_the_list_stays_where_it_is(page: Page, site: Program) -> None:
    """From one case to the next only words change: the list and what is below it do not move."""
    root = tool(page, site, "routing")
    expect(root.locator(".routes-route")).to_have_count(9)
    places = set()
    for case in root.get_by_role("group", name="What to try").get_by_role("button").all():
        before = root.locator(".routes-compared").inner_text()
        case.click()
        if case.inner_text() != "first match":
            expect(root.locator(".routes-compared")).not_to_have_text(before)
        places.add(str(root.locator("section > .routes-list").evaluate("list => [list.offsetTop, list.offsetHeight]")))
    assert len(places) == 1


def test_what_is_compared_is_what_the_server_reads(page: Page, site: Program, complaints: Complaints) -> None:
    """Dots, backslashes, broken percent signs, a second slash in front: the path in the scope is foretold as well."""
    complaints.expected = REFUSED
    root = tool(page, site, "routing")
    for typed, compared in {
        "ws/route/": "ws/route/",
        "/ws/route/x/../": "ws/route/",
        r"/ws\route\bare": "ws/route/bare",
        "//evil/ws/route/": "ws/route/",
        "///ws/route/": "ws/route/",
        "/ws/route/bare;no": "ws/route/bare",
        "/ws/route/shops/a;b/%2541%": "ws/route/shops/a;b/%41%",
        "/ws/route/shops/%E9%zz?x=1": "ws/route/shops/\ufffd%zz; ?x=1 is no part of the path",
    }.items():
        ask(root, typed)
        expect(root.locator(".routes-compared")).to_have_text(f"compared: {compared}")
        connect_and_compare(root)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_route_of_another_page_is_told_apart(page: Page, site: Program) -> None:
    """What this list refuses may be taken by another list of the same server, and the tool says so."""
    root = tool(page, site, "routing")
    ask(root, "/ws/compare/path/42/")
    root.get_by_role("button", name="Connect").click()
    expect(root.locator(".routes-proof")).to_contain_text("✗ no route of this list took it: one of another page did")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_it_says_when_the_server_is_away(page: Page, site: Program, complaints: Complaints) -> None:
    """A question that gets no answer is no silence, and Connect breaks nothing."""
    complaints.expected = {"/explain/"}
    root = tool(page, site, "routing")
    page.route("**/explain/**", lambda route: route.abort())
    ask(root, "/ws/route/")
    expect(root.locator(".live-result")).to_have_text("The server is away.")
    root.get_by_role("button", name="Connect").click()
    page.unroute("**/explain/**")
    root.get_by_role("textbox").press("Enter")
    expect(root.locator(".routes-verdict")).to_have_text("✓ the list itself takes it: no kwargs.")
    expect(root.locator(".live-result")).to_be_empty()
