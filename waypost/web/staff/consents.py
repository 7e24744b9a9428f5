"""What a person said about sharing: ask, record, take back, and who has seen what."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.consent import selectors, services
from waypost.consent.cards import ConsentCard
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.network.cards import OrganizationCard
from waypost.network.roles import Action
from waypost.network.selectors import organizations
from waypost.people.cards import PersonCard
from waypost.referrals import selectors as referrals
from waypost.referrals.basis import told_by
from waypost.referrals.cards import ReferralCard
from waypost.screening import selectors as screening
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.staff import sharing
from waypost.web.staff.forms.consents import AgreementForm, AnswerForm, TakeBackForm
from waypost.web.staff.people import own_person

PAGES = "web/staff/people"


@require_http_methods(["GET", "POST"])
@wants(Action.RECORD_CONSENT)
def agree(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Ask about sharing: choose what is asked, read it aloud, record the answer.

    POST ``step``: "choose" (back), "read", "agrees", "declines" (these topics), "declines_all".
    """
    card = own_person(request, person_id)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "declines_all":
        return _declined(request, card, [])
    form = _form(request, card)
    if step in ("", "choose") or not form.is_valid():
        status = REFUSED if step not in ("", "choose") else 200
        return render(request, f"{PAGES}/agree.html", {"person": card, "form": form}, status=status)
    if step == "declines":
        topics = [each for each in form.chosen_topics() if each not in sharing.GENERAL]
        return _declined(request, card, topics)
    answer = AnswerForm(request.POST if step == "agrees" else None, initial={"language": _spoken(card)})
    if answer.is_valid():
        with attempt(form) as done:
            _record(request.actor, card, form, answer)
        if done.worked:
            messages.success(request, _("You recorded what %(name)s agreed to.") % {"name": card.first})
            return HttpResponseRedirect(_way_back(request) or reverse("person", args=[person_id]))
    return _read_page(request, card, form, answer)


def _way_back(request: StaffRequest) -> str:
    """The page of this site from which somebody came to ask, such as a referral that waits for the answer."""
    target = request.GET.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


