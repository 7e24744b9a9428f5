"""Consents: who may tell what to whom, for what purpose, until when, and how that was said."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7


class Decision(models.TextChoices):
    """What the person said."""

    AGREED = "agreed", _("agreed")
    PREFERS_NOT = "prefers_not", _("would rather not share")
    BLOCKED = "blocked", _("wants somebody kept out")


class Captured(models.TextChoices):
    """How it was said. Spoken never serves Part 2, an authorization or FERPA."""

    SPOKEN = "spoken", _("Spoken")
    TYPED = "typed", _("Signed by typing the name")
    DRAWN = "drawn", _("Signed on the screen")
    SCAN = "scan", _("Signed on paper")
    WRITTEN = "written", _("Signed, the paper is kept elsewhere")


class RecipientClass(models.TextChoices):
    """Recipients that are not named one by one."""

    NAMED = "named", _("Only the organizations named")
    PARTNERS = "partners", _("Any community partner that could help")


class Status(models.TextChoices):
    """The life of a consent; expiry is read from ``ends_at``. Waiting: nobody has looked at the paper yet."""

    ACTIVE = "active", _("in force")
    WAITING = "waiting", _("waits until somebody has looked at the paper")
    SENT_BACK = "sent_back", _("sent back")
    REVOKED = "revoked", _("taken back")


class Consent(Sharing):
    """What a person said about sharing. Never changed afterwards but for being confirmed and taken back.

    One row is one instrument in one direction: an answer by somebody else is a row with them as discloser.
    ``serves``: what it is good for (``rules.Serves``), empty until that is known. In a refusal ``topics`` and
    ``purposes`` empty mean all of them; ``only_back``: they may not tell us, the rest stands;
    ``narrows``: the agreement of which a part was taken back. ``worker_ids``: in a block, these
    people and nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey("consent.Form", on_delete=models.PROTECT, null=True, related_name="consents")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    discloser_ids = ArrayField(models.UUIDField(), default=list)
    recipient_class = models.CharField(max_length=20, choices=RecipientClass.choices)
    recipient_ids = ArrayField(models.UUIDField(), default=list)
    worker_ids = ArrayField(models.UUIDField(), default=list, db_default=[])
    topics = ArrayField(models.CharField(max_length=60), default=list)
    covers_sensitivities = ArrayField(models.CharField(max_length=40), default=list)
    purposes = ArrayField(models.CharField(max_length=40), default=list)
    reply = models.BooleanField(default=True)  # the recipient may tell the discloser how it went
    only_back = models.BooleanField(default=False, db_default=False)
    narrows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    wanted = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    serves = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    captured = models.CharField(max_length=20, choices=Captured.choices)
    words_shown = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    witness = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)
    recalled_referrals = models.BooleanField(default=False)
    told_soon_at = models.DateTimeField(null=True)
    told_ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(status="revoked", revoked_at__isnull=False)
                | (~Q(status="revoked") & Q(revoked_at__isnull=True)),
                name="consent_revoked_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(decision="agreed") | ~Q(topics=[]), name="consent_agreed_names_topics"
            ),
            models.CheckConstraint(
                condition=~Q(captured="spoken") | Q(serves__contained_by=["consent"]),
                name="consent_spoken_serves_as_consent_alone",
            ),
            models.CheckConstraint(
                condition=~Q(decision="agreed", status="active") | Q(serves__contains=["consent"]),
                name="consent_defective_is_never_active",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "sent_back"]) | Q(serves=[]),
                name="consent_unseen_serves_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(decision="blocked") | ~Q(recipient_ids=[]) | ~Q(worker_ids=[]),
                name="consent_block_names_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "status"]),
            models.Index(
                fields=["held_by", "person"],
                condition=Q(decision="blocked", status="active"),
                name="consent_blocks",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(decision="agreed", status="active", told_ended_at__isnull=True),
                name="consent_ending",
            ),
        ]
