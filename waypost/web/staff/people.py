"""One's own people: the list, registering somebody, changing what is known."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.consent.selectors import waiting_count
from waypost.coordination import selectors as coordination
from waypost.coordination.cards import RequestRow
from waypost.coordination.services import take_request
from waypost.disclosure import gate
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.people import selectors as people
from waypost.people import services
from waypost.people.cards import Likeness, PersonCard, PersonRow
from waypost.screening.selectors import first_needs, open_counts
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged, words_of
from waypost.web.staff.forms.person import PersonForm, initial, initial_from_request
from waypost.web.staff.forms.ways import WayForm, shown_apart, way_forms, ways_are_valid, ways_of
from waypost.web.staff.nobody_here import names_people


@require_GET
@wants(Action.SEE_PEOPLE)
def people_list(request: StaffRequest) -> HttpResponse:
    """Work list: own people by name, phone or birth date."""
    words = words_of(request)

    def read(number: int) -> tuple[list[PersonRow], int]:
        return people.find(request.actor, words=words, page=number)

    page = paged(read, number_of(request), size=people.PAGE)
    near = people.find_near(request.actor, words=words) if words and not page.paginator.count else []
    listed = near or list(page.object_list)
    ids = [row.id for row in listed]
    counts, first = open_counts(request.actor, ids), first_needs(request.actor, ids)
    rows = [(row, counts.get(row.id, 0), first.get(row.id, "")) for row in listed]
    papers = waiting_count(request.actor) if may(request.actor.role, Action.VERIFY_FORM) else 0
    found = {"page": page, "rows": rows, "words": words, "near": bool(near)}
    context = {**found, "papers": papers, **_ways(request)}
    return render(request, "web/staff/people/list.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_PEOPLE)
@names_people
def person_new(request: StaffRequest) -> HttpResponse:
    """Register somebody, after a look for likely duplicates; take the request that led here."""
    asked = _request(request)
    if request.method != "POST":
        first = initial_from_request(asked.person_name, asked.phone, asked.language) if asked else {}
        return _new_page(request, PersonForm(initial=first), way_forms(None, []), asked)
    if "same" in request.POST and asked:
        return _same_person(request, asked)
    form, ways = PersonForm(request.POST), way_forms(request.POST, [])
    if not form.is_valid() or not ways_are_valid(ways, form):
        return _new_page(request, form, ways, asked)
    alike = [] if request.POST.get("confirm") == "yes" else _alike(request, form)
    if alike:
        return _new_page(request, form, ways, asked, alike)
    with attempt(form) as done:
        contacts = [*form.contacts(), *ways_of(ways)]
        person_id = services.register(actor=request.actor, identity=form.identity(), contacts=contacts)
        if asked:
            take_request(actor=request.actor, request_id=asked.id, person_id=person_id)
    if not done.worked:
        return _new_page(request, form, ways, asked)
    messages.success(request, _("You registered %(name)s.") % {"name": _name(form)})
    return redirect("person", person_id=person_id)


@require_http_methods(["GET", "POST"])
@wants(Action.EDIT_PEOPLE)
def person_change(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Correct who somebody is and how to reach them."""
    card = own_person(request, person_id)
    sent = request.POST if request.method == "POST" else None
    form, ways = PersonForm(sent, initial=initial(card)), way_forms(sent, shown_apart(card))
    if form.is_valid() and ways_are_valid(ways, form):
        with attempt(form) as done:
            services.change(
                actor=request.actor,
                person_id=person_id,
                identity=form.identity(),
                contacts=[*form.contacts(card), *ways_of(ways)],
            )
        if done.worked:
            messages.success(request, _("You changed the details of %(name)s.") % {"name": _name(form)})
            return redirect("person", person_id=person_id)
    status = REFUSED if form.is_bound else 200
    context = {"form": form, "ways": ways, "person": card}
    return render(request, "web/staff/people/change.html", context, status=status)


def _ways(request: StaffRequest) -> dict[str, bool]:
    return {"emergency_too": may(request.actor.role, Action.OPEN_EMERGENCY)}


def own_person(request: StaffRequest, person_id: UUID) -> PersonCard:
    """Open the record of an own person; somebody else's answers 404, since it cannot be changed here."""
    grant = gate.open_record(request.actor, person_id)
    card = people.person(request.actor, grant, person_id)
    if not card.own:
        raise NotVisible
    return card


def _request(request: StaffRequest) -> RequestRow | None:
    typed = request.GET.get("request", "")
    if not typed:
        return None
    try:
        return coordination.request(request.actor, UUID(typed))
    except ValueError as wrong:
        raise NotVisible from wrong


def _same_person(request: StaffRequest, asked: RequestRow) -> HttpResponse:
    try:
        person_id = UUID(request.POST["same"])
    except ValueError as wrong:
        raise NotVisible from wrong
    with attempt() as done:
        take_request(actor=request.actor, request_id=asked.id, person_id=person_id)
    if done.refusal:
        messages.error(request, done.refusal)
    return redirect("person", person_id=person_id)


def _alike(request: StaffRequest, form: PersonForm) -> list[Likeness]:
    typed = form.identity()
    return people.likely_duplicates(
        request.actor,
        given_name=typed.given_name,
        family_name=typed.family_name,
        birth_date=typed.birth_date,
        phone=form.cleaned_data["phone"],
    )


def _new_page(
    request: StaffRequest,
    form: PersonForm,
    ways: list[WayForm],
    asked: RequestRow | None,
    alike: list[Likeness] | None = None,
) -> HttpResponse:
    reasons = {
        "name": _("same name"),
        "similar_name": _("similar name"),
        "birth_date": _("same birth date"),
        "phone": _("same phone"),
    }
    shown = [(each.person, ", ".join(reasons[code] for code in each.reasons)) for each in alike or []]
    context = {"form": form, "ways": ways, "asked": asked, "alike": shown}
    status = REFUSED if form.is_bound else 200
    return render(request, "web/staff/people/new.html", context, status=status)


def _name(form: PersonForm) -> str:
    typed = form.cleaned_data
    return f"{typed['given_name']} {typed['family_name']}".strip()
