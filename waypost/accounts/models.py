"""A user: somebody who works with Waypost. The people who are helped are not users."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password, one who must set it by e-mail first."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail, whatever the case."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """Somebody who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as shown to colleagues."""
        return self.name


class Training(models.Model):
    """That a user took the confidentiality training: which version, when, until when it counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trainings")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    taken_at = models.DateTimeField(default=now)
    valid_to = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-taken_at"])]


class Door(models.Model):
    """A sign-in that is open: on what device, since when, seen last; never where.

    Its id stands in the session, so it outlasts a change of the session's key, and is no key itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="doors")
    organization_id = models.UUIDField(null=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-seen_at"])]


class Identity(models.Model):
    """Who somebody is at an organization's sign-on: bound at the first entry, and to nobody else after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_identity_once"),
            models.UniqueConstraint(fields=["issuer", "user"], name="accounts_identity_one_a_user"),
        ]
