"""A `<tool-step>` on a page: buttons that run the functions of a printed file, and what those log."""

from playwright.sync_api import Locator, Page


class Step:
    """One `<tool-step>`, by the name of its file."""

    def __init__(self, page: Page, name: str) -> None:
        self.root = page.locator(f'tool-step[data-step="{name}"]')
        self.functions = self.root.get_by_role("group", name=f"Functions of {name}.js")
        self.lines = self.root.get_by_role("log").locator("li")
        self.output = self.root.locator("output")
        self.said = self.root.locator(".live-result")

    def press(self, function: str) -> Locator:
        """Press the button of this function; where its lines will be."""
        self.functions.get_by_role("button", name=f"{function}()", exact=True).click()
        return self.lines
