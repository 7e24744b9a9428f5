"""Making the synthetic community through the same services as real use."""

from pathlib import Path

from django.conf import settings

from waypost.demo.seeding.community import Community, Scale, build
from waypost.demo.seeding.data import read
from waypost.demo.seeding.notices import make_notices
from waypost.demo.seeding.upkeep import make_upkeep
from waypost.kernel import audit, events
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.kernel.turns import take_turn
from waypost.network.selectors import organizations
from waypost.referrals.services.telling_directory import tell_directory
from waypost.reporting.services import rebuild_facts

__all__ = ["Community", "Scale", "seed", "stands"]


def stands() -> bool:
    """Whether the community is there; refused where other organizations are, and this one is not."""
    present = {each.name for each in organizations()}
    if present >= {each["name"] for each in read("cast")["organizations"]}:
        return True
    if present:
        raise Refused(
            "This database holds other organizations. The invented community is only made in an empty one,"
            " so that it never mixes with real people."
        )
    return False


def seed(scale: Scale | None = None) -> Community | None:
    """Make the community as of now; None where it is there already. Needs an open transaction."""
    take_turn("demo.seed")
    if stands():
        return None
    moment = now()
    with events.quiet():
        made = build(scale or Scale(), moment=moment)
        make_upkeep(made.cast, made.directory, moment=moment)
        make_notices(made.cast, moment=moment)
    if settings.AUDIT_ANCHORS:  # they belong to a database that is gone
        Path(settings.AUDIT_ANCHORS).unlink(missing_ok=True)
    rebuild_facts()
    tell_directory()
    while audit.seal():
        pass
    return made
