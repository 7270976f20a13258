"""The layers of AuthMiddlewareStack in the reader's own order, and what a second tab does to an open socket."""

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import Sandbox

PAGE = "learn/auth-middleware-stack/"


@pytest.fixture
def layers(page: Page, site: Program) -> Locator:
    page.goto(site.url + PAGE)
    return page.locator("tool-layers")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_each_order_shows_what_its_layers_did(layers: Locator, complaints: Complaints) -> None:
    """What each puts into the scope; which one raises, and what; what is not reached."""
    complaints.expected = {"/ws/layers/"}
    order = layers.get_by_label("layers, outermost first")
    connect = layers.get_by_role("button", name="Connect")
    said, lines = layers.get_by_role("status").first, layers.locator(".layers-line")

    connect.click()
    expect(said).to_have_text('Accepted. The consumer reads scope["user"]: alice.')
    expect(lines).to_have_text(
        [
            "CookieMiddleware puts cookies there",
            "SessionMiddleware puts session there",
            "AuthMiddleware puts user there",
            "your consumer gets cookies, session, user",
        ]
    )

    order.select_option("Cookie, Auth, Session")
    expect(said).to_have_text("")
    connect.click()
    expect(said).to_contain_text("close code 1006")
    expect(said).to_contain_text("ValueError: AuthMiddleware cannot find session in scope.")
    expect(lines).to_have_text(
        [
            "CookieMiddleware puts cookies there",
            "AuthMiddleware raises",
            "SessionMiddleware is not reached",
            "your consumer is not reached",
        ]
    )

    order.select_option("none at all")
    connect.click()
    expect(said).to_have_text("Accepted, then closed with 1011. On the server: KeyError: 'user'")
    expect(lines).to_have_text(["your consumer gets none of the three; raises"])


def test_a_stranger_gets_through_the_stack_as_anybody_does(layers: Locator) -> None:
    """The user is named, never rejected; by keyboard alone."""
    user = layers.get_by_label("log in as")
    user.select_option("anonymous")
    user.press("Tab")
    layers.page.keyboard.press("Enter")
    expect(layers.get_by_role("status").first).to_contain_text("AnonymousUser")


def test_a_log_in_in_another_tab_closes_the_socket_of_the_user_before(page: Page, site: Program) -> None:
    """What the page asks its reader to try: the socket ends with 4401 as the session does."""
    page.goto(site.url + PAGE)
    number = page.locator("live-sandbox").evaluate_all(
        "all => all.findIndex(one => one.textContent.includes('/ws/signed-in/'))"
    )
    sandbox = Sandbox(page, page.locator("live-sandbox").nth(number))
    sandbox.open_play()
    sandbox.field("user").select_option("alice")
    sandbox.button("Log in").click()
    expect(sandbox.result).to_contain_text("Logged in as alice.")
    sandbox.button("Connect").click()
    expect(sandbox.happenings.last).to_contain_text("signed_in")

    other = page.context.new_page()
    other.goto(site.url + PAGE)
    elsewhere = Sandbox(other)
    elsewhere.open_play()
    elsewhere.field("user").select_option("bob")
    elsewhere.button("Log in").click()
    expect(elsewhere.result).to_contain_text("Logged in as bob.")
    expect(sandbox.happenings.last).to_contain_text('close code=4401 reason="logged out"')
