"""The ways in which a feed cannot be read."""


class Unreadable(Exception):
    """A whole file that cannot be read; the message is written for whoever chose the file."""
