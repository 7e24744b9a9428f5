"""What the law wants to travel with a disclosure, as words for whoever receives it.

42 CFR § 2.32: a notice, and a copy of the consent or a clear explanation of its scope, go with every
disclosure made on a patient's written consent. The short notice stands here as published; its wording was
seen in sources that quote the rule of 2024. 34 CFR 99.33(d): a school tells the recipient that nothing may be
passed on; the sentence is ours, since the regulation prescribes none and was not compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent.selectors import consent
from waypost.disclosure.words import day, purpose_names, topic_names
from waypost.kernel.actors import Actor
from waypost.network.selectors import organizations

PART2_NOTICE, CONSENT_COPY, FERPA_NOTICE = "part2_notice", "consent_copy", "ferpa_notice"
PART2_PROGRAM = "part2_program"


class Carrying(Protocol):
    """A disclosure or a referral: what has to travel with it, and what the consent behind it covers."""

    @property
    def carries(self) -> Sequence[str]: ...

    @property
    def scope(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Carried:
    """The same as plain values."""

    carries: tuple[str, ...]
    scope: Mapping[str, Any]


def carried_words(item: Carrying) -> list[str]:
    """The paragraphs that go with it on every page, message, print and export; none where no rule asks."""
    found = []
    if PART2_NOTICE in item.carries:
        found.append(_("42 CFR part 2 prohibits unauthorized use or disclosure of these records."))
    if FERPA_NOTICE in item.carries:
        found.append(
            _(
                "This comes from a school's records. Use it only for the purpose it was given for. Do not "
                "pass it on unless the student, or a parent, signs that you may (34 CFR 99.33)."
            )
        )
    if CONSENT_COPY in item.carries and item.scope:
        found.append(scope_words(item.scope))
    return found


def emergency_words(holder_status: str) -> list[str]:
    """What goes with a record that an emergency opened, by the legal status of whoever holds it.

    § 2.32 asks for its notice where a consent stands behind a disclosure; here none does (§ 2.51), so
    there is no copy of one either. That the notice goes all the same is ours.
    """
    if holder_status != PART2_PROGRAM:
        return []
    return [
        *carried_words(Carried((PART2_NOTICE,), {})),
        _(
            "No consent stands behind this: it was opened in a medical emergency (42 CFR 2.51). Use it for "
            "that alone, and do not pass it on."
        ),
    ]


def scope_words(scope: Mapping[str, Any]) -> str:
    """What the consent behind a disclosure covers, as one paragraph."""
    who = ", ".join(scope.get("recipients", [])) or _("any community partner that could help")
    facts = {
        "discloser": ", ".join(scope.get("disclosers", [])),
        "recipients": who,
        "topics": topic_names(list(scope.get("topics", []))),
        "purposes": purpose_names(scope.get("purposes", [])),
        "since": _day(scope.get("since")),
        "until": _day(scope.get("until")),
    }
    words = _(
        "What the person signed on %(since)s: %(discloser)s may tell %(recipients)s about %(topics)s. "
        "It is for %(purposes)s."
    )
    ends = _("It ends on %(until)s.") if facts["until"] else _("It has no set end.")
    return f"{words % facts} {ends % facts}"


def scope_of(actor: Actor, consent_id: UUID | None) -> dict[str, Any]:
    """The scope of an own consent as plain values, to be kept beside what was told; empty without one."""
    if consent_id is None:
        return {}
    said = consent(actor, consent_id)
    by_id = {each.id: each.name for each in organizations(ids={*said.discloser_ids, *said.recipient_ids})}
    return {
        "disclosers": sorted(by_id[each] for each in said.discloser_ids if each in by_id),
        "recipients": sorted(by_id[each] for each in said.recipient_ids if each in by_id),
        "topics": sorted(said.topics),
        "purposes": sorted(said.purposes),
        "since": said.starts_at.isoformat(),
        "until": said.ends_at.isoformat() if said.ends_at else "",
    }


def _day(text: object) -> str:
    return day(datetime.fromisoformat(str(text))) if text else ""
