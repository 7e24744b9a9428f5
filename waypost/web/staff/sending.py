"""From a chosen service to a sent referral: how it is handed over, check, send."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.directory.selectors import listing_for_referral
from waypost.disclosure import gate
from waypost.disclosure.law_here import law_here
from waypost.disclosure.rules.facts import MINOR_CONSENTED
from waypost.disclosure.words import sentences, topic_name
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.people import selectors as people
from waypost.people.cards import PersonCard
from waypost.people.words import instructions
from waypost.referrals import selectors as referrals
from waypost.referrals import services
from waypost.referrals.basis import Basis, basis_for_service
from waypost.referrals.cards import ReferralCard
from waypost.referrals.choices import TELLS_NOTHING, Handoff, NextMove, Status
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.presenting import language_name
from waypost.web.service_words import takes_referrals, talking_phone
from waypost.web.staff.before_sending import Before, before
from waypost.web.staff.forms_referrals.asked import AskedForm
from waypost.web.staff.forms_referrals.handoff import HandoffForm, first_values


def steps() -> list[str]:
    """The names of the steps from a need to a sent referral."""
    return [_("Need"), _("Service"), _("How it is handed over"), _("Check and send")]


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral that is not sent yet, with all that the two pages say about it."""

    card: ReferralCard
    person: PersonCard
    basis: Basis
    if_asked: Basis
    reasons: list[str]
    phone: str
    wants_referrals: bool

    @property
    def may_tell(self) -> bool:
        """Whether the gate lets the service be told."""
        return self.basis.decision.permit

    @property
    def may_ask(self) -> bool:
        """Whether the person, being there, may ask for it: where nothing else permits it."""
        return not self.may_tell and self.if_asked.decision.permit

    @property
    def says_it(self) -> bool:
        """Whether the last page asks for it: to send it, or to speak for the person on a call together."""
        if self.card.handoff == Handoff.TOGETHER:
            return self.if_asked.decision.permit
        return self.may_ask and not self.tells_nothing

    @property
    def has_inbox(self) -> bool:
        """Whether the service takes part in Waypost."""
        return self.card.recipient_id is not None

    @property
    def tells_nothing(self) -> bool:
        """Whether the chosen way tells the service nothing about the person."""
        return self.card.handoff in TELLS_NOTHING


def _draft(actor: Actor, referral_id: UUID) -> Draft | None:
    """The draft, or None where it was sent already; raises NotVisible for the other side."""
    card = referrals.referral(actor, referral_id)
    if card.row.side != "sender":
        raise NotVisible
    if card.row.status != Status.DRAFT:
        return None
    person = people.person(actor, gate.open_record(actor, card.row.person_id), card.row.person_id)
    basis, if_asked = (
        basis_for_service(
            actor,
            card.row.person_id,
            category=card.row.category,
            sensitivities=list(card.sensitivities),
            service_id=card.service_id,
            asked=asked,
        )
        for asked in (False, True)
    )
    reasons = sentences(
        basis.decision, person=person.first, discloser=actor.organization_name, recipient=basis.recipient.name
    )
    return Draft(
        card=card,
        person=person,
        basis=basis,
        if_asked=if_asked,
        reasons=reasons,
        phone=service_phone(card.service_id),
        wants_referrals=wants_referrals(card.service_id),
    )


def wants_referrals(service_id: UUID) -> bool:
    """Whether the service wants referrals at all; one that is not listed any more is left as it was."""
    try:
        return takes_referrals(listing_for_referral(service_id))
    except NotVisible:
        return True


def service_phone(service_id: UUID) -> str:
    """The number on which one can talk to a service; nothing where none is listed (any more)."""
    try:
        phone = talking_phone(listing_for_referral(service_id))
    except NotVisible:
        return ""
    return phone.number if phone else ""


