"""The rules' reasons as sentences for the worker."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from waypost.directory.selectors import need_category_name
from waypost.disclosure.rules import Decision, Reason


def day(moment: datetime) -> str:
    """A day in the reader's language, such as "3 May 2027"."""
    return formats.date_format(timezone.localtime(moment), _("j F Y"))


def topic_name(code: str) -> str:
    """A topic in plain words."""
    own = {
        "identity": _("name, age, language and household"),
        "contact": _("phone and ZIP code"),
        "demographics": _("background"),
        "health": _("health"),
        "coverage": _("insurance"),
        "plan": _("plans"),
        "notes": _("notes"),
        "private": _("Private need"),
    }
    return own.get(code) or need_category_name(code)


def matter_name(code: str) -> str:
    """An especially sensitive matter in plain words; an unknown code stands as it is."""
    return {
        "substance_use": _("alcohol or drugs"),
        "part2_record": _("what a program for alcohol or drugs told"),
        "mental_health": _("mental health"),
        "violence": _("violence"),
        "hiv": _("HIV"),
        "reproductive": _("pregnancy and family planning"),
        "justice": _("jail or court"),
        "minor_consented": _("help that a young person asked for alone"),
    }.get(code, code)


def purpose_name(code: str) -> str:
    """What somebody looked or told for, in plain words; an unknown code stands as it is."""
    return {
        "care_coordination": _("arranging help"),
        "treatment": _("treatment"),
        "payment": _("paying for help"),
        "operations": _("checking how well help works"),
        "research": _("studies"),
        "benefits": _("applying for benefits"),
        "school": _("school"),
        "work": _("work"),
        "emergency": _("an emergency"),
        "people.accounting": _("printing who has seen what"),
        "copy.download": _("a copy of the whole record"),
        "referral": _("preparing a referral"),
    }.get(code, code)


def purpose_names(codes: Iterable[str]) -> str:
    """Purposes as a list in words."""
    return ", ".join(purpose_name(code) for code in sorted(set(codes)))


def topic_names(codes: tuple[str, ...] | list[str] | frozenset[str]) -> str:
    """Topics as a list in words: needs first, then who and how to reach them."""
    general = ("identity", "contact")
    ordered = sorted(set(codes) - set(general)) + [code for code in general if code in codes]
    return ", ".join(topic_name(code) for code in ordered)


def sentence(reason: Reason, *, person: str, discloser: str, recipient: str) -> str:
    """One reason as one sentence."""
    names = {"person": person, "discloser": discloser, "recipient": recipient}
    if reason.code == "agreed":
        return _agreed(reason, names)
    texts = {
        "own_record": _("It is your own record."),
        "victim_service": _(
            "%(recipient)s takes no referrals through Waypost, to keep people safe. "
            "Call together with %(person)s."
        ),
        "prefers_not": _("%(person)s said that this should not be shared."),
        "needs_written": _("%(person)s agreed by word of mouth. For this, a signed agreement is needed."),
        "treatment": _("Both organizations treat %(person)s, and treatment needs it."),
        "agreement": _("%(discloser)s and %(recipient)s have signed an agreement that covers this."),
        "not_this_recipient": _("%(person)s agreed to share with others, but not with %(recipient)s."),
        "topics_not_agreed": _("%(person)s has not agreed to share this: %(topics)s."),
        "sensitive_not_agreed": _(
            "This tells of especially sensitive matters, and %(person)s has not agreed to that in writing: "
            "%(matters)s."
        ),
        "not_asked": _("%(person)s has not been asked yet."),
        "privacy_officer": _(
            "Courts and police are answered by the privacy officer only. Stop here and call."
        ),
        "beyond_first": _("You may not pass on more than you received: %(topics)s."),
        "to_the_person": _("%(person)s may have everything that is kept about %(person)s."),
        "representative": _("%(recipient)s stands in for %(person)s, who is under 18."),
        "minor_consented": _("%(person)s asked for this help alone. A parent or guardian does not see it."),
        "emergency": _("It is an emergency. Your reason is kept, and the privacy officer looks at it."),
        "emergency_needs_reason": _("In an emergency, say in words what happened."),
        "emergency_medical_only": _("In an emergency, this may go to medical staff only."),
        "worker_blocked": _("%(person)s does not want this worker at %(recipient)s to see it."),
        "part2_name_recipient": _(
            "%(person)s signed, but did not name %(recipient)s. For help with alcohol or drugs, "
            "the signed form has to name who is told."
        ),
        "blocked": _("%(person)s wants %(recipient)s kept out."),
        "form_waiting": _(
            "%(person)s signed on paper. It counts once somebody else has looked at the paper."
        ),
        "form_lacks": _("%(person)s signed a form, but it lacks what this needs."),
        "ferpa_no_passing_on": _(
            "A school told you this. It may not be passed on without a signed agreement."
        ),
        "part2_no_passing_on": _(
            "A program for alcohol or drugs told you this. You may not pass it on. Ask %(person)s."
        ),
        "part2_as_hipaa": _("%(person)s signed once for all care. Both organizations may use it for care."),
        "other_purpose": _("You received this for another purpose."),
        "payment_operations": _("Both organizations need it for the bills or the work about %(person)s."),
        "social_care": _("Care for %(person)s needs it, and the law lets social services be told."),
        "present_and_asks": _("%(person)s is there and asks you to tell %(recipient)s."),
        "notes_stay": _("Notes stay where they were written. Say what is needed in a few words instead."),
        "more_than_minimum": _("This is more than is needed: %(topics)s. Leave it out, or say why."),
        "may_not_report": _("%(discloser)s may not tell you about %(person)s. Ask %(person)s."),
    }
    matters = ", ".join(matter_name(code) for code in reason.topics)
    return texts[reason.code] % {**names, "topics": topic_names(reason.topics), "matters": matters}


def _agreed(reason: Reason, names: dict[str, str]) -> str:
    facts = {
        **names,
        "topics": topic_names(reason.topics),
        "since": day(reason.since) if reason.since else "",
    }
    if reason.until is None:
        return (
            _("%(person)s agreed on %(since)s that %(discloser)s may tell %(recipient)s: %(topics)s.") % facts
        )
    facts["until"] = day(reason.until)
    return (
        _(
            "%(person)s agreed on %(since)s that %(discloser)s may tell %(recipient)s: %(topics)s, "
            "until %(until)s."
        )
        % facts
    )


def sentences(decision: Decision, *, person: str, discloser: str, recipient: str) -> list[str]:
    """All reasons of a decision."""
    return [
        sentence(each, person=person, discloser=discloser, recipient=recipient) for each in decision.reasons
    ]
