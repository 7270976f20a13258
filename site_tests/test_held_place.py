"""Where a reader is on a page that is still being built: at the heading of their link, or where they were before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from testing.program import Program

pytestmark = pytest.mark.only_browser("chromium")  # others anchor what is on the screen as well, or better

PLACE = """() => {
  const parts = Array.from(document.querySelector("article")?.children ?? []);
  const at = parts.findIndex((part) => part.getBoundingClientRect().bottom > 0);
  return [location.pathname + location.hash, at, parts[at]?.getBoundingClientRect().top];
}"""
IS_THERE = f"""([address, at, top]) => {{
  const now = ({PLACE})();
  return now[0] === address && now[1] === at && Math.abs(now[2] - top) < 4;
}}"""
HAS_COME_TO_REST = """(start) => {
  const { y } = JSON.parse(sessionStorage.getItem(`place ${location.pathname}`) ?? "{}");
  return scrollY > start + 2000 && y === Math.round(scrollY);
}"""
BELOW_THE_HEADER = "heading => Math.abs(heading.getBoundingClientRect().top - 68) < 4"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("link", ["learn/connection/#mistakes-people-make", "learn/websockets/#challenges"])
def test_a_link_to_a_heading_leads_there(page: Page, site: Program, width: int, link: str) -> None:
    """What stands above it is built after the browser has gone there; the address stays as it was given."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + link)
    expect(page.locator("live-sandbox[data-shown]").first).to_be_attached()
    heading = page.locator("#" + link.split("#")[1]).element_handle()
    page.wait_for_function(BELOW_THE_HEADER, arg=heading)
    page.evaluate("document.querySelector('article').prepend(Object.assign(document.createElement('p'), "
                  "{style: 'height: 700px', textContent: 'late'}))")  # fmt: skip
    page.wait_for_function(BELOW_THE_HEADER, arg=heading)
    if width > 1000:
        marked = page.locator(".md-sidebar--secondary .md-nav__link--active").last
        expect(marked).to_have_attribute("href", page.url)
    assert page.url == site.url + link


@pytest.mark.long
def test_back_and_forward_lead_to_the_place_that_was_left(page: Page, site: Program) -> None:
    """Each page under its own address, with its own fragment, at the block that was read."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + "learn/websockets/#compression")
    websockets = read_on_and_leave(page, "document.querySelector('.md-footer__link--next').click()")
    expect(page.locator("article h1")).to_contain_text("The connection")
    connection = read_on_and_leave(page, "history.back()")
    page.wait_for_function(IS_THERE, arg=websockets)
    page.wait_for_function("history.state?.y === scrollY")  # the theme has noted it, and is not about to
    page.evaluate("history.forward()")
    page.wait_for_function(IS_THERE, arg=connection)
    page.reload()
    page.wait_for_function(IS_THERE, arg=connection)
    with page.expect_navigation():
        page.evaluate("() => { history.replaceState({ ...history.state, y: 1 }, ''); location.reload(); }")
    page.wait_for_function(IS_THERE, arg=connection)  # although the theme had not yet noted it


def read_on_and_leave(page: Page, leave: str) -> object:
    """Scroll once all of the page is live, and say what was read at the moment of leaving."""
    expect(page.locator("live-sandbox[data-shown]").first).to_be_attached()
    expect(page.locator("article :not(:defined), live-sandbox:not([data-shown])")).to_have_count(0)
    start = page.evaluate("scrollY")
    page.mouse.move(640, 450)
    page.mouse.wheel(0, 2500)
    page.wait_for_function(HAS_COME_TO_REST, arg=start)
    return page.evaluate(f"() => {{ const place = ({PLACE})(); {leave}; return place; }}")


def test_a_reader_who_moves_the_page_is_let_go(page: Page, site: Program) -> None:
    """What is built then moves nothing that the reader has not asked for."""
    page.goto(site.url + "learn/websockets/#challenges")
    expect(page.locator("live-sandbox[data-shown]").first).to_be_attached()
    page.wait_for_function(BELOW_THE_HEADER, arg=page.locator("#challenges").element_handle())
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 1500)
    page.wait_for_function("document.getElementById('challenges').getBoundingClientRect().top < -1000")
    page.evaluate("document.querySelector('article').append(Object.assign(document.createElement('p'), "
                  "{textContent: 'late'}))")  # fmt: skip
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("document.getElementById('challenges').getBoundingClientRect().top") < -1000
