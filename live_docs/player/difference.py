"""The one way in which a step can go differently."""

from live_docs.notation.elsewhere import Came


class Difference(Exception):
    """What came is not what the step says. The text is what came; `came` is the same as a step, where there is one."""

    def __init__(self, text: str, came: Came | None = None) -> None:
        super().__init__(text)
        self.came = came
