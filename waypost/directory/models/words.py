"""What the network changed in the words on which search and needs rest; what was installed stays in files."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from waypost.directory.choices import WordKind, WordList
from waypost.kernel.ids import uuid7

LONGEST_WORD = 60


class NeedWord(models.Model):
    """A term name or word that leads to a need: added here, or taken away from those installed.

    ``plain`` is the word as it is compared: lower case, no accents.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.CharField(max_length=60)
    kind = models.CharField(max_length=5, choices=WordKind.choices)
    word = models.CharField(max_length=LONGEST_WORD)
    plain = models.CharField(max_length=LONGEST_WORD * 2)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "kind", "plain"], name="directory_needword_once"),
            models.CheckConstraint(condition=Q(kind__in=WordKind.values), name="directory_needword_kind"),
        ]


class Synonym(models.Model):
    """A word or phrase (lower case, no accents) with others of the same meaning; none: taken away here."""

    word = models.CharField(primary_key=True, max_length=LONGEST_WORD)
    same = ArrayField(models.CharField(max_length=LONGEST_WORD), default=list)


class WordsState(models.Model):
    """One row. ``token`` is another after each change, so that every process reads the words anew.

    ``sort_due_at``: since then listings wait to be sorted into needs by the changed words.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()
    sort_due_at = models.DateTimeField(null=True)
    sorted_at = models.DateTimeField(null=True)
    sorted_changed = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="directory_wordsstate_one")]


class WordChange(models.Model):
    """Who changed what, when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    changed_by_name = models.TextField(default="")
    list = models.CharField(max_length=10, choices=WordList.choices)
    about = models.TextField()
    before = models.TextField(default="", blank=True)
    after = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(list__in=WordList.values), name="directory_wordchange_list")
        ]
        indexes: ClassVar = [models.Index(fields=["list", "-at"], name="directory_wordchange_newest")]
