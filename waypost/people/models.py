"""A person is one organization's record of a human; every row says who holds it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7

IDENTITY = "identity"
CONTACT = "contact"


class Person(Sharing):
    """An organization's record of a human; the same human may have one with each organization."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    called = models.CharField(max_length=120, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True)
    language = models.CharField(max_length=20, default="en")
    interpreter_needed = models.BooleanField(default=False)
    household_size = models.PositiveSmallIntegerField(null=True)
    usual_provider = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=40, default="told_us")
    registered_at = models.DateTimeField(default=now)
    registered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    search_words = models.TextField(default="")
    of_age_at = models.DateTimeField(null=True)  # when the 18th birthday was acted on
    disposed_at = models.DateTimeField(null=True)  # its time was over; what is left is an empty row

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=IDENTITY), name="people_person_topic"),
            models.CheckConstraint(
                condition=~Q(given_name="") | ~Q(family_name=""), name="people_person_has_a_name"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "family_name", "given_name"]),
            models.Index(fields=["held_by", "birth_date"]),
        ]


class ContactKind(models.TextChoices):
    """Ways to reach a person."""

    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Address")


class Safety(models.TextChoices):
    """Whether using a way to reach somebody can put them in danger."""

    USUAL = "", _("Nothing special")
    ASK_FIRST = "ask_first", _("Ask first whether it is a good moment")
    NOT_SAFE = "not_safe", _("Not safe: do not use it")


class BelongsTo(models.TextChoices):
    """Whose phone, mailbox or door it is."""

    PERSON = "", _("Their own")
    PARENT = "parent", _("A parent's or guardian's")


class ContactPoint(Sharing):
    """One way to reach a person, with what to mind when using it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=300)
    postal_code = models.CharField(max_length=10, blank=True)
    may_call = models.BooleanField(default=True, db_default=True)
    may_text = models.BooleanField(default=False)
    may_leave_message = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    safety = models.CharField(max_length=10, blank=True, default="", db_default="", choices=Safety.choices)
    safe_hours = models.CharField(max_length=100, blank=True, default="", db_default="")
    code_word = models.CharField(max_length=60, blank=True, default="", db_default="")
    belongs_to = models.CharField(
        max_length=10, blank=True, default="", db_default="", choices=BelongsTo.choices
    )
    source = models.CharField(max_length=40, default="told_us")
    noted_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=CONTACT), name="people_contactpoint_topic")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "kind"])]


class FrontDesk(models.Model):
    """How an organization's referrers begin a session: with initials only, or with names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.OneToOneField("network.Organization", on_delete=models.PROTECT, related_name="+")
    referrers = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=now)


class Link(models.Model):
    """Two records are one human, said by an organization that may see both; can be undone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    held_by = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    other_holder = models.ForeignKey("network.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    other_person_id = models.UUIDField()
    said_by = models.CharField(max_length=200)
    said_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["held_by", "person", "other_person_id"],
                condition=Q(undone_at__isnull=True),
                name="people_link_once",
            )
        ]


class NameWord(models.Model):
    """The words of a person's names, keyed by organization: what misspelt names are looked for in.

    Written by a trigger. Operators that look for likeness cannot use an index beneath a policy, so the words
    of one organization are read by its key, and compared outside the database.
    """

    pk = models.CompositePrimaryKey("held_by_id", "word", "person_id")
    held_by = models.ForeignKey(
        "network.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    word = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
