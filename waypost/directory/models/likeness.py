"""Listings that look alike, what was decided about them, and merges with all that they moved."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from waypost.directory.choices import FactOf, LikenessStatus
from waypost.kernel.ids import uuid7


class Trait(models.Model):
    """By what a listing is recognised: its words and numbers in one form; made from it, never edited.

    ``fingerprint`` changes when any of ``signals`` does: only then is it compared with others again.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()
    source = models.CharField(max_length=100)
    signals = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "row_id"], name="directory_trait_once")
        ]


class TraitKey(models.Model):
    """One thing that two listings may have in common: a number, a link, an address, a word in a ZIP area."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12, choices=FactOf.choices)
    row_id = models.UUIDField()
    key = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "key"], name="directory_traitkey_key"),
            models.Index(fields=["kind", "row_id"], name="directory_traitkey_row"),
        ]


class Likeness(models.Model):
    """Two listings of a kind that may be the same, with the reasons as ``parts``.

    ``basis`` is a hash of the values that the parts compare: while it stays, a decision stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=FactOf.choices)
    a = models.UUIDField()
    b = models.UUIDField()
    a_source = models.CharField(max_length=100)
    b_source = models.CharField(max_length=100)
    score = models.DecimalField(max_digits=3, decimal_places=2)
    parts = models.JSONField()
    basis = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=LikenessStatus.choices, default=LikenessStatus.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "a", "b"], name="directory_likeness_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="directory_likeness_order"),
            models.CheckConstraint(
                condition=Q(status__in=LikenessStatus.values), name="directory_likeness_status"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "kind", "-score"], name="directory_likeness_list"),
            models.Index(fields=["b"], name="directory_likeness_b"),
        ]


class Merge(models.Model):
    """One listing put in place of another, and whether that was taken back.

    ``lists``: which of the merged listing's lists the kept one shows (table and column of HSDS).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=FactOf.choices)
    kept = models.UUIDField()
    merged = models.UUIDField()
    lists = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(default="", blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_by_name = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "merged"], condition=Q(undone_at__isnull=True), name="directory_merge_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["kept"], condition=Q(undone_at__isnull=True), name="directory_merge_kept")
        ]


class Moved(models.Model):
    """A row that a merge hung on the kept listing; ``said`` is what its feed hangs it on."""

    id = models.BigAutoField(primary_key=True)
    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="moved")
    table = models.CharField(max_length=40)
    column = models.CharField(max_length=40)
    row_id = models.UUIDField()
    said = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merge", "table", "column", "row_id"], name="directory_moved_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["row_id"], name="directory_moved_row")]
