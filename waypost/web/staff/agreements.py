"""What a person said about sharing: the list, one form, its copy, taking back, and keeping somebody out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from waypost.consent import selectors, services
from waypost.consent.cards import ConsentCard, FormCard
from waypost.consent.words import element_name, instrument_name, law_of
from waypost.disclosure.words import purpose_name, topic_name
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.network.roles import Action, may
from waypost.network.selectors import members, organizations
from waypost.people.cards import PersonCard
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralCard
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paper.pdf import pdf_answer
from waypost.web.staff import form_words, sharing
from waypost.web.staff.forms.papers import BlockForm, TakeBackForm, authority_name
from waypost.web.staff.people import own_person

PAGES = "web/staff/people"


@require_GET
@wants(Action.SEE_PEOPLE)
def agreements(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Everything the person ever said to us about sharing."""
    card = own_person(request, person_id)
    names = {"person": card.first, "discloser": request.actor.organization_name}
    said = [
        sharing.sentence(each, at=now(), **names) for each in selectors.consents(request.actor, person_id)
    ]
    standing = [each for each in said if each.consent.in_force(now())]
    context = {
        "person": card,
        "standing": standing,
        "waiting": [each for each in said if each.consent.waits],
        "ended": [each for each in said if not each.consent.in_force(now()) and not each.consent.waits],
        "may_record": may(request.actor.role, Action.RECORD_CONSENT),
    }
    return render(request, f"{PAGES}/agreements.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.SEE_PEOPLE)
def agreement(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """One form: its words, who signed, each element. POST: the person has a copy now."""
    form = selectors.form(request.actor, form_id)
    card = own_person(request, form.person_id)
    if request.method == "POST":
        language = request.POST.get("language", "")
        services.give_copy(
            actor=request.actor,
            form_id=form_id,
            language=language if language in form_words.LANGUAGES else form.language,
        )
        messages.success(request, _("You recorded that %(name)s has a copy.") % {"name": card.first})
        return redirect("agreement", form_id=form_id)
    return render(request, f"{PAGES}/agreement.html", _about(request.actor, card, form))


@require_GET
@wants(Action.SEE_PEOPLE)
def agreement_copy(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """The copy for the person, in their language. ``language``; ``format=pdf``: a tagged PDF."""
    form = selectors.form(request.actor, form_id)
    card = own_person(request, form.person_id)
    language = request.GET.get("language", "")
    language = language if language in form_words.LANGUAGES else form.language
    with override(language if language in form_words.LANGUAGES else "en"):
        context = {**_about(request.actor, card, form), "language": language, "printed_on": now()}
        if request.GET.get("format") == "pdf":
            return pdf_answer(render_to_string("web/paper/agreement.html", context, request), "agreement")
        return render(request, f"{PAGES}/agreement_copy.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.RECORD_CONSENT)
def take_back(request: StaffRequest, consent_id: UUID) -> HttpResponse:
    """The person takes it back, whole or in part; these referrals too? Names the consequence first."""
    consent = selectors.consent(request.actor, consent_id)
    card = own_person(request, consent.person_id)
    standing = _standing_on(request.actor, consent)
    form = TakeBackForm(
        request.POST if request.method == "POST" else None,
        initial={"reach": "sharing"},
        some=bool(standing),
        **_parts_of(request.actor, consent, standing),
    )
    if form.is_valid():
        with attempt(form) as done:
            _take_back(request.actor, consent, form)
        if done.worked:
            words = (
                _("You recorded that %(name)s took a part of it back.")
                if form.partly
                else _("You recorded that %(name)s took it back.")
            )
            messages.success(request, words % {"name": card.first})
            return redirect("agreements", person_id=card.id)
    names = {"person": card.first, "discloser": request.actor.organization_name}
    context = {
        "person": card,
        "sentence": sharing.sentence(consent, at=now(), **names),
        "standing": standing,
        "form": form,
    }
    return render(request, f"{PAGES}/take_back.html", context, status=REFUSED if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@wants(Action.RECORD_CONSENT)
def keep_out(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The person wants an organization or a worker kept out."""
    card = own_person(request, person_id)
    form = BlockForm(*_may_be_kept_out(request.actor, person_id), request.POST or None)
    if form.is_valid():
        workers = [UUID(each) for each in form.cleaned_data["workers"]]
        with attempt(form) as done:
            services.block(
                actor=request.actor,
                person_id=person_id,
                organization_ids=[UUID(each) for each in form.cleaned_data["organizations"]],
                worker_ids=workers,
                these_referrals_too=form.cleaned_data["recall"],
            )
        if done.worked:
            messages.success(request, _("You recorded whom %(name)s wants kept out.") % {"name": card.first})
            if request.actor.user_id in workers:
                return redirect("people")
            return redirect("agreements", person_id=card.id)
    context = {"person": card, "form": form}
    return render(request, f"{PAGES}/keep_out.html", context, status=REFUSED if form.is_bound else 200)


def _about(actor: Actor, card: PersonCard, form: FormCard) -> dict[str, Any]:
    names = {"person": card.first, "discloser": actor.organization_name}
    return {
        "person": card,
        "paper": form,
        "said": [sharing.sentence(each, at=now(), **names) for each in form.consents],
        "authority": authority_name(form.authority),
        "instruments": [
            (
                instrument_name(use),
                law_of(use),
                [(element_name(code), there) for code, there in found.items()],
            )
            for use, found in form.elements.items()
        ],
        "organization": actor.organization_name,
        "actor": actor,
        "languages": [("en", _("English")), ("es", _("Spanish"))],
    }


def _take_back(actor: Actor, consent: ConsentCard, form: TakeBackForm) -> None:
    given = form.cleaned_data
    recall = given.get("reach") == "referrals"
    if not form.partly:
        services.revoke(actor=actor, consent_id=consent.id, these_referrals_too=recall)
        return
    services.take_back_part(
        actor=actor,
        consent_id=consent.id,
        topics=given.get("topics", []),
        organization_ids=[UUID(each) for each in given.get("organizations", [])],
        back=bool(given.get("back")),
        purposes=given.get("purposes", []),
        these_referrals_too=recall,
    )


def _parts_of(actor: Actor, consent: ConsentCard, standing: list[ReferralCard]) -> dict[str, Any]:
    """What of it may be taken back alone; nothing of a wish not to share, or of what waits for a look."""
    if not consent.agreed or not consent.in_force(now()):
        return {}
    ids = consent.recipient_ids - {actor.organization}
    if consent.recipient_class != "named":
        ids = frozenset(each.recipient_id for each in standing if each.recipient_id)
    named = [(str(each.id), each.name) for each in organizations(ids=ids)] if ids else []
    return {
        "topics": _several([(code, topic_name(code)) for code in sorted(consent.topics - sharing.GENERAL)]),
        "organizations": named if consent.recipient_class != "named" else _several(named),
        "purposes": _several([(code, purpose_name(code)) for code in sorted(consent.purposes)]),
        "back": consent.reply and actor.organization in consent.discloser_ids,
    }


def _several(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """These, where there is more than one: a part of one is the whole."""
    return choices if len(choices) > 1 else []


def _may_be_kept_out(actor: Actor, person_id: UUID) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Organizations of the network but ours; our own workers, and those where the person was sent."""
    others = [
        each for each in organizations() if each.id != actor.organization and not each.is_victim_service
    ]
    rows = [each for each in referrals.of_person(actor, person_id) if each.side == "sender"]
    cards = referrals.referrals(actor, [each.id for each in rows])
    reached = {each.recipient_id for each in cards if each.recipient_id}
    workers = [
        (str(each.user_id), f"{each.user_name} · {each.organization_name}")
        for organization_id in (actor.organization, *sorted(reached, key=str))
        for each in members(organization_id)
    ]
    return [(str(each.id), each.name) for each in others], workers


def _standing_on(actor: Actor, consent: ConsentCard) -> list[ReferralCard]:
    """Referrals that were sent on this agreement and still go on."""
    rows = [each for each in referrals.of_person(actor, consent.person_id) if each.side == "sender"]
    cards = referrals.referrals(actor, [each.id for each in rows if each.status != "draft"])
    return [each for each in cards if each.consent_id == consent.id and each.withdrawn_at is None]
