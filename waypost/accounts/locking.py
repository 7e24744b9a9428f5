"""Sign-in is locked for a while after too many wrong passwords; the owner of the account hears of it.

The lock itself is allauth's (``ACCOUNT_RATE_LIMITS``). It is counted here again, by account alone, since
allauth's answer does not tell a locked account from a machine that tries too many.
"""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.kernel.clock import now
from waypost.kernel.papers import digest

QUIET_SECONDS = 60 * 60  # a letter an hour: a lock that is made anew all day floods nobody


def failed(email: str) -> str | None:
    """Count a wrong password. Where it locks the account: whose it is ("" for nobody's); None otherwise.

    An address without an account is counted and looked up alike, so that time tells nothing.
    """
    moment, key = now().timestamp(), digest(email.strip().lower().encode())
    tries = [each for each in cache.get(f"door.tries:{key}", []) if each > moment - settings.LOCK_SECONDS]
    tries.append(moment)
    cache.set(f"door.tries:{key}", tries, settings.LOCK_SECONDS)
    if len(tries) < settings.LOCK_AFTER or not cache.add(f"door.locked:{key}", True, QUIET_SECONDS):
        return None
    found = User.objects.filter(email__iexact=email.strip(), is_active=True).values_list("pk", flat=True)
    return str(found.first() or "")


def write_of_lock(*, user_id: str, at: datetime) -> None:
    """A letter in the owner's language: when, and what to do. Nothing about who tried, or how often."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language):
        when = date_format(localtime(at), "DATETIME_FORMAT")
        words = [
            _("Sign-in to your account is locked for some minutes, since %(when)s: too many wrong passwords.")
            % {"when": when},
            _("If that was you, wait five minutes and try again, or set a new password."),
            _("If not, tell whoever lets people in where you work. Your password still holds."),
            f"{settings.BASE_URL}/accounts/password/reset/",
        ]
        EmailMessage(
            subject=_("Waypost: sign-in is locked for some minutes"),
            body="\n\n".join(words) + "\n",
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": user.language},
        ).send()
