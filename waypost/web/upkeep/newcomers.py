"""People without an account who ask for a listing: call the listed number, let them in or say why not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory import services
from waypost.directory.choices import NewcomerStatus
from waypost.directory.selectors import NewcomerCard, newcomer, newcomer_offer
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.presenting import Tag
from waypost.web.upkeep.tabs import tabs

KINDS = {"asked": "wait", "proved": "good", "invited": "good", "refused": "stop"}


def newcomer_tag(card: NewcomerCard) -> Tag:
    """How the request stands."""
    return Tag(KINDS[card.status], str(NewcomerStatus(card.status).label))


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def one(request: StaffRequest, newcomer_id: UUID) -> HttpResponse:
    """Who asks, and what is known; the answer goes to them by e-mail."""
    card, refusal = newcomer(newcomer_id), ""
    if request.method == "POST":
        answer = _answer(request)
        let_in = answer.let_in
        with attempt() as done:
            services.answer_newcomer(actor=request.actor, newcomer_id=newcomer_id, answer=answer)
        if done.worked:
            said = _("%(name)s is let in.") if let_in else _("You refused. %(name)s reads why.")
            messages.success(request, said % {"name": card.name})
            return redirect("upkeep_newcomer", newcomer_id)
        refusal = done.refusal
    context = {
        "tabs": tabs(request.actor.role, "upkeep_claims"),
        "card": card,
        "tag": newcomer_tag(card),
        "offered": newcomer_offer(card.organization_id),
        "refusal": refusal,
        "typed": request.POST.get("words", ""),
        "email": request.POST.get("email", card.email),
        "chosen": request.POST.get("participant", request.GET.get("participant", "")),
        "may_set_up": may(request.actor.role, Action.SET_UP_NETWORK),
        "participants": [(str(each.id), each.name) for each in organizations() if each.kind != "integrator"],
    }
    return render(request, "web/upkeep/newcomer.html", context, status=REFUSED if refusal else 200)


def _answer(request: StaffRequest) -> services.NewcomerAnswer:
    chosen = request.POST.get("participant", "")
    known = {str(each.id): each.id for each in organizations()}
    return services.NewcomerAnswer(
        let_in=request.POST.get("decision") == "let_in",
        words=request.POST.get("words", "")[:2000],
        participant_id=known.get(chosen),
        email=request.POST.get("email", "")[:254],
    )


@require_POST
@wants(Action.KEEP_DIRECTORY)
def called(request: StaffRequest, newcomer_id: UUID) -> HttpResponse:
    """Whoever answered the listed number knows them."""
    card = newcomer(newcomer_id)
    with attempt() as done:
        services.record_newcomer_call(actor=request.actor, newcomer_id=newcomer_id)
    if done.worked:
        messages.success(request, _("Noted: %(name)s speaks for them.") % {"name": card.name})
    else:
        messages.error(request, done.refusal)
    return redirect("upkeep_newcomer", newcomer_id)
