"""Requests for coordination, episodes, contacts and services given: all held by one organization."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.coordination.machine import REQUEST
from waypost.kernel.clock import now
from waypost.kernel.holding import Sharing
from waypost.kernel.ids import uuid7

IDENTITY, PLAN, NOTES = "identity", "plan", "notes"


class Channel(models.TextChoices):
    """How the request came."""

    WARM_HANDOFF = "warm_handoff", _("Warm handoff")
    EHR = "ehr", _("Health record")
    MESSAGE = "message", _("Message")
    PHONE = "phone", pgettext_lazy("channel", "Phone")
    SCREENING = "screening", _("Screening")
    SELF = "self", _("The person asked")


class ReferrerRole(models.TextChoices):
    """Who asked: anybody may, not only providers."""

    PROVIDER = "provider", _("Provider")
    NURSE = "nurse", _("Nurse")
    FRONT_DESK = "front_desk", _("Front desk")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    CBO = "cbo", _("Community organization")
    SELF = "self", _("The person")
    OTHER = "other", pgettext_lazy("role", "Somebody else")


class RequestStatus(models.TextChoices):
    """The states of ``machine.REQUEST``."""

    NEW = "new", pgettext_lazy("request", "New")
    TAKEN = "taken", pgettext_lazy("request", "Taken")
    CLOSED = "closed", pgettext_lazy("request", "Closed")


class RequestEnd(models.TextChoices):
    """Why a request was closed."""

    CONNECTED = "connected", _("Connected")
    COULD_NOT_REACH = "could_not_reach", _("Could not be reached")
    DECLINED = "declined", _("Did not want it")
    DUPLICATE = "duplicate", _("Was asked for already")


class WhoseMove(models.TextChoices):
    """Who does what comes next."""

    US = "us", _("Our move")
    PERSON = "person", _("The person's move")
    PARTNER = "partner", _("A partner's move")


class NextMove(models.TextChoices):
    """What comes next."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text")
    MEET = "meet", _("Meet")
    VISIT = "visit", _("Visit at home")
    LETTER = "letter", _("Send a letter")
    ASK_PERSON = "ask_person", _("Ask how it went")
    SHE_GOES = "she_goes", _("Person goes there")
    TOGETHER = "together", _("Do it together")
    WAIT_FOR_PARTNER = "wait_for_partner", _("Wait for the partner")
    OTHER = "other", pgettext_lazy("next move", "Something else")


class Phase(models.TextChoices):
    """How far the work has come."""

    OUTREACH = "outreach", _("Not reached yet")
    WORKING = "working", _("Working together")


class EpisodeEnd(models.TextChoices):
    """Why an episode ended."""

    NEEDS_MET = "needs_met", _("Needs are met, for now")
    GRADUATED = "graduated", _("Carries on without us")
    DECLINED = "declined", _("Wants no more help")
    COULD_NOT_REACH = "could_not_reach", _("Could not be reached")
    MOVED = "moved", _("Moved away")
    DIED = "died", _("Died")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class ContactMode(models.TextChoices):
    """Ways of being in touch."""

    PHONE = "phone", pgettext_lazy("contact", "Call")
    TEXT = "text", pgettext_lazy("contact", "Text")
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("Video")
    EMAIL = "email", _("E-mail")
    MAIL = "mail", _("Letter")


class Direction(models.TextChoices):
    """Who got in touch."""

    OUT = "out", _("We reached out")
    IN = "in", _("They reached out")


class ContactResult(models.TextChoices):
    """What came of it."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    LEFT_MESSAGE = "left_message", _("Left a message")
    WRONG_NUMBER = "wrong_number", _("Wrong number or address")
    CAME_BY = "came_by", _("Came by")


class Request(Sharing):
    """Somebody asks for a coordinator for a person, who need not be registered yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=60)
    reason_words = models.TextField(blank=True)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    warm = models.BooleanField(default=False)
    expects_call = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    referrer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    referrer_name = models.CharField(max_length=200)
    referrer_role = models.CharField(max_length=20, choices=ReferrerRole.choices)
    team = models.ForeignKey("network.Team", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    status = models.CharField(max_length=20, choices=RequestStatus.choices, default=RequestStatus.NEW)
    status_before = models.CharField(max_length=20, blank=True)
    taken_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    taken_by_name = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=200, blank=True)
    closed_reason = models.CharField(max_length=20, blank=True, choices=RequestEnd.choices)
    closed_words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=IDENTITY), name="coordination_request_topic"),
            models.CheckConstraint(
                condition=Q(status__in=REQUEST.states), name="coordination_request_status"
            ),
            models.CheckConstraint(
                condition=~Q(person_name="") | ~Q(phone="") | Q(person__isnull=False),
                name="coordination_request_names_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status="taken") | Q(person__isnull=False, taken_at__isnull=False),
                name="coordination_request_taken",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, closed_reason__in=RequestEnd.values)
                | (~Q(status="closed") & Q(closed_at__isnull=True, closed_reason="")),
                name="coordination_request_closed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "status", "asked_at"]),
            models.Index(fields=["referrer", "asked_at"]),
            models.Index(fields=["person"]),
        ]


class Episode(Sharing):
    """A person in a caseload: who leads, whose move it is, when to check back. One open one a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    lead = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    lead_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=20, blank=True, choices=EpisodeEnd.choices)
    closed_words = models.TextField(blank=True)
    whose_move = models.CharField(max_length=10, choices=WhoseMove.choices, default=WhoseMove.US)
    next_move = models.CharField(max_length=20, choices=NextMove.choices, default=NextMove.CALL)
    next_words = models.CharField(max_length=300, blank=True)
    check_back_on = models.DateField(null=True)
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.OUTREACH)
    urgent = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=PLAN), name="coordination_episode_topic"),
            models.UniqueConstraint(
                fields=["held_by", "person"],
                condition=Q(closed_at__isnull=True),
                name="coordination_episode_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, closed_reason__in=EpisodeEnd.values)
                | Q(closed_at__isnull=True, closed_reason=""),
                name="coordination_episode_closed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "lead", "check_back_on"]),
            models.Index(fields=["person"]),
        ]


class ContactLog(Sharing):
    """A contact with a person, or a try: when, how, what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    mode = models.CharField(max_length=20, choices=ContactMode.choices)
    direction = models.CharField(max_length=5, choices=Direction.choices)
    result = models.CharField(max_length=20, choices=ContactResult.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=NOTES), name="coordination_contactlog_topic")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "at"])]


class ServiceLog(Sharing):
    """A service given to one's own client, without any referral."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    listing_id = models.UUIDField(null=True)
    what = models.CharField(max_length=300)
    on = models.DateField()
    quantity = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    logged_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(topic=NOTES), name="coordination_servicelog_topic")
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_by", "on"]),
            models.Index(fields=["person", "on"]),
        ]
