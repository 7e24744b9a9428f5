"""Making and changing users."""

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from waypost.accounts.adapter import tell_of_change
from waypost.accounts.models import User
from waypost.accounts.second_step import take_away
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused


def create_user(*, email: str, name: str, password: str | None = None, language: str = "en") -> UUID:
    """A new user; refused where the e-mail address is taken."""
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Refused(f"{email} already has an account.", field="email")
    user = User.objects.create_user(email=email, name=name.strip(), password=password, language=language)
    return user.id


def password_path(*, user_id: UUID) -> str:
    """Where this user sets a password: works once, for ``PASSWORD_RESET_TIMEOUT`` seconds."""
    user = User.objects.get(pk=user_id)
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def choose_language(*, user_id: UUID, language: str) -> None:
    """Keep the language in which this user reads pages and mail (en, es)."""
    User.objects.filter(pk=user_id).update(language=language)


def password_faults(password: str, *, email: str, name: str) -> list[str]:
    """Why this password is not good enough for this user, in words; empty where it is."""
    try:
        password_validation.validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        return list(error.messages)
    return []


def reset_second_step(*, actor: Actor, user_id: UUID) -> None:
    """Take every second step of a colleague away; whoever calls has checked that the actor lets people in.

    Refused for oneself: a lost phone is put right by a colleague or a recovery code.
    """
    if user_id == actor.user_id:
        raise Refused(_("Your own second step is changed under “Sign-in and safety”."))
    removed = take_away(user_id)
    if not removed:
        raise Refused(_("There is no second step to remove."))
    audit.record("accounts.reset_second_step", actor=actor, subject_type="user", subject_ids=[user_id])
    tell_of_change(User.objects.get(pk=user_id), "second_step_reset")
