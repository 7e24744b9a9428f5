"""Screening: choose a questionnaire, ask, and see which needs it found; read it again later."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.network.roles import Action, may
from waypost.people.cards import PersonCard
from waypost.screening import selectors, services
from waypost.screening.cards import SavedScreening
from waypost.screening.words import AnswersRefused, mode_name
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED
from waypost.web.presenting import language_name
from waypost.web.staff.forms.screening import MODE, ScreeningForm, laid_out
from waypost.web.staff.people import own_person


@require_GET
@wants(Action.SCREEN)
def screen(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Choose what to ask."""
    card = own_person(request, person_id)
    earlier = selectors.responses(request.actor, person_id)
    context = {
        "person": card,
        "instruments": selectors.instruments(),
        "earlier": earlier,
        "may_share": may(request.actor.role, Action.RECORD_CONSENT),
    }
    return render(request, "web/staff/people/screen.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.SCREEN)
def screen_with(request: StaffRequest, person_id: UUID, instrument_id: UUID) -> HttpResponse:
    """Ask the questions of one instrument."""
    card = own_person(request, person_id)
    instrument = selectors.instrument(instrument_id, language=_language(request, card))
    form = ScreeningForm(instrument, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            saved = services.save_response(
                actor=request.actor,
                person_id=person_id,
                instrument_id=instrument_id,
                answers=form.answers(),
                mode=form.cleaned_data[MODE],
                language=instrument.language,
            )
        except AnswersRefused as refused:
            form.show(refused)
        else:
            messages.success(request, found_words(saved))
            return redirect("person", person_id=person_id)
    context = {
        "person": card,
        "instrument": instrument,
        "form": form,
        "mode": form[MODE],
        "sections": laid_out(form),
        "languages": [(code, language_name(code)) for code in instrument.languages],
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "web/staff/people/screen_with.html", context, status=status)


@require_GET
@wants(Action.SCREEN)
def screening_seen(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """One screening with what was answered."""
    response = selectors.response(request.actor, response_id)
    card = own_person(request, response.row.person_id)
    context = {"person": card, "response": response, "mode": mode_name(response.row.mode)}
    return render(request, "web/staff/people/screening.html", context)


def found_words(saved: SavedScreening) -> str:
    """What the screening found."""
    found, kept = len(saved.found), len(saved.kept)
    if not found and not kept:
        return _("The screening is saved. It found no needs.")
    words = ngettext("You found %(count)d need.", "You found %(count)d needs.", found) % {"count": found}
    if not found:
        words = _("The screening is saved. It found nothing new.")
    if kept:
        more = ngettext("%(count)d was known already.", "%(count)d were known already.", kept)
        words = f"{words} {more % {'count': kept}}"
    return words


def _language(request: StaffRequest, card: PersonCard) -> str:
    """As chosen on the page; else the person's own, else the reader's."""
    return request.GET.get("language", "")[:20] or card.language or get_language() or "en"
