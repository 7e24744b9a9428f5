"""The coordinator's home: what is due now, what came back, who is new."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.coordination import selectors as coordination
from waypost.coordination.cards import CaseRow, RequestRow
from waypost.coordination.words import channel_name, next_move_name, role_name, whose_move_name
from waypost.directory.selectors.due import DueAsked, due_counts
from waypost.directory.selectors.faults import faults
from waypost.directory.selectors.gaps import gaps_answered
from waypost.disclosure import gate
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.network.roles import Action
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralRow
from waypost.web.access import StaffRequest, wants
from waypost.web.presenting import Tag, day, near_day, outcome_tag, reason_name, when
from waypost.web.referral_words import Button, first_name, next_button
from waypost.web.upkeep.team import team_of

LATELY = timedelta(days=3)
LINE = 140
AT_ONCE = 12  # rows of a card; the rest behind a link
MODES = {"call": "phone", "text": "text", "visit": "in_person", "meet": "in_person", "letter": "mail"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of one of the three lists."""

    title: str
    url: str
    tags: tuple[Tag, ...]
    text: str
    button: Button
    about: str = ""


@require_GET
@wants(Action.WORK_CASELOAD)
def my_day(request: StaffRequest) -> HttpResponse:
    """Now, answers that came, new to you; the week and the caseload beside them."""
    actor = request.actor
    mine = coordination.my_day(actor)
    answers = _answers(actor)
    due = {each.person_id for each in mine.now[:AT_ONCE]}
    gate.scope(actor, due | {each.person_id for each in answers[:AT_ONCE]})
    context = {
        "today": today(),
        "mine": mine,
        "now": [_now_row(each) for each in mine.now[:AT_ONCE]],
        "more_now": max(0, len(mine.now) - AT_ONCE),
        "answers": [_answer_row(each) for each in answers[:AT_ONCE]],
        "answer_count": len(answers),
        "more_answers": max(0, len(answers) - AT_ONCE),
        "new": [_new_row(each) for each in mine.new[:AT_ONCE]],
        "more_new": max(0, len(mine.new) - AT_ONCE),
        "counts": referrals.counts(actor),
        "gaps_answered": gaps_answered(actor),
        "to_check": due_counts(actor=actor, asked=DueAsked(), team_id=team_of(request), kinds=("me", "team")),
        "faults": faults(actor, open_ones=True, size=0)[1],
    }
    return render(request, "web/staff/my_day/my_day.html", context)


def _answers(actor: Actor) -> list[ReferralRow]:
    """What partners answered lately to the actor's own referrals."""
    return [
        each
        for each in referrals.answers_since(actor, now() - LATELY)
        if each.sender_name in (actor.name, actor.works_as)
    ]


def _now_row(case: CaseRow) -> Row:
    tags = [Tag("stop", _("Urgent"))] if case.urgent else []
    if case.overdue:
        tags.append(Tag("stop", _("Was due %(day)s") % {"day": near_day(case.check_back_on)}))
    elif case.due_today:
        tags.append(Tag("wait", _("Promised today")))
    page = reverse("person", args=[case.person_id])
    words = (case.next_words or next_move_name(case.next_move)).rstrip(".")
    who = whose_move_name(case.whose_move)
    need = _("First need: %(need)s.") % {"need": case.first_need} if case.first_need else ""
    return Row(
        title=case.person_name,
        url=page,
        tags=tuple(tags),
        text=" ".join(part for part in (f"{who}: {words}." if words else f"{who}.", need) if part),
        button=_now_button(case, page),
    )


def _now_button(case: CaseRow, page: str) -> Button:
    """The one thing to do; it opens the log of contacts where the move is to be in touch."""
    names = {"person": first_name(case.person_name)}
    labels = {
        "call": _("Call %(person)s"),
        "text": _("Text %(person)s"),
        "visit": _("Visit %(person)s"),
        "meet": _("Meet %(person)s"),
        "ask_person": _("Ask %(person)s"),
    }
    label = labels.get(case.next_move)
    if label is None or case.whose_move == "partner":
        return Button(_("Open"), page, "quiet")
    mode = MODES.get(case.next_move, "phone")
    return Button(label % names, f"{reverse('contact_new', args=[case.person_id])}?mode={mode}")


def _answer_row(row: ReferralRow) -> Row:
    button = next_button(row)
    if button.kind == "quiet":
        button = Button(_("See referral"), button.url, "quiet")
    return Row(
        title=row.service_organization,
        about=_("for %(person)s") % {"person": row.person_name},
        url=reverse("referral", args=[row.id]),
        tags=(outcome_tag(row),),
        text=" · ".join(part for part in (_said(row), row.service_name, when(row.moved_at)) if part),
        button=button,
    )


def _said(row: ReferralRow) -> str:
    """Why not, and what the service wrote: "Sam wrote: “Took home a box.”"."""
    words = Truncator(row.answer_words).chars(LINE)
    if words and row.answer_by:
        words = _("%(name)s wrote: “%(words)s”") % {"name": first_name(row.answer_by), "words": words}
    elif words:
        words = _("“%(words)s”") % {"words": words}
    return ": ".join(part for part in (reason_name(row.reason), words) if part)


def _new_row(asked: RequestRow) -> Row:
    kind = Tag("info", _("Warm handoff")) if asked.warm else Tag("plain", channel_name(asked.channel))
    tags = ([Tag("stop", _("Urgent"))] if asked.urgent else []) + [kind]
    role = role_name(asked.referrer_role) if asked.referrer_role else ""
    source = ", ".join(part for part in (asked.referrer_name, role.lower(), asked.team_name) if part)
    words = [_("From %(who)s, %(when)s.") % {"who": source, "when": _near(asked)}]
    if asked.expects_call:
        words.append(_("Knows and expects a call."))
    words.append(_("Reason: %(reason)s.") % {"reason": (asked.reason_words or asked.reason_name).rstrip(".")})
    names = {"person": first_name(asked.person_name) if asked.person_name else asked.phone}
    page = reverse("request_take", args=[asked.id])
    label = _("Meet %(person)s") % names if asked.warm else _("Start outreach")
    return Row(
        title=asked.person_name or asked.phone,
        url=page,
        tags=tuple(tags),
        text=" ".join(words),
        button=Button(label, page, "" if asked.warm or asked.urgent else "quiet"),
    )


def _near(asked: RequestRow) -> str:
    near = when(asked.asked_at)
    return near[:1].lower() + near[1:] if not near.startswith(day(asked.asked_at)[:3]) else near
