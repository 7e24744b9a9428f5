"""Facts for figures: ids, codes and dates. No names, no words, and no foreign keys (design § 9)."""

from typing import ClassVar

from django.db import models

from waypost.kernel.clock import now


class ReferralFact(models.Model):
    """A referral that was sent, with what is known of its loop.

    ``need_id`` only tells which referrals serve the same need; the need itself is not in reach of whoever
    reads facts.
    """

    referral_id = models.UUIDField(primary_key=True, editable=False)
    sender_id = models.UUIDField()
    recipient_id = models.UUIDField(null=True)
    need_id = models.UUIDField()
    service_id = models.UUIDField()
    category = models.CharField(max_length=60)
    handoff = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_at = models.DateTimeField(null=True)
    need_met = models.BooleanField(null=True)
    counted_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sender_id", "sent_at"]),
            models.Index(fields=["recipient_id", "sent_at"]),
            models.Index(fields=["sent_at"]),
            models.Index(fields=["need_id", "sent_at"]),
        ]
