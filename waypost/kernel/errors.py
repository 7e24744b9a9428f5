"""The two ordinary ways in which Waypost says no."""


class Refused(Exception):
    """A thing that may not be done now; ``message`` is written for the worker who tried.

    ``field`` names the form field that the message belongs to, where there is one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotVisible(Exception):
    """The thing does not exist, or not for this actor: both look the same (a page answers 404)."""
