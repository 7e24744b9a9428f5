"""The way in: home by role, switching organization, language, resuming a kept form, health."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from waypost.accounts.services import choose_language
from waypost.web import parked
from waypost.web.access import open_to_all
from waypost.web.doors import COVER, ORGANIZATION
from waypost.web.menu import HOME


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the page where this role's work lies."""
    return redirect(HOME.get(request.actor.role, "/"))  # type: ignore[attr-defined]


@require_POST
def act_for(request: HttpRequest, organization_id: str) -> HttpResponse:
    """Act for another of one's organizations."""
    known = {str(each.organization_id) for each in request.memberships}  # type: ignore[attr-defined]
    if str(organization_id) not in known:
        raise Http404
    request.session[ORGANIZATION] = str(organization_id)
    request.session.pop(COVER, None)
    rotate_token(request)  # a form left open for the other organization must not be saved for this one
    return redirect("/home/")


@open_to_all
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read the site in another language; kept with the user, or else in a cookie."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "") or request.META.get("HTTP_REFERER", "") or "/"
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    answer = HttpResponseRedirect(target)  # an address; redirect() would look for a page of that name
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        if request.user.is_authenticated:
            choose_language(user_id=request.user.pk, language=language)
    return answer


def resume(request: HttpRequest) -> HttpResponse:
    """Offer the form that was kept when the session ended."""
    kept = parked.waiting(request)
    if kept is None:
        return redirect("/home/")
    if kept.organization_id != str(request.actor.organization_id):  # type: ignore[attr-defined]
        return _resume_elsewhere(request, kept)
    if request.method == "POST":
        parked.drop(request)
        return redirect("/home/")
    return render(request, "web/resume.html", {"kept": kept})


def _resume_elsewhere(request: HttpRequest, kept: parked.Parked) -> HttpResponse:
    """Go back to the organization for which the form was filled in; one that was left gets nothing more."""
    if kept.organization_id not in {str(each.organization_id) for each in request.memberships}:  # type: ignore[attr-defined]
        parked.drop(request)
        return redirect("/home/")
    request.session[ORGANIZATION] = kept.organization_id
    rotate_token(request)
    return redirect("/resume/")


@open_to_all
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the site can serve: 200 with {"status": "ok"}, 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            applied = cursor.fetchone()
    except Exception:  # noqa: BLE001 - whatever it is, the answer is "not ready"
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "migrations": applied[0] if applied else 0})
