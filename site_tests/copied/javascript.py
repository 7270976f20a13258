"""Modules for a page, in a page."""

from __future__ import annotations

from playwright.sync_api import Page

from site_tests.copied import AT_ONCE, PATIENCE_SECONDS, Failures, Texts

IN_A_PAGE = """async ({texts, atOnce, patience}) => {
  const wrong = {};
  const run = async ([name, text]) => {
    const url = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
    const late = new Promise((_, reject) => setTimeout(() => reject("it never ended"), patience));
    await Promise.race([import(url), late]).catch((error) => { wrong[name] = String(error); });
  };
  const all = Object.entries(texts);
  const alone = all.filter(([, text]) => text.includes("credentials"));
  const free = all.filter((entry) => !alone.includes(entry));
  await Promise.all(Array.from({length: atOnce}, async () => {
    for (let next; (next = free.shift()); ) await run(next);
  }));
  for (const entry of alone) await run(entry);  // they share this browser's cookies
  return wrong;
}"""


def run(texts: Texts, page: Page) -> Failures:
    """Each module in one page of the site: the server takes connections from no other origin."""
    arguments = {"texts": texts, "atOnce": AT_ONCE, "patience": PATIENCE_SECONDS * 1000}
    wrong: Failures = page.evaluate(IN_A_PAGE, arguments)
    return wrong
