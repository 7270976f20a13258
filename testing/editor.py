"""The editor as the tests drive it: by the keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator

from testing.program import wait_until


def type_over(text: Locator, old: str, new: str) -> None:
    """In an editor, type over the first line in which something stands."""
    line = text.locator(".cm-line").filter(has_text=old).first
    words = line.inner_text()
    keyboard = text.page.keyboard

    def is_selected() -> bool:
        """A page that is still coming moves, and then another line may be clicked."""
        line.click()
        keyboard.press("Alt+l")  # CodeMirror's: all of the line, its end too, however it wraps
        keyboard.press("ArrowLeft")  # to its beginning
        for _ in words:
            keyboard.press("Shift+ArrowRight")
        return bool(text.page.evaluate("getSelection().toString()") == words)

    wait_until(is_selected, f"{words!r} to be selected")
    keyboard.insert_text(words.replace(old, new))