@wants(Action.SEND_REFERRAL)
def handoff(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Step 3: the way, who moves first, when to ask the person."""
    draft = _draft(request.actor, referral_id)
    if draft is None:
        return redirect("referral", referral_id)
    form = _handoff_form(request, draft)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            services.plan_handoff(actor=request.actor, referral_id=referral_id, plan=form.plan())
        if tried.worked:
            return redirect("check", referral_id)
    back = reverse("choose", args=[draft.card.need_id])
    context = {"draft": draft, "form": form, "steps": steps(), "step": 3, "back": back}
    return render(
        request, "web/staff/referrals/handoff.html", context, status=REFUSED if form.errors else None
    )


def _handoff_form(request: StaffRequest, draft: Draft) -> HandoffForm:
    told = (draft.may_tell or draft.may_ask) and draft.wants_referrals
    open_ways = {"may_tell": told, "has_inbox": told and draft.has_inbox}
    usual = {name: way and draft.may_tell for name, way in open_ways.items()}
    return HandoffForm(
        request.POST if request.method == "POST" else None,
        initial=first_values(draft.card, **usual),
        person=draft.person.first,
        service=draft.card.row.service_organization,
        **open_ways,
    )


@wants(Action.SEND_REFERRAL)
def check(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Step 4: in words, what goes to whom and why it may."""
    draft = _draft(request.actor, referral_id)
    if draft is None:
        return redirect("referral", referral_id)
    if not draft.card.handoff:
        return redirect("handoff", referral_id)
    return _check_page(request, draft)


def _check_page(
    request: StaffRequest, draft: Draft, refusal: str = "", asking: AskedForm | None = None
) -> HttpResponse:
    names = {"person": draft.person.first, "service": draft.card.row.service_organization}
    wrong = bool(refusal) or bool(asking and asking.errors)
    context = {
        "draft": draft,
        "refusal": refusal,
        "told": []
        if draft.tells_nothing
        else told(draft.person, draft.card.row.category, alone=MINOR_CONSENTED in draft.card.sensitivities),
        "before": None if draft.tells_nothing else _before(request.actor, draft),
        "way": way_words(draft.card.handoff, names),
        "next_move": next_move_words(draft.card.next_move, names),
        "button": _button(draft),
        "stopped": not draft.tells_nothing and not draft.may_tell and not draft.may_ask,
        "asking": (asking or _asking(draft)) if draft.says_it else None,
        "asked_why": _asked_why(request.actor, draft) if draft.says_it else [],
        "steps": steps(),
        "step": 4,
    }
    return render(request, "web/staff/referrals/check.html", context, status=REFUSED if wrong else None)


def _asking(draft: Draft, data: QueryDict | None = None) -> AskedForm:
    """Must be said where nothing else permits it; may be said on a call made together."""
    names = {"person": draft.person.first, "service": draft.card.row.service_organization}
    return AskedForm(data, **names, together=draft.card.handoff == Handoff.TOGETHER)


def _asked_why(actor: Actor, draft: Draft) -> list[str]:
    """Why that is enough, and the rule that says so."""
    decision = draft.if_asked.decision
    names = {
        "person": draft.person.first,
        "discloser": actor.organization_name,
        "recipient": draft.basis.recipient.name,
    }
    return [*sentences(decision, **names), *(law_here().citation(rule) for rule in decision.rules)]


def _before(actor: Actor, draft: Draft) -> Before:
    return before(
        actor,
        draft.if_asked if draft.may_ask else draft.basis,
        person_id=draft.person.id,
        person=draft.person.first,
        category=draft.card.row.category,
    )


def _button(draft: Draft) -> str:
    if draft.card.handoff == Handoff.INBOX:
        return _("Send referral")
    return _("Keep this referral") if draft.tells_nothing else _("Keep it: we tell them by phone")


@require_POST
@wants(Action.SEND_REFERRAL)
def send(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Send it, once: a second press of the button leads to the same page."""
    draft = _draft(request.actor, referral_id)
    if draft is None:
        return redirect("referral", referral_id)
    asking = _asking(draft, request.POST) if draft.says_it else None
    if asking is not None and not asking.is_valid():
        return _check_page(request, draft, asking=asking)
    asked = asking is not None and asking.cleaned_data["asks"]
    with attempt() as tried:
        services.send(actor=request.actor, referral_id=referral_id, asked=asked)
    if not tried.worked:
        return _check_page(request, draft, tried.refusal)
    names = {"person": draft.person.first, "service": draft.card.row.service_organization}
    said = {
        Handoff.INBOX: _("You sent the referral to %(service)s."),
        Handoff.PHONE: _("You may now tell %(service)s by phone. The referral is kept here."),
        Handoff.TOGETHER: _("The referral is kept. Call %(service)s together with %(person)s."),
        Handoff.TAKE_ALONG: _("The referral is kept. Print the list for %(person)s."),
    }
    messages.success(
        request,
        said[Handoff(draft.card.handoff)] % names,
        extra_tags=f"undo:{reverse('referral_undo', args=[referral_id])}",
    )
    return redirect("referral", referral_id)


@require_POST
@wants(Action.SEND_REFERRAL)
def discard(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Throw a draft away; nobody was told anything."""
    card = referrals.referral(request.actor, referral_id)
    with attempt() as tried:
        services.discard_draft(actor=request.actor, referral_id=referral_id)
    if not tried.worked:
        messages.error(request, tried.refusal)
        return redirect("referral", referral_id)
    messages.success(
        request, _("You threw the draft to %(service)s away.") % {"service": card.row.service_organization}
    )
    return redirect("person", card.row.person_id)


def told(person: PersonCard, category: str, *, alone: bool = False) -> list[tuple[str, str]]:
    """What the service will read about the person: label and value (the same as the referral keeps)."""
    phone = person.phone_to_tell(alone=alone)
    language = language_name(person.language)
    if person.interpreter_needed:
        language = _("%(language)s, interpreter needed") % {"language": language}
    calling = phone_words(phone.may_text, phone.may_leave_message, instructions(phone)) if phone else ""
    facts = [
        (_("Name"), f"{person.name} ({person.pronouns})" if person.pronouns else person.name),
        (_("Age"), str(person.age) if person.age is not None else ""),
        (_("Language"), language),
        (_("Phone"), phone.value if phone else ""),
        (_("About calling"), calling),
        (_("ZIP code"), person.postal_code),
        (_("Household"), str(person.household_size) if person.household_size else ""),
        (_("Need"), topic_name(category)),
    ]
    return [(label, value) for label, value in facts if value]


def phone_words(may_text: bool, may_leave_message: bool, note: str) -> str:
    """What may be done with a phone number, in words."""
    words = [
        _("text is fine") if may_text else _("no texts"),
        _("a message may be left") if may_leave_message else _("leave no message"),
        note,
    ]
    return ", ".join(word for word in words if word)


def way_words(code: str, names: dict[str, str]) -> str:
    """How it is handed over, as a sentence."""
    words = {
        Handoff.INBOX: _("It goes to the Waypost inbox of %(service)s."),
        Handoff.PHONE: _("We tell %(service)s by phone."),
        Handoff.TOGETHER: _("We call %(service)s together with %(person)s. We tell them nothing beforehand."),
        Handoff.TAKE_ALONG: _("%(person)s gets a list to take along. We tell %(service)s nothing."),
    }
    return words[Handoff(code)] % names if code else ""


def next_move_words(code: str, names: dict[str, str]) -> str:
    """Who moves first, as a clause."""
    words = {
        NextMove.THEY_CALL: _("%(service)s calls %(person)s"),
        NextMove.WE_CALL: _("We call %(service)s"),
        NextMove.PERSON_GOES: _("%(person)s goes there"),
        NextMove.TOGETHER: _("We call or go together"),
    }
    return words[NextMove(code)] % names if code else ""
