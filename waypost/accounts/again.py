"""Showing once more who one is, before something grave: by password, code, passkey, or at one's provider.

Whom an organization's own sign-on lets in may have no password and no second step here; allauth takes such a
user for somebody who cannot be asked. Here the provider is asked, which says when that user signed on anew.
"""

import time
from typing import Any
from uuid import UUID

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.accounts.oidc.asked import must_use_own_sign_on, own_sign_on_of

METHOD = "own_sign_on"


def ways(user: User, known: list[dict[str, Any]], *, came_by_sign_on: bool) -> list[dict[str, Any]]:
    """How this user can show it, the best first; ``known``: what allauth offers.

    Where an organization asks for its own sign-on, no password is taken for it here either.
    """
    words = {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use a code"),
        "mfa_reauthenticate:webauthn": _("Use a passkey"),
    }
    found = [{**each, "description": words.get(each["id"], each["description"])} for each in known]
    if own_sign_on_of(user.pk, user.email) is None:
        return found
    enforced = must_use_own_sign_on(user.pk)
    if enforced:
        found = [each for each in found if each["id"] != "reauthenticate"]
    own = {
        "id": METHOD,
        "description": _("Sign on again at your organization"),
        "url": reverse("own_sign_on_again"),
    }
    return [own, *found] if enforced or came_by_sign_on else [*found, own]


def must_be_asked(request: HttpRequest, user: User) -> bool:
    """Whether this user has a sign-on alone (no password, no second step), and did not use it just now."""
    if get_reauthentication_flows(user) or own_sign_on_of(user.pk, user.email) is None:
        return False
    return not shown_just_now(request, user)


def shown_just_now(request: HttpRequest, user: User) -> bool:
    """Whether this session showed it within the last minutes (``REAUTHENTICATION_TIMEOUT``)."""
    records = [each for each in get_authentication_records(request, user) if each.get("reauthenticated")]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def shown(request: HttpRequest, user: User, sign_on_id: UUID) -> None:
    """Write into the session that the provider of this sign-on has just proved it."""
    record_authentication(request, user, METHOD, reauthenticated=True, sign_on=str(sign_on_id))
