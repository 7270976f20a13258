"""What the canary tells of sources that moved."""

from testing.canary import NEWEST, WATCHED, moved, seen_here


def test_every_watched_source_is_there_today() -> None:
    """A name that is mistyped, or gone since the last update, would never be seen to move."""
    assert [name for name, text in seen_here().items() if not text] == []


def test_what_moved_and_what_is_gone_is_told_and_nothing_else() -> None:
    """As a unified diff from the pinned source to the newest."""
    pinned = dict.fromkeys(NEWEST + WATCHED, "same\n")
    newest = pinned | {WATCHED[0]: "other\n", WATCHED[1]: "", NEWEST[0]: "9.9"}
    assert list(moved(pinned, newest)) == [
        f"--- pinned  {WATCHED[0]}\n+++ newest  {WATCHED[0]}\n@@ -1 +1 @@\n-same\n+other",
        f"--- pinned  {WATCHED[1]}\n+++ newest  {WATCHED[1]} is no more\n@@ -1 +0,0 @@\n-same",
    ]
