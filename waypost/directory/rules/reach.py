"""How a service is reached, and when its contact counts as confirmed. Pure."""

from datetime import date, timedelta

CONTACT_HOLDS = timedelta(days=90)
WITHOUT_KEEPER = ("walk_in", "phone")  # whoever keeps no listing has not said that it wants anything else


def effective_reach(how: str, *, kept: bool) -> str:
    """What counts of ``how_to_reach``: where nobody keeps the listing, walk in or phone alone."""
    return how if kept or how in WITHOUT_KEEPER else "phone"


def contact_is_confirmed(on: date | None, *, today: date) -> bool:
    """Whether a human made sure within 90 days that the contact answers; an import never does."""
    return on is not None and today - CONTACT_HOLDS <= on <= today
