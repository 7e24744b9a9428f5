"""A list of words as a CSV file: out, and in again after a look at what it would change."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waypost.directory import services
from waypost.directory.choices import WordList
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.exports import csv_file
from waypost.web.upkeep.words.tabs import frame

MOST_BYTES = 1_000_000
SHOWN = 50
PAGES = {
    WordList.NEED.value: "words_needs",
    WordList.SYNONYM.value: "words_synonyms",
    WordList.CADENCE.value: "words_cadences",
}
HEADS = {
    WordList.NEED.value: services.NEED_HEAD,
    WordList.SYNONYM.value: services.SYNONYM_HEAD,
    WordList.CADENCE.value: services.CADENCE_HEAD,
}


@require_safe
@wants(Action.KEEP_DIRECTORY)
def words_download(request: StaffRequest) -> HttpResponse:
    """The whole list."""
    which = _which(request)
    tables = {
        WordList.NEED.value: services.needs_table,
        WordList.SYNONYM.value: services.synonyms_table,
        WordList.CADENCE.value: services.cadences_table,
    }
    return csv_file(f"waypost-{which}s", HEADS[which], tables[which]())


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def words_file(request: StaffRequest) -> HttpResponse:
    """Send a file in and see what it would change; say yes, and it does."""
    which = _which(request)
    text, plan, problem = "", None, ""
    if request.method == "POST":
        text, problem = _text(request)
        if text and request.POST.get("sure"):
            with attempt() as done:
                plan = services.change_by_file(actor=request.actor, which=which, text=text)
            if done.worked and plan is not None:
                said = _("%(added)s added or changed, %(removed)s taken away.")
                messages.success(request, said % {"added": len(plan.added), "removed": len(plan.removed)})
                return redirect(PAGES[which])
            problem = done.refusal
        elif text:
            plan = services.planned(which, text)
    context = frame(request, PAGES[which], which) | {
        "which": which,
        "title": WordList(which).label,
        "back": PAGES[which],
        "text": text,
        "plan": plan,
        "problem": problem,
        "shown": SHOWN,
        "head": HEADS[which],
        "whole": which != WordList.CADENCE,
    }
    wrong = problem or (plan and plan.problems)
    return render(request, "web/upkeep/words/file.html", context, status=REFUSED if wrong else 200)


def _which(request: StaffRequest) -> str:
    which = request.GET.get("list", "")
    if which not in PAGES:
        raise Http404
    return which


def _text(request: StaffRequest) -> tuple[str, str]:
    """What was sent, and what is wrong with it."""
    sent = request.FILES.get("file")
    if sent is None:
        kept = request.POST.get("text", "")
        return kept, "" if kept else _("Choose a file.")
    if (sent.size or 0) > MOST_BYTES:
        return "", _("The file is too long.")
    try:
        text = sent.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", _("This is no text in UTF-8. Save the table as “CSV UTF-8”.")
    except OSError as error:
        raise BadRequest from error
    return text.replace("\x00", ""), "" if text.strip() else _("The file holds no rows.")
