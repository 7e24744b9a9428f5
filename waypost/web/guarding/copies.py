"""Copies of whole records: taken in, extended, made, downloaded, handed over."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.guarding import machine
from waypost.guarding.cards import CopyCard
from waypost.guarding.selectors import copies as selectors
from waypost.guarding.services import copies as services
from waypost.guarding.words import copy_status
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.web.access import StaffRequest, ask_again_who_it_is, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.guarding.forms_copies import CopyForm, WordsForm
from waypost.web.jobs import make_copy
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag
from waypost.web.staff.people import own_person

TAKERS = (Action.EDIT_PEOPLE, Action.GUARD_PRIVACY)


@require_http_methods(["GET", "POST"])
@wants(*TAKERS)
def copy_new(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Take in that somebody asks for everything that is kept about a person."""
    card = own_person(request, person_id)
    form = CopyForm(request.POST if request.method == "POST" else None, language=card.language)
    if form.is_valid():
        typed = form.cleaned_data
        with attempt(form) as done:
            made = services.take_in_copy(
                actor=request.actor,
                person_id=person_id,
                asked_on=typed["asked_on"],
                asked_by=typed["asked_by"] if typed["who"] != "person" else "",
                for_representative=typed["who"] == "parent",
                language=typed["language"],
            )
        if done.worked:
            messages.success(request, _("You took in the request. There are 30 days to answer it."))
            return redirect("copy", copy_id=made)
    status = REFUSED if form.is_bound else 200
    return render(request, "web/guarding/copy_new.html", {"form": form, "person": card}, status=status)


@require_GET
@wants(Action.GUARD_PRIVACY)
def copy_list(request: StaffRequest) -> HttpResponse:
    """What is still to be given, soonest due first."""
    show = "all" if request.GET.get("show") == "all" else ""

    def read(number: int) -> tuple[list[CopyCard], int]:
        return selectors.copies(request.actor, show=show, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    rows = [(each, Tag(*copy_status(each.status, late=each.late))) for each in page.object_list]
    return render(request, "web/guarding/copies.html", {"page": page, "rows": rows, "show": show})


@require_http_methods(["GET", "POST"])
@wants(*TAKERS)
def copy_page(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """One request, and what can be done with it: more time, handing over, taking back."""
    card = _seen(request, copy_id)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with attempt(form) as done:
            move = _moves().get(request.POST.get("do", ""), _nothing)
            said = move(request, copy_id, form.cleaned_data["words"])
        if done.worked:
            messages.success(request, said)
            return redirect("copy", copy_id=copy_id)
    context = {
        "card": card,
        "tag": Tag(*copy_status(card.status, late=card.late)),
        "form": form,
        "may_make": card.status in (machine.ASKED, machine.MADE, machine.HANDED),
        "may_extend": card.status == machine.ASKED and not card.extended_on and today() <= card.due_on,
        "may_end": card.status == machine.MADE,
        "may_withdraw": card.status in (machine.ASKED, machine.MADE),
        "guards": may(request.actor.role, Action.GUARD_PRIVACY),
    }
    return render(request, "web/guarding/copy.html", context, status=REFUSED if form.is_bound else 200)


Move = Callable[[StaffRequest, UUID, str], str]


def _moves() -> dict[str, Move]:
    return {"extend": _extend, "hand_over": _hand_over, "withdraw": _withdraw}


def _nothing(request: StaffRequest, copy_id: UUID, words: str) -> str:
    raise NotVisible


def _extend(request: StaffRequest, copy_id: UUID, words: str) -> str:
    services.extend_copy(actor=request.actor, copy_id=copy_id, words=words)
    return _("You have 30 more days. Tell the person in writing why, and by when.")


def _hand_over(request: StaffRequest, copy_id: UUID, words: str) -> str:
    services.hand_over_copy(actor=request.actor, copy_id=copy_id, how=words)
    return _("You wrote down that the copy was handed over.")


def _withdraw(request: StaffRequest, copy_id: UUID, words: str) -> str:
    services.withdraw_copy(actor=request.actor, copy_id=copy_id, words=words)
    return _("You wrote down that the copy is not wanted any more.")


@require_POST
@wants(*TAKERS)
def copy_make(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """Let the worker make the files."""
    _seen(request, copy_id)
    ask_again_who_it_is(request)
    with attempt() as done:
        services.begin_copy(actor=request.actor, copy_id=copy_id)
        make_copy.defer(copy_id=str(copy_id))
    if done.worked:
        messages.success(request, _("The copy is being made. Open this page again in a moment."))
    else:
        messages.error(request, done.refusal)
    return redirect("copy", copy_id=copy_id)


@require_GET
@wants(*TAKERS)
def copy_json(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """The copy for programs."""
    return _file(request, copy_id, "json", "application/json")


@require_GET
@wants(*TAKERS)
def copy_pdf(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """The copy to read and print."""
    return _file(request, copy_id, "pdf", "application/pdf")


def _file(request: StaffRequest, copy_id: UUID, form: str, kind: str) -> HttpResponse:
    _seen(request, copy_id)
    ask_again_who_it_is(request)
    content, reference = services.copy_file(actor=request.actor, copy_id=copy_id, form=form)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="record-{reference}.{form}"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _seen(request: StaffRequest, copy_id: UUID) -> CopyCard:
    """For whoever guards privacy, and for the worker who took it in."""
    card = selectors.copy(request.actor, copy_id)
    if not may(request.actor.role, Action.GUARD_PRIVACY) and card.taken_by != request.actor.user_id:
        raise NotVisible
    return card
