"""Who has to say yes for somebody under age; refuses where somebody else has to, or beside them."""

from django.conf import settings
from django.utils.translation import gettext as _

from waypost.consent import minors
from waypost.consent.services.asked import Paper, Part
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.network.selectors import organizations

PROGRAM = "part2_program"
GROWN = ""
PARENT = "parent"


def who_signs(actor: Actor, part: Part, paper: Paper, name: str, age: int | None) -> str:
    """Who agrees to this part: '' (nothing to ask), "alone", "together" or "parent".

    Raises Refused where the paper does not have whom it needs, has somebody who may not stand there, or where
    nobody can agree before the network has said which state's law counts (42 CFR 2.14).
    """
    if age is None or age >= minors.ADULT or paper.alone_because in minors.ALONE:
        return GROWN
    who = minors.who_agrees(age, _matters(actor, part), where=settings.JURISDICTION, day=today())
    facts = {"name": name, "age": age}
    if who.no_state:
        raise Refused(
            _(
                "%(name)s is %(age)d. Whether a young person signs alone for help with alcohol or drugs, and "
                "whether a parent may be told at all, is the law of your state. Your network has not set its "
                "state yet. Ask your privacy officer before you go on, and before you ask a parent."
            )
            % facts,
            field="sensitive",
        )
    if who.alone and (who.with_parent or who.together):
        raise Refused(
            _(
                "%(name)s is %(age)d. To a part of this, %(name)s agrees alone; to the rest, a parent or "
                "guardian. Record them one after the other."
            )
            % facts,
            field="sensitive",
        )
    if who.alone and paper.representative:
        raise Refused(
            _("%(name)s is %(age)d and agrees to this alone. Nobody signs in their place.") % facts,
            field="representative",
        )
    if who.alone:
        return minors.SELF
    if not paper.representative:
        raise Refused(
            _("%(name)s is %(age)d. To this, a parent or guardian agrees: write who it is.") % facts,
            field="representative",
        )
    return minors.TOGETHER if who.together else PARENT


def _matters(actor: Actor, part: Part) -> frozenset[str]:
    """What it is about. All that a program for alcohol or drugs tells is a record of it (42 CFR 2.12(a))."""
    told = part.matters or part.covers - {minors.MINOR_CONSENTED}
    tellers = organizations(ids=set(part.disclosers) or {actor.organization})
    if any(each.legal_status == PROGRAM for each in tellers):
        return frozenset({minors.PART2_RECORD}) | (told - {minors.GENERAL})
    return told or frozenset({minors.GENERAL})
