"""What a worker reads before anything goes: on which form it stands, what may come back, what is left out."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.selectors import consent
from waypost.disclosure.carried import scope_of
from waypost.disclosure.selectors import Carried, carried_words
from waypost.disclosure.words import sentences, topic_name
from waypost.kernel.actors import Actor
from waypost.referrals.basis import Basis
from waypost.screening import selectors as screening

# What a referral never takes along by itself; free notes last.
BEYOND = ("demographics", "health", "coverage", "plan", "notes")


@dataclass(frozen=True, slots=True)
class Before:
    """``back``: why an answer may or may not come; ``form_id``: the form behind it; ``left_out``: what stays
    here, with why; ``carried``: what goes with it by rule."""

    back: tuple[str, ...]
    form_id: UUID | None
    signed: bool
    left_out: tuple[tuple[str, str], ...]
    carried: tuple[str, ...]


def before(actor: Actor, basis: Basis, *, person_id: UUID, person: str, category: str) -> Before:
    """Everything beside the facts themselves, for one referral that is not sent yet."""
    said = consent(actor, basis.decision.consent_id) if basis.decision.consent_id else None
    back = sentences(
        basis.back, person=person, discloser=basis.recipient.name, recipient=actor.organization_name
    )
    scope = scope_of(actor, basis.decision.consent_id)
    return Before(
        back=tuple(back),
        form_id=said.form_id if said else None,
        signed=bool(said and said.signed),
        left_out=tuple(_left_out(actor, person_id, person, category)),
        carried=tuple(carried_words(Carried(basis.decision.carries, scope))),
    )


def _left_out(actor: Actor, person_id: UUID, person: str, category: str) -> list[tuple[str, str]]:
    others = {
        each.category
        for each in screening.needs(actor, person_id, statuses=["open"])
        if each.category != category
    }
    found = [
        (
            ", ".join(topic_name(code) for code in sorted(others)),
            _("Another need of %(person)s is no part of this referral.") % {"person": person},
        )
    ]
    found.append((", ".join(topic_name(code) for code in BEYOND), _("It is more than this needs.")))
    return [(what, why) for what, why in found if what]
