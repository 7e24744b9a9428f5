"""One referral, from both sides: the page, and what either side does on it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from waypost.consent.selectors import consent
from waypost.disclosure import gate
from waypost.disclosure.selectors import carried_words
from waypost.disclosure.words import day as long_day
from waypost.disclosure.words import topic_names
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.network.selectors import organization
from waypost.people import selectors as people
from waypost.referrals import selectors as referrals
from waypost.referrals import services
from waypost.referrals.cards import ReferralCard
from waypost.referrals.choices import Handoff, Status
from waypost.referrals.machine import PROXY, RECIPIENT, SENDER
from waypost.referrals.refusing import reply_refusal
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.move_words import buttons
from waypost.web.presenting import language_name, move_label, move_words
from waypost.web.referral_words import (
    Line,
    choose_again_url,
    first_move_words,
    recipient_move,
    tag_of,
    timeline,
)
from waypost.web.staff.forms_referrals.moves import NoteForm
from waypost.web.staff.forms_referrals.outcome import PersonForm
from waypost.web.staff.sending import next_move_words, phone_words, service_phone
from waypost.web.typed import typed

PURPOSE = "referral"
GONE = 410


@dataclass(frozen=True, slots=True)
class View:
    """A referral with the words that its page says."""

    card: ReferralCard
    person: str
    other: str
    move: tuple[str, str]
    lines: list[Line]
    phone: str

    @property
    def mine(self) -> bool:
        """Whether this is the sender's side."""
        return self.card.row.side == "sender"

    @property
    def outside(self) -> bool:
        """Whether the service has no inbox here, so that the sender writes down what it says."""
        return self.mine and self.card.recipient_id is None


def look(actor: Actor, referral_id: UUID) -> View:
    """The referral for one side; logged as a look at this person. Raises NotVisible."""
    card = referrals.referral(actor, referral_id)
    row = card.row
    if row.side == "sender":
        grant = gate.open_record(actor, row.person_id)
        person = people.person(actor, grant, row.person_id).first
        move = (move_label(row.turn), move_words(row.turn, person, row.service_organization))
        phone = service_phone(card.service_id)
    else:
        if row.status == Status.DRAFT:
            raise NotVisible
        gate.scope(actor, [row.person_id], purpose=PURPOSE)
        person = str(card.shared.get("first") or card.shared.get("given_name") or _("the person"))
        move = recipient_move(row, person)
        phone = organization(card.sender_id).phone
    return View(
        card=card,
        person=person,
        other=row.other_party,
        move=move,
        lines=timeline(card, actor, person),
        phone=phone,
    )


