"""How django-allauth behaves here: nobody signs up by himself, organizations let people in."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts import again
from waypost.accounts.locking import failed
from waypost.accounts.models import User
from waypost.accounts.oidc.asked import must_use_own_sign_on
from waypost.accounts.open_doors import leave_door
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.transaction import acting

BY_SIGN_ON = "by_sign_on"  # in the session: the organization by whose own sign-on somebody came in

# what changed at the door, by the last part of the name that allauth gives the letter
CHANGES = {
    "password_changed": gettext_lazy("Your password was changed."),
    "password_set": gettext_lazy("A password was set for your account."),
    "password_reset": gettext_lazy("Your password was set anew by the link in an e-mail."),
    "totp_activated": gettext_lazy("An app for codes was added to your account."),
    "totp_deactivated": gettext_lazy("The app for codes was removed from your account."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made. Those before work no more."),
    "second_step_reset": gettext_lazy(
        "The second step of your sign-in was removed by somebody who lets people in. "
        "At your next sign-in you can set it up anew."
    ),
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Waypost's account rules."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an account comes from one's organization."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Whose organization has a sign-on of its own and asks for it comes in by no other way."""
        if must_use_own_sign_on(user.pk):
            return redirect("own_sign_on")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By password, code or passkey, and by the organization's own sign-on."""
        known: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not isinstance(user, User):
            return known
        return again.ways(user, known, came_by_sign_on=BY_SIGN_ON in self.request.session)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has a sign-on alone is asked there; allauth would ask such a user nothing."""
        user = self.request.user
        if isinstance(user, User) and again.must_be_asked(self.request, user):
            raise ReauthenticationRequired
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password: where it locks the account, a job writes to the owner."""
        from waypost.accounts.jobs import tell_of_lock  # noqa: PLC0415 - jobs need the models, loaded later

        owner = failed(str(credentials.get("email", "")))
        if owner is not None:
            tell_of_lock.defer(user_id=owner, at=now().isoformat())

    def logout(self, request: HttpRequest) -> None:
        """Signing out takes the sign-in off its user's list too."""
        door, user = request.session.get("door"), request.user
        if door and user.is_authenticated:
            with acting(Actor(user_id=user.pk, name="", organization_id=None, organization_name="", role="")):
                leave_door(user_id=user.pk, door_id=UUID(door))
        super().logout(request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner that something about the door changed, write it down, and change the session key."""
        change = template_prefix.rsplit("/", 1)[-1]
        tell_of_change(user, change)
        owner = Actor(user_id=user.pk, name=user.name, organization_id=None, organization_name="", role="")
        audit.record(
            "accounts.change", actor=owner, subject_type="user", subject_ids=[user.pk], change=change
        )
        request = current.request
        if request is not None and request.user.is_authenticated:
            request.session.cycle_key()


def tell_of_change(user: User, change: str) -> None:
    """A letter in the user's language; nothing for what needs none."""
    if change not in CHANGES:
        return
    with translation.override(user.language):
        words = [
            str(CHANGES[change]),
            _("If that was you, all is well. If not, tell whoever lets people in where you work, at once."),
            f"{settings.BASE_URL}/accounts/login/",
        ]
        EmailMessage(
            subject=_("Waypost: your sign-in changed"),
            body="\n\n".join(words) + "\n",
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": user.language},
        ).send(fail_silently=True)
