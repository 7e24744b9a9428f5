"""No service is known: ask whoever looks after the directory to find one, and see what came of it."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory.selectors import gaps as selectors
from waypost.directory.selectors import need_categories
from waypost.directory.services import gaps as services
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.finding.looking import looking_for
from waypost.web.presenting import LANGUAGES, language_choices
from waypost.web.staff.kept import directory_tabs, tell


@require_safe
@wants(Action.NOTE_LISTING)
def gaps(request: StaffRequest) -> HttpResponse:
    """What one's organization asked for, and what came of it."""
    closed = "closed" in request.GET
    context = {
        "rows": selectors.gaps(request.actor, closed=closed),
        "closed": closed,
        "tabs": directory_tabs(request.actor, "gaps"),
    }
    return render(request, "web/staff/kept/gaps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.NOTE_LISTING)
def gap_new(request: StaffRequest) -> HttpResponse:
    """Ask; filled in from the search that found nothing."""
    looking = looking_for(request)
    gap = services.Gap(looking.need, looking.place, looking.language)
    refusal = ""
    if request.method == "POST":
        gap = _typed(request.POST)
        with attempt() as tried:
            services.ask_to_find(actor=request.actor, gap=gap)
        if tried.worked:
            tell(request, "", _("Asked. The answer will stand on this page."))
            return redirect("gaps")
        refusal = tried.refusal
    context = {
        "gap": gap,
        "refusal": refusal,
        "needs": need_categories()[1:],
        "languages": language_choices()[:-1],
    }
    return render(request, "web/staff/kept/gap_new.html", context, status=REFUSED if refusal else None)


def _typed(given: QueryDict) -> services.Gap:
    language = given.get("language", "")
    return services.Gap(
        need=given.get("need", ""),
        place=given.get("place", ""),
        language=language if language in LANGUAGES else "",
        words=given.get("words", ""),
    )


@require_POST
@wants(Action.NOTE_LISTING)
def gap_close(request: StaffRequest, gap_id: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    with attempt() as tried:
        services.close_gap(actor=request.actor, gap_id=gap_id)
    tell(request, tried.refusal, _("The request is closed."))
    return redirect("upkeep_unmet" if "upkeep" in request.POST else "gaps")
