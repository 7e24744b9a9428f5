"""Asking about sharing: choose what is asked, read it aloud, record the answer, or a no."""

from dataclasses import dataclass
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
from waypost.consent.services import Paper, Part
from waypost.disclosure.instruments import instruments, wants_signature
from waypost.disclosure.rules.facts import TPO
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.cards import OrganizationCard
from waypost.network.roles import Action
from waypost.network.selectors import organization, organizations
from waypost.people.cards import PersonCard
from waypost.referrals.basis import told_by
from waypost.screening import selectors as screening
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.staff import form_words, sharing
from waypost.web.staff.forms.consents import AgreementForm
from waypost.web.staff.forms.papers import AnswerForm
from waypost.web.staff.people import own_person

PAGES = "web/staff/people"
STRICT = frozenset({"part2_program", "school"})  # whose answer is only lawful where a signed form names them


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, with whom it concerns: from it come the words and the instruments."""

    terms: form_words.Terms
    recipients: tuple[OrganizationCard, ...]
    tellers: tuple[OrganizationCard, ...]
    status: str

    @property
    def named(self) -> bool:
        """Whether the recipients are named one by one."""
        return bool(self.recipients)

    def wanted(self, *, back: bool = False, purposes: frozenset[str] | None = None) -> frozenset[str]:
        """The instruments of one direction."""
        statuses = [each.legal_status for each in self.tellers] if back else [self.status]
        aims = frozenset(self.terms.purposes) if purposes is None else purposes
        return instruments(statuses, purposes=aims, sensitive=self.terms.sensitive, named=self.named or back)

    @property
    def needs_signature(self) -> bool:
        """Whether a spoken yes serves nothing at all, beyond leaving sensitive matters out."""
        ways = [self.wanted(), *([self.wanted(back=True)] if self.tellers else [])]
        return any(wants_signature(each - ({"written"} if self.terms.sensitive else set())) for each in ways)


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
    answering = step == "agrees"
    answer = AnswerForm(
        request.POST if answering else None,
        request.FILES if answering else None,
        age=card.age,
        initial={"language": _spoken(card)},
    )
    if answer.is_valid():
        with attempt(answer) as done:
            made = _record(request.actor, card, form, answer)
        if done.worked:
            messages.success(request, _("You recorded what %(name)s agreed to.") % {"name": card.first})
            kept = consent(request.actor, made).form_id
            page = reverse("agreement", args=[kept]) if answer.cleaned_data["captured"] != "spoken" else ""
            return HttpResponseRedirect(_way_back(request) or page or reverse("person", args=[person_id]))
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


def _wish(actor: Actor, form: AgreementForm) -> Wish:
    """Named recipients whose answer wants a signed form become tellers, where answers are wanted."""
    recipients = tuple(organizations(ids=form.chosen_recipients())) if form.chosen_recipients() else ()
    reply = form.cleaned_data["reply"]
    asked = set(form.chosen_tellers())
    strict = {each.id for each in recipients if reply and each.legal_status in STRICT}
    tellers = tuple(organizations(ids=asked | strict)) if asked | strict else ()
    status = organization(actor.organization).legal_status
    everybody = {status, *(each.legal_status for each in (*recipients, *tellers))}
    terms = form_words.Terms(
        organization=actor.organization_name,
        topics=tuple(form.chosen_topics()),
        recipient_ids=tuple(each.id for each in recipients),
        recipient_names=tuple(each.name for each in recipients),
        ends_on=form.cleaned_data["ends_on"],
        reply=reply,
        sensitive=tuple(form.covered()),
        tellers=tuple(each.name for each in tellers if each.id in asked),
        purposes=tuple(form.chosen_purposes()),
        program="part2_program" in everybody,
    )
    return Wish(terms, recipients, tellers, status)


def _read_page(
    request: StaffRequest, card: PersonCard, form: AgreementForm, answer: AnswerForm
) -> HttpResponse:
    wish = _wish(request.actor, form)
    asked = [(name, value) for name in form.fields for value in _sent(request, name)]
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


def _record(actor: Actor, card: PersonCard, form: AgreementForm, answer: AnswerForm) -> UUID:
    wish = _wish(actor, form)
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
        parts=_parts(actor, wish, form.cleaned_data["recipient_class"], signed=signed),
        paper=paper,
        ends_at=_end_of(form.cleaned_data["ends_on"]),
    )
    return made[0]


def _parts(actor: Actor, wish: Wish, recipient_class: str, *, signed: bool) -> list[Part]:
    """One instrument a direction, and one for what is not care: each is taken back on its own."""
    terms = wish.terms
    care = frozenset(terms.purposes) & TPO
    other = frozenset(terms.purposes) - TPO
    covers = frozenset(terms.sensitive) if signed else frozenset()
    topics = frozenset(terms.topics)

    def uses(found: frozenset[str]) -> frozenset[str]:
        return found | {"written"} if signed else frozenset({"consent"})

    parts = [
        Part(
            topics=topics,
            recipient_class=recipient_class,
            recipients=terms.recipient_ids,
            covers=covers,
            purposes=purposes,
            reply=terms.reply and purposes == care,
            wanted=uses(wish.wanted(purposes=purposes)),
        )
        for purposes in (care, other)
        if purposes
    ]
    if wish.tellers:
        parts.append(
            Part(
                topics=topics,
                recipient_class="named",
                recipients=(actor.organization,),
                disclosers=tuple(each.id for each in wish.tellers),
                covers=covers,
                purposes=care or other,
                reply=False,
                wanted=uses(wish.wanted(back=True, purposes=care or other)),
            )
        )
    return parts


def _end_of(day: Any) -> datetime:
    """The last moment of a day, in the network's time zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _declined(request: StaffRequest, card: PersonCard, topics: list[str]) -> HttpResponse:
    services.record_preference_not_to_share(actor=request.actor, person_id=card.id, topics=topics)
    messages.success(request, _("You recorded that %(name)s would rather not share.") % {"name": card.first})
    page, on = reverse("without_sharing", args=[card.id]), _way_back(request)
    return redirect(f"{page}?{urlencode({'next': on})}" if on else page)
