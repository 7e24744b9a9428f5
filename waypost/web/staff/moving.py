"""What either side does on a referral: moves, reports, taking the person into own records."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.disclosure import gate
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.people import selectors as people
from waypost.people.cards import Likeness
from waypost.referrals import services
from waypost.referrals.cards import ReferralCard
from waypost.referrals.choices import Fact
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.move_words import words_of
from waypost.web.staff.forms_referrals.moves import MoveForm
from waypost.web.staff.forms_referrals.outcome import PartnerForm, PersonForm
from waypost.web.staff.forms_referrals.take import TakeForm
from waypost.web.staff.referral import View, look_or_leave, page, said_form

BOTH = (Action.SEND_REFERRAL, Action.ANSWER_REFERRAL)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(*BOTH)
def move(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """One move: at once from its button, or from a page of its own where a reason is asked."""
    view = look_or_leave(request, referral_id, acts=True)
    if isinstance(view, HttpResponse):
        return view
    given = request.POST if request.method == "POST" else request.GET
    name = given.get("move", "")
    words = words_of(view.card, name)
    if words is None:
        return redirect("referral", referral_id)
    form = MoveForm(request.POST if request.method == "POST" else None, move=name)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            services.move(
                actor=request.actor,
                referral_id=referral_id,
                name=name,
                reason=form.cleaned_data.get("reason", ""),
                words=form.cleaned_data["words"],
            )
        if tried.worked:
            _say(request, view, str(words.done), undo=name != "mistake")
            return redirect("referral", referral_id)
        if name not in view.card.moves:
            return page(request, view, refusal=tried.refusal)
    if name not in view.card.moves:
        refusal = _("This is not possible any more: somebody may have been quicker.")
        return page(request, view, refusal=refusal)
    names = {"other": view.other, "person": view.person}
    context = {
        "view": view,
        "row": view.card.row,
        "form": form,
        "title": str(words.title or words.button) % names,
        "what_follows": str(words.what_follows) % names,
        "button": str(words.button),
        "stops": name in {"cancel", "mistake"},
    }
    return render(request, "web/staff/referrals/move.html", context, status=REFUSED if form.errors else None)


def _say(request: StaffRequest, view: View, words: str, *, undo: bool) -> None:
    tags = f"undo:{reverse('referral_undo', args=[view.card.row.id])}" if undo else ""
    messages.success(request, words % {"other": view.other, "person": view.person}, extra_tags=tags)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(*BOTH)
def report(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """What happened: the service says so, or the sender writes down what the person says."""
    view = look_or_leave(request, referral_id, acts=True)
    if isinstance(view, HttpResponse):
        return view
    form = _report_form(request, view)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            for each in form.reports():
                services.report(
                    actor=request.actor,
                    referral_id=referral_id,
                    fact=each.fact,
                    source=each.source,
                    why=each.why,
                    words=each.words,
                    scheduled_for=each.scheduled_for,
                )
        if tried.worked:
            done = _("You wrote down what happened.") if view.mine else _("You told %(other)s what happened.")
            _say(request, view, done, undo=False)
            return redirect("referral", referral_id)
    context = {
        "view": view,
        "row": view.card.row,
        "form": form,
        "dated": not view.mine and "why" not in form.fields,
    }
    return render(
        request, "web/staff/referrals/report.html", context, status=REFUSED if form.errors else None
    )


def _report_form(request: StaffRequest, view: View) -> PartnerForm | PersonForm:
    data = request.POST if request.method == "POST" else None
    if view.mine:
        return said_form(view, data)
    wanted = request.GET.get("only", "")
    return PartnerForm(
        data, person=view.person, sender=view.other, only=wanted if wanted == Fact.SCHEDULED else ""
    )


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.ANSWER_REFERRAL)
def take(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Take the person into one's own records: a new record, or one that is there already."""
    view = look_or_leave(request, referral_id)
    if isinstance(view, HttpResponse):
        return view
    if view.mine:
        raise NotVisible
    if view.card.recipient_person_id is not None or not view.card.shared:
        return redirect("referral", referral_id)
    likely = _likely(request, view.card)
    form = TakeForm(request.POST if request.method == "POST" else None, likely=likely, person=view.person)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            services.take_into_records(actor=request.actor, referral_id=referral_id, person_id=form.chosen())
        if tried.worked:
            _say(request, view, _("You took %(person)s into your own records."), undo=False)
            return redirect("referral", referral_id)
    context = {"view": view, "row": view.card.row, "form": form, "likely": likely}
    return render(request, "web/staff/referrals/take.html", context, status=REFUSED if form.errors else None)


def _likely(request: StaffRequest, card: ReferralCard) -> list[Likeness]:
    """Own people who may be the one who was referred."""
    told = card.shared
    found = people.likely_duplicates(
        request.actor,
        given_name=str(told.get("given_name", "")),
        family_name=str(told.get("family_name", "")),
        birth_date=None,
        phone=str(told.get("phone", "")),
    )
    gate.scope(request.actor, [each.person.id for each in found], purpose="duplicates")
    return found
