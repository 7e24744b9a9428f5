"""The ways in which a feed cannot be read."""


class Unreadable(Exception):
    """A whole file that cannot be read; the message is written for whoever chose the file."""


class Damaged(Unreadable):
    """A file that was cut off or broken on its way: what it lacks says nothing of the feed."""
