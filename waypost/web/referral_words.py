"""A referral in sentences: its timeline, how it stands for the recipient, and the one thing to do next."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kernel.actors import Actor
from waypost.referrals.cards import EventCard, ReferralCard, ReferralRow
from waypost.referrals.choices import Fact, NextMove, Source, Status
from waypost.web.presenting import Tag, by_its_day, day_time, outcome_tag, reason_name

ANSWERS = frozenset({"accept", "reject", "start", "pause", "resume", "complete", "fail"})

MOVES = {
    "send": gettext_lazy("sent the referral"),
    "accept": gettext_lazy("accepted the referral"),
    "reject": gettext_lazy("answered: can't help right now"),
    "start": gettext_lazy("began to help"),
    "pause": gettext_lazy("paused it"),
    "resume": gettext_lazy("took it up again"),
    "complete": gettext_lazy("said it is done"),
    "fail": gettext_lazy("said it didn't work out"),
    "cancel": gettext_lazy("called it off"),
    "mistake": gettext_lazy("marked it as made by mistake"),
    "note": gettext_lazy("wrote"),
    "undo": gettext_lazy("took the last step back"),
    "taken": gettext_lazy("took %(person)s into their own records"),
}
FACTS = {
    Fact.CONTACTED: gettext_lazy("got in touch with %(person)s"),
    Fact.SCHEDULED: gettext_lazy("a date is set, %(when)s"),
    Fact.ATTENDED: gettext_lazy("%(person)s came"),
    Fact.MISSED: gettext_lazy("%(person)s didn't make it"),
    Fact.RECEIVED: gettext_lazy("%(person)s received the service"),
    Fact.PARTLY: gettext_lazy("%(person)s received part of it"),
    Fact.NOT_RECEIVED: gettext_lazy("%(person)s did not receive it"),
    Fact.NEED_MET: gettext_lazy("the need is met for now"),
    Fact.NEED_OPEN: gettext_lazy("the need is still there"),
}
KINDS = {
    "accept": "good",
    "complete": "good",
    Fact.RECEIVED: "good",
    Fact.PARTLY: "good",
    Fact.NEED_MET: "good",
    "reject": "wait",
    "pause": "wait",
    "fail": "wait",
    Fact.NOT_RECEIVED: "wait",
    Fact.MISSED: "wait",
    Fact.NEED_OPEN: "wait",
    "cancel": "plain",
    "mistake": "plain",
    "undo": "plain",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: who, what, the words that came with it, when."""

    who: str
    text: str
    words: str
    at: datetime
    kind: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do next: a link with its words; ``kind`` "" for the primary look."""

    label: str
    url: str
    kind: str = ""


def first_name(name: str) -> str:
    """The name to say in a sentence."""
    return name.split(maxsplit=1)[0] if name.strip() else _("the person")


def timeline(card: ReferralCard, actor: Actor, person: str) -> list[Line]:
    """What happened, newest first, in words."""
    service = card.row.service_organization
    return [
        Line(
            who=_who(event, actor),
            text=_written_down(event, _text(event, person), service)
            if event.ours and card.row.side == "sender"
            else _reported(event, _text(event, person)),
            words=event.words,
            at=event.at,
            kind="plain" if event.undone else KINDS.get(event.name, ""),
            undone=event.undone,
        )
        for event in card.timeline
    ]


def _who(event: EventCard, actor: Actor) -> str:
    if event.ours:
        return _("You") if event.who == actor.name else event.who
    return _("%(name)s at %(organization)s") % {"name": event.who, "organization": event.organization}


def _written_down(event: EventCard, text: str, service: str) -> str:
    """What the sender wrote down for a service that has no inbox."""
    if event.name in ANSWERS or event.source == Source.PARTNER:
        return _("wrote down for %(service)s: %(what)s") % {"service": service, "what": text}
    return text


def _reported(event: EventCard, text: str) -> str:
    """What the recipient says, on either side's page."""
    return _("reported: %(what)s") % {"what": text} if event.source == Source.PARTNER else text


