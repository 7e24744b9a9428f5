"""Asking about sharing: choose what is asked, read it aloud, record the answer, or a no."""

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.consent import services
from waypost.consent.selectors import consent
from waypost.consent.services import Paper
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.cards import OrganizationCard
from waypost.network.roles import Action
from waypost.network.selectors import organizations
from waypost.people.cards import PersonCard
from waypost.referrals.basis import told_by
from waypost.screening import selectors as screening
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.staff import form_words, sharing
from waypost.web.staff.forms.consents import AgreementForm
from waypost.web.staff.forms.each import EachForm, each_form, hidden
from waypost.web.staff.forms.papers import AnswerForm
from waypost.web.staff.people import own_person
from waypost.web.staff.wishes import parts_of, wish_of

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
    each = each_form(form, organizations(ids=form.chosen_recipients()), request.POST)
    if not all(one.is_bound and one.is_valid() for one in each):
        return _each_page(request, card, form, each)
    answering = step == "agrees"
    answer = AnswerForm(
        request.POST if answering else None,
        request.FILES if answering else None,
        age=card.age,
        initial={"language": _spoken(card)},
    )
    if answer.is_valid():
        with attempt(answer) as done:
            made = _record(request.actor, card, form, each, answer)
        if done.worked:
            messages.success(request, _("You recorded what %(name)s agreed to.") % {"name": card.first})
            kept = consent(request.actor, made).form_id
            page = reverse("agreement", args=[kept]) if answer.cleaned_data["captured"] != "spoken" else ""
            return HttpResponseRedirect(_way_back(request) or page or reverse("person", args=[person_id]))
    return _read_page(request, card, form, each, answer)


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
    context = {"person": card, "needs": needs, "on": _way_back(request)}
    return render(request, f"{PAGES}/without_sharing.html", context)


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
    return card.language if card.language in form_words.LANGUAGES else "en"


def _each_page(
    request: StaffRequest, card: PersonCard, form: AgreementForm, each: list[EachForm]
) -> HttpResponse:
    """What each organization may be told, what for, and whether it may answer."""
    wrong = next((one for one in each if one.errors), None)
    context = {"person": card, "each": each, "wrong": wrong, "asked": _asked(request, form)}
    status = REFUSED if wrong else 200
    return render(request, f"{PAGES}/agree_each.html", context, status=status)


def _asked(request: StaffRequest, form: AgreementForm) -> list[tuple[str, str]]:
    return [(name, value) for name in form.fields for value in _sent(request, name)]


def _read_page(
    request: StaffRequest, card: PersonCard, form: AgreementForm, each: list[EachForm], answer: AnswerForm
) -> HttpResponse:
    wish = wish_of(request.actor, form, each)
    asked = [*_asked(request, form), *hidden(each, request.POST)]
    words = {
        language: (form_words.read_aloud(wish.terms, language), _more(wish.terms, language))
        for language in form_words.LANGUAGES
    }
    context: dict[str, Any] = {
        "person": card,
        "form": form,
        "answer": answer,
        "asked": asked,
        "english": words["en"][0],
        "english_signed": words["en"][1],
        "spanish": words["es"][0],
        "spanish_signed": words["es"][1],
        "sensitive": bool(wish.terms.sensitive),
        "needs_signature": wish.needs_signature,
    }
    status = REFUSED if answer.errors or form.errors else 200
    return render(request, f"{PAGES}/agree_read.html", context, status=status)


def _more(terms: form_words.Terms, language: str) -> list[str]:
    """The sentences that a signature adds."""
    spoken = set(form_words.read_aloud(terms, language))
    return [each for each in form_words.read_aloud(terms, language, signed=True) if each not in spoken]


def _sent(request: StaffRequest, name: str) -> list[str]:
    return [str(each) for each in request.POST.getlist(name)]


def _record(
    actor: Actor, card: PersonCard, form: AgreementForm, each: list[EachForm], answer: AnswerForm
) -> UUID:
    wish = wish_of(actor, form, each)
    given = answer.cleaned_data
    signed = given["captured"] != "spoken"
    if wish.needs_signature and not signed:
        raise Refused(_("For this, a spoken yes is not enough. It needs a signature."), field="captured")
    words = form_words.read_aloud(wish.terms, given["language"], signed=signed)
    paper = Paper(
        captured=given["captured"],
        words_shown=" ".join(words),
        language=given["language"],
        version=form_words.VERSION,
        statements=form_words.statements(wish.terms) if signed else frozenset(),
        witness=given["witness"],
        signed_by=given["signed_by"] if signed else "",
        representative=given["representative"],
        authority=given["authority"] if given["representative"] else "",
        alone_because=given.get("alone_because", ""),
        minor_signed_by=given.get("minor_signed_by", "") if signed else "",
        identity_checked=given["identity_checked"],
        file=answer.file(),
    )
    made = services.record_form(
        actor=actor,
        person_id=card.id,
        parts=parts_of(actor, wish, form.cleaned_data["recipient_class"], signed=signed),
        paper=paper,
        ends_at=_end_of(form.cleaned_data["ends_on"]),
    )
    return made[0]


def _end_of(day: Any) -> datetime:
    """The last moment of a day, in the network's time zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _declined(request: StaffRequest, card: PersonCard, topics: list[str]) -> HttpResponse:
    services.record_preference_not_to_share(actor=request.actor, person_id=card.id, topics=topics)
    messages.success(request, _("You recorded that %(name)s would rather not share.") % {"name": card.first})
    page, on = reverse("without_sharing", args=[card.id]), _way_back(request)
    return redirect(f"{page}?{urlencode({'next': on})}" if on else page)
