"""The second step at the door: codes of an app, passkeys, recovery codes; sealed in the database."""

from collections.abc import Iterable
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.kernel.sealing import Unsealable, seal, unseal

CONTEXT = "second-step"
COUNTS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Waypost's rules for the second step."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal(text.encode(), context=CONTEXT).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; a key that is gone lets nobody in."""
        try:
            return unseal(encrypted_text.encode("ascii"), context=CONTEXT).decode()
        except Unsealable as error:
            raise PermissionDenied from error

    def _get_site_name(self) -> str:
        return "Waypost"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner names it."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}


def has_second_step(user_id: UUID) -> bool:
    """Whether this user signs in with more than a password."""
    return user_id in with_second_step([user_id])


def with_second_step(user_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the users who sign in with more than a password."""
    rows = Authenticator.objects.filter(user_id__in=set(user_ids), type__in=COUNTS)
    return set(rows.values_list("user_id", flat=True))


def take_away(user_id: UUID) -> int:
    """Remove every second step of a user, who then makes a new one; returns how many."""
    removed: int = Authenticator.objects.filter(user_id=user_id).delete()[0]
    return removed
