"""The link of an invitation: a name and a password, then the training; the account opens after it."""

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from waypost.accounts.selectors import user_by_email
from waypost.accounts.services import create_user
from waypost.network.cards import InvitationCard
from waypost.network.invited import invitation_of
from waypost.network.words import role_sentence, role_title
from waypost.web.access import open_to_all
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.forms import JoinForm

JOINING = "joining"  # the token of the invitation, until the account opens
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GONE = 410


@open_to_all
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens depends on who stands at the door."""
    card = invitation_of(token)
    if card is None or card.state != "open":
        return render(request, "web/members/join_gone.html", {"card": card}, status=GONE)
    user = request.user
    if user.is_authenticated and user.email.lower() == card.email.lower():
        return _enter(request, token)
    if user.is_authenticated:
        return _somebody_else(request, card, token)
    if user_by_email(card.email) is not None:
        return _sign_in_first(request, card, token)
    return _first_password(request, card, token)


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    request.session[JOINING] = token
    return redirect("training")


def _somebody_else(request: HttpRequest, card: InvitationCard, token: str) -> HttpResponse:
    if request.method == "POST":
        logout(request)
        return redirect("member_join", token=token)
    return render(request, "web/members/join_other.html", {"card": card})


def _sign_in_first(request: HttpRequest, card: InvitationCard, token: str) -> HttpResponse:
    then = reverse("member_join", args=[token])
    address = f"{reverse('account_login')}?{urlencode({'next': then})}"
    return render(request, "web/members/join_known.html", {"card": card, "sign_in": address})


def _first_password(request: HttpRequest, card: InvitationCard, token: str) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None, email=card.email)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            user_id = create_user(
                email=card.email,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password1"],
                language=get_language() or "en",
            )
        if tried.worked:
            login(request, get_user_model().objects.get(pk=user_id), backend=BACKEND)
            return _enter(request, token)
    context = {
        "form": form,
        "card": card,
        "role": role_title(card.role),
        "role_words": role_sentence(card.role),
    }
    return render(request, "web/members/join.html", context, status=REFUSED if form.errors else 200)
