"""The integrator sets an organization's own sign-on; the secret stays in the environment."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waypost.network.roles import Action
from waypost.network.signing_on import set_sign_on, sign_on_of
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.whose import organization_of, query_of


class SignOnForm(forms.Form):
    """What the organization's own people give."""

    issuer = forms.URLField(
        label=gettext_lazy("Address of the provider (issuer)"), assume_scheme="https", max_length=300
    )
    client_id = forms.CharField(label=gettext_lazy("Client ID"), max_length=200)
    secret_variable = forms.CharField(
        label=gettext_lazy("Name of the environment variable with the secret"),
        max_length=60,
        help_text=gettext_lazy("For example WAYPOST_OIDC_CEDAR. The secret itself is never typed here."),
    )
    domain = forms.RegexField(
        regex=r"^@?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        label=gettext_lazy("Domain of its e-mail addresses"),
        max_length=200,
    )
    enforced = forms.BooleanField(label=gettext_lazy("Its members use no password here"), required=False)


@require_http_methods(["GET", "POST"])
@wants(Action.SET_UP_NETWORK)
def sign_on(request: StaffRequest) -> HttpResponse:
    """Issuer, client, domain."""
    whose = organization_of(request)
    known = sign_on_of(whose.id)
    given = {name: getattr(known, name) for name in SignOnForm.base_fields} if known else {}
    form = SignOnForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            set_sign_on(actor=request.actor, organization_id=whose.id, **form.cleaned_data)
        if tried.worked:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('members')}{query_of(request, whose)}")
    context = {"form": form, "whose": whose, "of": query_of(request, whose)}
    return render(request, "web/members/sign_on_policy.html", context, status=REFUSED if form.errors else 200)
