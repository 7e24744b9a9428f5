"""The one-page training; who was invited begins to work for the organization by passing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.accounts import training as pages
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.network.invited import invitation_of
from waypost.network.services import accept
from waypost.web import parked
from waypost.web.access import for_whoever_signed_in
from waypost.web.attempts import REFUSED, attempt
from waypost.web.doors import ORGANIZATION
from waypost.web.members.joining import JOINING


@for_whoever_signed_in
@require_http_methods(["GET", "POST"])
def training(request: HttpRequest) -> HttpResponse:
    """Read, answer three questions, and go on."""
    language = get_language() or "en"
    page, myself = pages.current_page(language), _myself(request)
    answers = {each.key: request.POST.get(each.key, "") for each in page.questions}
    wrong, refusal = [], ""
    with acting(myself):
        standing = pages.standing(myself.user_id) if myself.user_id else None
    counts = bool(standing and standing.counts(today()))
    if request.method == "POST":
        wrong = [] if counts else pages.wrong_answers(answers, language=language)
        if not wrong:
            refusal = _pass(request, myself, answers, language, counted=counts)
            if not refusal:
                return _go_on(request)
    context = {
        "page": page,
        "questions": [(each, answers[each.key], each in wrong) for each in page.questions],
        "wrong": wrong,
        "standing": standing,
        "counts": counts,
        "joining": _invited(request),
        "refusal": refusal,
        "next": request.GET.get("next", ""),
    }
    return render(request, "web/members/training.html", context, status=REFUSED if wrong or refusal else 200)


def _pass(
    request: HttpRequest, myself: Actor, answers: dict[str, str], language: str, *, counted: bool
) -> str:
    """Write the training down, and open the account that waited for it; the words of a refusal."""
    with acting(myself), attempt() as tried:
        if not counted:
            pages.take(user_id=_id(myself), answers=answers, language=language)
        token = request.session.get(JOINING)
        if token:
            where = accept(actor=myself, token=token, email=request.user.email)  # type: ignore[union-attr]
            request.session[ORGANIZATION] = str(where)
    request.session.pop(JOINING, None)
    return tried.refusal


def _go_on(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Thank you. Your training is written down."))
    request.session.cycle_key()
    if parked.waiting(request) is not None:
        return redirect("resume")
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target if target.startswith("/") else "/home/")
    return redirect("home")


def _invited(request: HttpRequest) -> str:
    """The organization whose account opens after this page."""
    token = request.session.get(JOINING)
    card = invitation_of(token) if token else None
    return card.organization_name if card is not None else ""


def _myself(request: HttpRequest) -> Actor:
    user = request.user
    return Actor(
        user_id=user.pk,
        name=user.get_full_name(),  # type: ignore[union-attr]
        organization_id=None,
        organization_name="",
        role="",
    )


def _id(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise PermissionError("a training is taken by a user")
    return actor.user_id
