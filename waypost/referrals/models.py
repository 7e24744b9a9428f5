"""Referrals and their evidence. Visible to sender and recipient, and either side moves them."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7
from waypost.referrals.choices import TELLS_NOTHING, Fact, Handoff, NextMove, Reason, Source, Status, Urgency

REASONED = ["rejected", "on-hold", "failed", "cancelled"]


class Referral(Sharing):
    """From a need to a service. ``shared`` is what the recipient was told: it stays with the recipient."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    need_id = models.UUIDField()
    category = models.CharField(max_length=60)
    service_id = models.UUIDField()
    service_name = models.CharField(max_length=300)
    service_organization = models.CharField(max_length=300)
    recipient = models.ForeignKey(
        "network.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recipient_person_id = models.UUIDField(null=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    status_before = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_words = models.TextField(blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.ROUTINE)
    handoff = models.CharField(max_length=20, choices=Handoff.choices, blank=True)
    next_move = models.CharField(max_length=20, choices=NextMove.choices, blank=True)
    next_move_by = models.DateField(null=True)
    check_back_on = models.DateField(null=True)
    person_knows = models.BooleanField(default=False)
    words_to_recipient = models.TextField(blank=True)
    basis = models.CharField(max_length=30, blank=True)
    consent_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)  # the person was there and asked for exactly this
    topics = ArrayField(models.CharField(max_length=60), default=list)
    shared = models.JSONField(default=dict)
    may_reply = models.BooleanField(default=False)
    sharing_until = models.DateTimeField(null=True)  # when the basis on which it was sent runs out
    sharing_ended_at = models.DateTimeField(null=True)
    reply_ended_at = models.DateTimeField(null=True)  # the person wants no more answers; the rest goes on
    withdrawn_at = models.DateTimeField(null=True)
    sender_gone_at = models.DateTimeField(null=True)  # the sender's record was destroyed; theirs stays
    recipient_gone_at = models.DateTimeField(null=True)  # and the other way round
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    sender_name = models.CharField(max_length=200)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    kept_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="referrals_known_status"),
            models.CheckConstraint(
                condition=~Q(status__in=REASONED) | ~Q(reason=""), name="referrals_no_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "entered-in-error"]) | Q(sent_at__isnull=False),
                name="referrals_sent_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(handoff__in=sorted(TELLS_NOTHING)) | Q(shared={}),
                name="referrals_take_along_tells_nothing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "status", "check_back_on"]),
            models.Index(fields=["recipient", "status", "sent_at"]),
            models.Index(fields=["person", "created_at"]),
        ]

    @property
    def answers(self) -> bool:
        """Whether the recipient may tell the sender how it goes: agreed when sent, and not taken back."""
        return self.may_reply and self.reply_ended_at is None

    @property
    def ended_at(self) -> datetime | None:
        """Since when nothing new flows: taken back, or the basis ran out; None while it still flows."""
        if self.sharing_ended_at is not None:
            return self.sharing_ended_at
        over = self.sharing_until is not None and self.sharing_until <= now()
        return self.sharing_until if over else None


class ReferralEvent(models.Model):
    """One move, by whom and when; rows are added and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    name = models.CharField(max_length=40)
    source_status = models.CharField(max_length=20, blank=True)
    target_status = models.CharField(max_length=20, blank=True)
    side = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    organization_id = models.UUIDField(null=True)
    organization_name = models.CharField(max_length=300)
    reason = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    undoes = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["referral", "at"])]


class Report(models.Model):
    """Evidence of an outcome, with its source; rows are added and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="reports")
    fact = models.CharField(max_length=20, choices=Fact.choices)
    source = models.CharField(max_length=20, choices=Source.choices)
    why = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    words = models.TextField(blank=True)
    scheduled_for = models.DateTimeField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    organization_id = models.UUIDField(null=True)
    organization_name = models.CharField(max_length=300)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(fact="not_received") | ~Q(why=""), name="referrals_report_not_received_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(fact="scheduled") | Q(scheduled_for__isnull=False),
                name="referrals_report_scheduled_says_when",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["referral", "at"])]


class Tombstone(models.Model):
    """What a former recipient keeps of a referral that was recalled: that there was one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    referral_id = models.UUIDField()
    reference = models.CharField(max_length=20)
    sender_name = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(default=now)
