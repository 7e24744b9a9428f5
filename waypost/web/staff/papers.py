"""Signed papers: those that wait for a second pair of eyes, the look itself, and the file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.consent import selectors, services
from waypost.disclosure import gate
from waypost.kernel.clock import now
from waypost.network.roles import Action
from waypost.people import selectors as people
from waypost.web.access import StaffRequest, wants
from waypost.web.attachments import attachment
from waypost.web.attempts import REFUSED, attempt
from waypost.web.staff import sharing
from waypost.web.staff.forms.papers import CheckForm, authority_name
from waypost.web.staff.people import own_person


@require_GET
@wants(Action.VERIFY_FORM)
def papers(request: StaffRequest) -> HttpResponse:
    """Papers that nobody but their recorder has seen; oldest first."""
    forms = selectors.forms_waiting(request.actor)
    gate.scope(request.actor, {each.person_id for each in forms}, purpose="form_check")
    names = people.names(request.actor, [each.person_id for each in forms])
    mine = request.actor.user_id
    rows = [(each, names.get(each.person_id, ""), each.recorded_by_id == mine) for each in forms]
    return render(request, "web/staff/papers/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@wants(Action.VERIFY_FORM)
def paper_check(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """Look at a paper: confirm it element by element, or send it back. POST ``step``: "confirm", "back"."""
    paper = selectors.form(request.actor, form_id)
    card = own_person(request, paper.person_id)
    form = CheckForm(selectors.look_for(paper), request.POST if request.method == "POST" else None)
    if form.is_valid():
        back = request.POST.get("step") == "back"
        with attempt(form) as done:
            if back:
                services.send_form_back(
                    actor=request.actor, form_id=form_id, words=form.cleaned_data["words"]
                )
            else:
                services.confirm_form(
                    actor=request.actor, form_id=form_id, confirmed=form.cleaned_data["confirmed"]
                )
        if done.worked:
            words = (
                _("You sent the form back.") if back else _("You confirmed the form. It counts from now on.")
            )
            messages.success(request, words)
            return redirect("papers")
    names = {"person": card.first, "discloser": request.actor.organization_name}
    context = {
        "person": card,
        "paper": paper,
        "form": form,
        "said": [sharing.sentence(each, at=now(), **names) for each in paper.consents],
        "authority": authority_name(paper.authority),
        "own": paper.recorded_by_id == request.actor.user_id,
    }
    status = REFUSED if form.is_bound else 200
    return render(request, "web/staff/papers/check.html", context, status=status)


@require_GET
@wants(Action.VERIFY_FORM, Action.RECORD_CONSENT)
def paper_file(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """A kept scan or signature as a download: never shown by our own pages, logged each time."""
    own_person(request, selectors.person_of_file(request.actor, file_id))
    found = selectors.open_file(request.actor, file_id)
    return attachment(found.content, name=f"form-{found.form_id}", media=found.media)