@require_GET
@wants(Action.SEND_REFERRAL, Action.ANSWER_REFERRAL)
def referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The record page of a referral; of one that was withdrawn from us, what is left of it."""
    view = look_or_leave(request, referral_id)
    return view if isinstance(view, HttpResponse) else page(request, view)


def page(request: StaffRequest, view: View, *, refusal: str = "") -> HttpResponse:
    """The page; with the words of a refusal, and what was typed, when something could not be done."""
    if view.mine and view.card.row.status == Status.DRAFT:
        return redirect("check" if view.card.handoff else "handoff", view.card.row.id)
    context = {
        "view": view,
        "card": view.card,
        "row": view.card.row,
        "tag": tag_of(view.card.row),
        "refusal": refusal,
        "typed": typed(request) if refusal else [],
        "note_form": NoteForm(auto_id="note_%s"),
        **(_sender_context(request.actor, view) if view.mine else _recipient_context(view)),
    }
    name = "sent" if view.mine else "received"
    refused = refusal and request.method == "POST"
    return render(request, f"web/staff/referrals/{name}.html", context, status=REFUSED if refused else None)


def _sender_context(actor: Actor, view: View) -> dict[str, object]:
    card = view.card
    names = {"person": view.person, "service": card.row.service_organization}
    over = card.row.status in {Status.CANCELLED, Status.ENTERED_IN_ERROR}
    return {
        "way": Handoff(card.handoff).label if card.handoff else "",
        "next_move": next_move_words(card.next_move, names),
        "why": _why(actor, view),
        "topics": topic_names(card.topics),
        "carried": carried_words(card.back) if card.answered_at else [],
        "said_form": None if over else said_form(view),
        "again": choose_again_url(card),
        "may_write": card.recipient_id is not None and card.sharing_ended_at is None,
        "buttons": buttons(card, PROXY) if view.outside else [],
        "own_buttons": buttons(card, SENDER),
    }


def said_form(view: View, data: object = None) -> PersonForm:
    """The short form for what the person says happened."""
    return PersonForm(
        data,
        person=view.person,
        service=view.card.row.service_organization,
        outside=view.outside,
        contradictory=view.card.row.loop.contradictory,
    )


def _why(actor: Actor, view: View) -> str:
    """On what basis it was sent, as a sentence."""
    card = view.card
    names = {"person": view.person, "service": card.row.service_organization}
    if card.basis == "nothing_shared":
        return _("Nothing was told to %(service)s.") % names
    if card.asked_at is not None and card.consent_id is None:
        return _("%(person)s was here on %(since)s and asked us to tell %(service)s.") % {
            **names,
            "since": long_day(card.asked_at),
        }
    if card.consent_id is None:
        return _("An agreement between the two organizations covers it.")
    said = consent(actor, card.consent_id)
    when = {**names, "since": long_day(said.starts_at)}
    if said.revoked_at is not None:
        return _("%(person)s agreed on %(since)s and took it back on %(until)s.") % {
            **when,
            "until": long_day(said.revoked_at),
        }
    if said.ends_at is None:
        return _("%(person)s agreed on %(since)s.") % when
    return _("%(person)s agreed on %(since)s, until %(until)s.") % {**when, "until": long_day(said.ends_at)}


def _recipient_context(view: View) -> dict[str, object]:
    card = view.card
    return {
        "told": received_facts(card),
        "carried": carried_words(card),
        "way": first_move_words(card.next_move, view.person, view.other),
        "may_act": card.sharing_ended_at is None and card.may_reply,
        "silent": card.sharing_ended_at is None and not card.may_reply,
        "buttons": buttons(card, RECIPIENT),
        "reporting": bool(set(card.moves) & {"complete", "accept"}),
    }


def received_facts(card: ReferralCard) -> list[tuple[str, str]]:
    """What the recipient was told, as it stood on the day of sending."""
    told = card.shared
    if not told:
        return []
    language = language_name(str(told.get("language", "")))
    if told.get("interpreter_needed"):
        language = _("%(language)s, interpreter needed") % {"language": language}
    phone = str(told.get("phone", ""))
    calling = phone_words(
        bool(told.get("may_text")), bool(told.get("may_leave_message")), str(told.get("contact_note", ""))
    )
    facts = [
        (_("Phone"), phone),
        (_("About calling"), calling if phone else ""),
        (_("Language"), language),
        (_("Age"), told.get("age")),
        (_("Household"), told.get("household_size")),
        (_("ZIP code"), told.get("postal_code")),
    ]
    return [(label, str(value)) for label, value in facts if value]


@require_POST
@wants(Action.SEND_REFERRAL, Action.ANSWER_REFERRAL)
def note(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Write to the other side."""
    form = NoteForm(request.POST)
    view = look_or_leave(request, referral_id, acts=True)
    if isinstance(view, HttpResponse):
        return view
    if form.is_valid():
        with attempt(form) as tried:
            services.note(actor=request.actor, referral_id=referral_id, words=form.cleaned_data["words"])
        if tried.worked:
            messages.success(request, _("Your message went to %(name)s.") % {"name": view.other})
            return redirect("referral", referral_id)
    words = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return page(request, view, refusal=words)


@require_POST
@wants(Action.SEND_REFERRAL, Action.ANSWER_REFERRAL)
def undo(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Take back one's own last move, while nobody was told yet."""
    view = look_or_leave(request, referral_id, acts=True)
    if isinstance(view, HttpResponse):
        return view
    with attempt() as tried:
        services.undo(actor=request.actor, referral_id=referral_id)
    if not tried.worked:
        return page(request, view, refusal=tried.refusal)
    messages.success(request, _("Taken back. Nobody was told."))
    return redirect("referral", referral_id)


@require_GET
@wants(Action.SEND_REFERRAL)
def another(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """To the services for the same need, as a follower of this referral."""
    card = referrals.referral(request.actor, referral_id)
    if card.row.side != "sender":
        raise NotVisible
    return redirect(choose_again_url(card))


def look_or_leave(request: StaffRequest, referral_id: UUID, *, acts: bool = False) -> View | HttpResponse:
    """The referral, or the page that says why not; with what was typed, so that nothing is lost.

    Withdrawn from us meanwhile: its tombstone (410). ``acts``: something goes back to the sender, which the
    recipient may not do once the agreement is taken back or over: the referral's page with words (422).
    """
    try:
        view = look(request.actor, referral_id)
    except NotVisible:
        gone = next(
            (each for each in referrals.tombstones(request.actor) if each.referral_id == referral_id), None
        )
        if gone is None:
            raise
        context = {"gone": gone, "typed": typed(request), "acted": request.method == "POST"}
        return render(request, "web/partner/withdrawn.html", context, status=GONE)
    card = view.card
    if acts and not view.mine:
        words = reply_refusal(
            ended_at=card.sharing_ended_at,
            ran_out=card.sharing_ran_out,
            may_reply=card.may_reply,
            sender=view.other,
        )
        if words:
            return page(request, view, refusal=words)
    return view
