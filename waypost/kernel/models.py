"""Announced events, and the audit: rows that are added by all and changed by nobody."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7


class Event(models.Model):
    """Something that a room announced; ids only, nothing personal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    held_by = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    organization_name = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "at"])]


class AuditEntry(models.Model):
    """One line of the audit: who did or looked at what, for which organization."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=now)
    action = models.CharField(max_length=80)
    held_by = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_ids = ArrayField(models.UUIDField(), default=list)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["held_by", "at"])]


class AuditSeal(models.Model):
    """A link of the chain: the hash of one audit entry together with the link before it."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=now)


class AuditHead(models.Model):
    """How far the chain reaches: one row, so that a chain cut short no longer looks whole."""

    ONLY: ClassVar = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="kernel_audithead_one")
        ]


class AuditCheck(models.Model):
    """A walk along the whole chain and what it found, nothing personal; no findings: every link holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=now)
    sealed = models.BigIntegerField()
    unsealed = models.BigIntegerField()
    head = models.CharField(max_length=64)
    findings = ArrayField(models.TextField(), default=list)
    asked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"], name="kernel_auditcheck_newest")]
