"""The one way in which a step can go differently."""


class Difference(Exception):
    """What came is not what the step says. The text is what came."""