def _text(event: EventCard, person: str) -> str:
    report = event.kind == "report"
    words = FACTS[Fact(event.name)] if report else MOVES.get(event.name, event.name)
    text = str(words) % {"person": person, "when": day_time(event.scheduled_for)}
    if event.reason:
        text = _("%(what)s (%(why)s)") % {"what": text, "why": reason_name(event.reason)}
    names = {"what": text, "person": person}
    if event.source == Source.PERSON:
        return _("asked %(person)s: %(what)s") % names
    if event.source == Source.COORDINATOR:
        return _("found out: %(what)s") % names
    return text


def tag_of(row: ReferralRow) -> Tag:
    """How a referral stands, for the side that looks."""
    tag = outcome_tag(row)
    if row.side != "recipient" or row.loop.closed:
        return tag
    if row.sharing_ended:
        return Tag("plain", _("No longer shared"))
    if row.status == Status.REQUESTED and not row.may_reply:
        return Tag("info", _("No answer asked of you"))
    words = {
        Status.REQUESTED: _("Waiting for your answer"),
        Status.ACCEPTED: _("You said you can help"),
        Status.REJECTED: _("You said you can't help right now"),
    }
    late = row.status == Status.REQUESTED and row.turn.late
    return Tag("stop" if late else tag.kind, words.get(Status(row.status), tag.words))


def recipient_move(row: ReferralRow, person: str) -> tuple[str, str]:
    """Whose move it is as the recipient reads it: a label and what comes next."""
    if row.sharing_ended or not row.may_reply:
        return "", ""
    if row.status == Status.REQUESTED and not row.loop.closed:
        return _("Your move:"), by_its_day(_("answer"), row.turn)
    if row.status == Status.ON_HOLD:
        return _("Your move:"), _("take it up again when you can")
    if row.status not in {Status.ACCEPTED, Status.IN_PROGRESS} or row.loop.closed:
        return "", _("Nothing to do.")
    sender = row.other_party
    lines = {
        "they_call": (_("Your move:"), _("call %(person)s") % {"person": person}),
        "we_call": (_("%(name)s's move:") % {"name": sender}, _("they call you")),
        "person_goes": (_("%(name)s's move:") % {"name": person}, _("comes to you")),
        "together": (_("%(name)s's move:") % {"name": sender}, _("they call you together with the person")),
    }
    label, text = lines.get(row.turn.what, (_("Your move:"), _("say what happened")))
    return label, by_its_day(text, row.turn) if row.turn.what in lines else text


def first_move_words(code: str, person: str, sender: str) -> str:
    """Who moves first, as the recipient reads it."""
    words = {
        NextMove.THEY_CALL: _("You call %(person)s"),
        NextMove.WE_CALL: _("%(sender)s calls you"),
        NextMove.PERSON_GOES: _("%(person)s comes to you"),
        NextMove.TOGETHER: _("%(sender)s and %(person)s call you together, or come together"),
    }
    return words[NextMove(code)] % {"person": person, "sender": sender} if code else ""


def choose_again_url(card: ReferralCard) -> str:
    """Where another service is chosen for the same need, as a follower of this referral."""
    return f"{reverse('choose', args=[card.need_id])}?parent={card.row.id}"


def next_button(row: ReferralRow) -> Button:
    """The primary action of a row in the sender's lists."""
    page = reverse("referral", args=[row.id])
    person = first_name(row.person_name)
    if row.turn.what == "finish":
        return Button(_("Finish it"), reverse("handoff", args=[row.id]))
    if row.turn.what == "choose_another":
        return Button(_("Choose another"), f"{page}another/")
    if row.turn.what == "ask_person":
        return Button(_("Ask %(person)s") % {"person": person}, f"{page}#said")
    if row.turn.late:
        return Button(_("Look into it"), page)
    return Button(_("Open"), page, "quiet")