@require_GET
@wants(Action.RECORD_CONSENT)
def without_sharing(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Ways to help somebody who would rather not share: a list to take along, a call made together."""
    card = own_person(request, person_id)
    needs = screening.needs(request.actor, person_id, statuses=["open"])
    return render(request, f"{PAGES}/without_sharing.html", {"person": card, "needs": needs})


@require_GET
@wants(Action.SEE_PEOPLE)
def agreements(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Everything the person ever said to us about sharing."""
    card = own_person(request, person_id)
    names = {"person": card.first, "discloser": request.actor.organization_name}
    said = [
        sharing.sentence(each, at=now(), **names) for each in selectors.consents(request.actor, person_id)
    ]
    context = {
        "person": card,
        "standing": [each for each in said if each.consent.in_force(now())],
        "ended": [each for each in said if not each.consent.in_force(now())],
    }
    return render(request, f"{PAGES}/agreements.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.RECORD_CONSENT)
def take_back(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The person takes it back: stop sharing, or these referrals too. Names the consequence first."""
    consent = selectors.consent(request.actor, consent_id)
    card = own_person(request, consent.person_id)
    standing = _standing_on(request.actor, consent)
    form = TakeBackForm(
        request.POST if request.method == "POST" else None, initial={"reach": "sharing"}, some=bool(standing)
    )
    if form.is_valid():
        with attempt(form) as done:
            services.revoke(
                actor=request.actor,
                consent_id=consent_id,
                these_referrals_too=form.cleaned_data.get("reach") == "referrals",
            )
        if done.worked:
            messages.success(request, _("You recorded that %(name)s took it back.") % {"name": card.first})
            return redirect("agreements", person_id=card.id)
    names = {"person": card.first, "discloser": request.actor.organization_name}
    context = {
        "person": card,
        "sentence": sharing.sentence(consent, at=now(), **names),
        "standing": standing,
        "form": form,
    }
    return render(request, f"{PAGES}/take_back.html", context, status=REFUSED if form.is_bound else 200)


def _form(request: StaffRequest, card: PersonCard) -> AgreementForm:
    needs = screening.needs(request.actor, card.id, statuses=["open"])
    wanted = [each for each in needs if each.wants_help != "no"] or needs
    data = request.POST if request.method == "POST" else None
    told = _told_by_service(request)
    return AgreementForm(wanted, _partners(request.actor), data, told_by_service=told)


def _told_by_service(request: StaffRequest) -> frozenset[str]:
    """What being sent to the service in the address gives away; nothing where none is named."""
    try:
        return told_by([], UUID(request.GET.get("service", "")))
    except (ValueError, NotVisible):
        return frozenset()


def _partners(actor: Actor) -> list[OrganizationCard]:
    """Who may be named: participants but us, and none that is kept out for people's safety."""
    return [
        each for each in organizations() if each.id != actor.organization_id and not each.is_victim_service
    ]


def _spoken(card: PersonCard) -> str:
    return card.language if card.language in ("en", "es") else "en"


def _terms(actor: Actor, form: AgreementForm) -> sharing.Terms:
    ids = form.chosen_recipients()
    return sharing.Terms(
        organization=actor.organization_name,
        topics=tuple(form.chosen_topics()),
        recipient_ids=tuple(ids),
        recipient_names=tuple(each.name for each in organizations(ids=ids)) if ids else (),
        ends_on=form.cleaned_data["ends_on"],
        reply=form.cleaned_data["reply"],
        sensitive=tuple(form.covered()),
    )


def _read_page(
    request: StaffRequest, card: PersonCard, form: AgreementForm, answer: AnswerForm
) -> HttpResponse:
    terms = _terms(request.actor, form)
    asked = [(name, value) for name in form.fields for value in _sent(request, name)]
    context: dict[str, Any] = {
        "person": card,
        "form": form,
        "answer": answer,
        "asked": asked,
        "english": sharing.read_aloud(terms, "en"),
        "spanish": sharing.read_aloud(terms, "es"),
        "needs_signature": bool(terms.sensitive),
    }
    status = REFUSED if answer.errors or form.errors else 200
    return render(request, f"{PAGES}/agree_read.html", context, status=status)


def _sent(request: StaffRequest, name: str) -> list[str]:
    return [str(each) for each in request.POST.getlist(name)]


def _record(actor: Actor, card: PersonCard, form: AgreementForm, answer: AnswerForm) -> None:
    language = answer.cleaned_data["language"]
    services.record_agreement(
        actor=actor,
        person_id=card.id,
        topics=form.chosen_topics(),
        recipient_class=form.cleaned_data["recipient_class"],
        recipient_ids=form.chosen_recipients(),
        covers_sensitivities=form.covered() if answer.cleaned_data["captured"] == "written" else [],
        captured=answer.cleaned_data["captured"],
        ends_at=_end_of(form.cleaned_data["ends_on"]),
        words_shown=" ".join(sharing.read_aloud(_terms(actor, form), language)),
        language=language,
        witness=answer.cleaned_data["witness"],
        reply=form.cleaned_data["reply"],
    )


def _end_of(day: Any) -> datetime:
    """The last moment of a day, in the network's time zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _declined(request: StaffRequest, card: PersonCard, topics: list[str]) -> HttpResponse:
    services.record_preference_not_to_share(actor=request.actor, person_id=card.id, topics=topics)
    messages.success(request, _("You recorded that %(name)s would rather not share.") % {"name": card.first})
    return redirect("without_sharing", person_id=card.id)


def _standing_on(actor: Actor, consent: ConsentCard) -> list[ReferralCard]:
    """Referrals that were sent on this agreement and still go on."""
    rows = [each for each in referrals.of_person(actor, consent.person_id) if each.side == "sender"]
    cards = referrals.referrals(actor, [each.id for each in rows if each.status != "draft"])
    return [each for each in cards if each.consent_id == consent.id and each.withdrawn_at is None]
