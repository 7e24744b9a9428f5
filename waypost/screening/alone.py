"""What a young person asked for alone is marked so, and stays out of what a parent or guardian is given."""

from uuid import UUID

from waypost.consent.minors import MINOR_CONSENTED
from waypost.consent.selectors import consent
from waypost.kernel.events import Announcement
from waypost.screening.models import Need


def mark_what_was_asked_alone(event: Announcement) -> None:
    """Private needs of which a young person alone said that they may be told (45 CFR 164.502(g)(3)(i)).

    Ordinary needs that the same form names are left as they are: a parent knows of them as of any others.
    """
    said = consent(event.actor, UUID(event.ids["consent_id"]))
    if MINOR_CONSENTED not in said.covers_sensitivities:
        return
    private = sorted(said.covers_sensitivities - {MINOR_CONSENTED})
    rows = Need.objects.filter(
        held_by_id=event.actor.organization,
        person_id=said.person_id,
        category__in=said.topics,
        sensitivities__overlap=private,
    )
    for row in rows.exclude(sensitivities__contains=[MINOR_CONSENTED]).select_for_update():
        row.sensitivities = sorted({*row.sensitivities, MINOR_CONSENTED})
        row.save(update_fields=["sensitivities"])
