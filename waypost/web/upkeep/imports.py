"""Feeds, and files brought in by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory import selectors, services
from waypost.interop.imports import asking
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged
from waypost.web.upkeep.imports_forms import NEW, FeedForm, RankForm, UploadForm
from waypost.web.upkeep.imports_words import run_line, run_tag
from waypost.web.upkeep.source_words import name_of_field
from waypost.web.upkeep.tabs import tabs

SIZE = 25


@require_safe
@wants(Action.KEEP_DIRECTORY)
def feeds(request: StaffRequest) -> HttpResponse:
    """All feeds, each with its last import."""
    rows = [
        {"feed": each, "tag": run_tag(each.last), "line": run_line(each.last)} for each in selectors.feeds()
    ]
    context = {"tabs": tabs(request.actor.role, "imports"), "rows": rows}
    return render(request, "web/upkeep/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def upload(request: StaffRequest) -> HttpResponse:
    """Choose files; they are looked at before anything is imported."""
    known = selectors.feeds()
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        feeds=known,
        initial={"feed": request.GET.get("feed") or ("" if known else NEW), "whole": "part"},
    )
    if request.method == "POST" and form.is_valid():
        mapping = form.cleaned_data["mapping"]
        with attempt(form) as done:
            run_id = asking.upload(
                actor=request.actor,
                files=form.cleaned_data["uploads"],
                feed_id=form.feed_id,
                new_name=form.cleaned_data["name"],
                complete=form.cleaned_data["whole"] == "whole",
                mapping=mapping.read() if mapping else None,
            )
        if done.worked:
            return redirect("import", run_id)
    context = {"form": form, "known": known}
    return render(request, "web/upkeep/import_new.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def feed_new(request: StaffRequest) -> HttpResponse:
    """A feed that is fetched from its address."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("name", "url", "kind", "cadence", "complete")}
        with attempt(form) as done:
            asking.check_feed_address(data["url"])
            feed_id = services.add_feed(**data)
        if done.worked:
            messages.success(request, _("You added the feed %(name)s.") % {"name": data["name"]})
            return redirect("feed", feed_id)
    return render(request, "web/upkeep/feed_new.html", {"form": form}, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def feed(request: StaffRequest, feed_id: UUID) -> HttpResponse:
    """One feed: how it is fetched, and all its imports."""
    card = selectors.feed(feed_id)
    given = {name: getattr(card, name) for name in FeedForm.base_fields}
    form = FeedForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            asking.check_feed_address(form.cleaned_data["url"])
            services.change_feed(feed_id=feed_id, **form.cleaned_data)
        if done.worked:
            messages.success(request, _("You changed %(name)s.") % {"name": form.cleaned_data["name"]})
            return redirect("feed", feed_id)
    page = paged(lambda number: selectors.runs(feed_id, number, size=SIZE), number_of(request), size=SIZE)
    context = {
        "feed": card,
        "form": form,
        "rank": RankForm(initial={"place": selectors.place_of(card.source)}),
        "believed": [name_of_field(each) for each in selectors.believed_for(card.source)],
        "page": page,
        "rows": [{"run": each, "tag": run_tag(each), "line": run_line(each)} for each in page.object_list],
    }
    return render(request, "web/upkeep/feed.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def feed_rank(request: StaffRequest, feed_id: UUID) -> HttpResponse:
    """Say how far the feed is believed where several sources speak of one listing."""
    card = selectors.feed(feed_id)
    with attempt() as done:
        services.rank_source(actor=request.actor, source=card.source, place=request.POST.get("place", ""))
    if done.worked:
        messages.success(request, _("The order is kept, and listings are settled by it."))
    else:
        messages.error(request, done.refusal)
    return redirect("feed", feed_id)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def feed_fetch(request: StaffRequest, feed_id: UUID) -> HttpResponse:
    """Fetch it now, and look at it."""
    with attempt() as done:
        run_id = asking.fetch_now(actor=request.actor, feed_id=feed_id)
    if done.worked:
        return redirect("import", run_id)
    messages.error(request, done.refusal)
    return redirect("feed", feed_id)
