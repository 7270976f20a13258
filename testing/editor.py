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
    changed = words.replace(old, new)
    keyboard.insert_text(changed)
    wait_until(lambda: changed in lines_of(text), f"{changed!r} in the editor", lambda: "\n".join(lines_of(text)))


def replace_by(press: Locator, text: Locator, gone: str) -> None:
    """Press what puts another text into an editor, until something has gone from it: a page that is still coming moves,
    and a press may end beside its button.
    """

    def has_gone() -> bool:
        press.click()
        return gone not in "\n".join(lines_of(text))

    wait_until(has_gone, f"{gone!r} to go from the editor", lambda: "\n".join(lines_of(text)))


def lines_of(text: Locator) -> list[str]:
    """What an editor shows."""
    return text.locator(".cm-line").all_inner_texts()
