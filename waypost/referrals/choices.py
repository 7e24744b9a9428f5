"""The words that a referral may hold: reasons, handoffs, next moves, facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.referrals.machine import STATES


class Status(models.TextChoices):
    """FHIR Task status, in the words of the screens."""

    DRAFT = "draft", _("Not sent yet")
    REQUESTED = "requested", _("Waiting for an answer")
    ACCEPTED = "accepted", _("They can help")
    REJECTED = "rejected", _("Can't help right now")
    IN_PROGRESS = "in-progress", _("Under way")
    ON_HOLD = "on-hold", _("Paused")
    COMPLETED = "completed", _("Done")
    FAILED = "failed", _("Didn't work out")
    CANCELLED = "cancelled", _("Called off")
    ENTERED_IN_ERROR = "entered-in-error", _("Made by mistake")


if set(Status.values) != set(STATES):
    raise RuntimeError("every state of the machine needs words")


class NextMove(models.TextChoices):
    """Who moves first after sending."""

    THEY_CALL = "they_call", _("They call")
    WE_CALL = "we_call", _("We call them")
    PERSON_GOES = "person_goes", _("The person goes there")
    TOGETHER = "together", _("We call or go together")


class Handoff(models.TextChoices):
    """How a referral reaches the service. The last two tell the service nothing about the person."""

    INBOX = "inbox", _("Sent to their Waypost inbox")
    PHONE = "phone", _("We tell them by phone")
    TOGETHER = "together", _("A call made together")
    TAKE_ALONG = "take_along", _("A list to take along")


TELLS_NOTHING = frozenset({Handoff.TOGETHER.value, Handoff.TAKE_ALONG.value})


class Reason(models.TextChoices):
    """Why not, or not now (design § 4)."""

    NO_ROOM = "no_room", _("No room right now")
    FUNDS_GONE = "funds_gone", _("Funds are used up")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    OUT_OF_AREA = "out_of_area", _("Out of our area")
    COULD_NOT_REACH = "could_not_reach", _("Could not reach the person")
    PERSON_DECLINED = "person_declined", _("The person decided against it")
    DUPLICATE = "duplicate", _("Already served, or sent twice")
    AGREEMENT_ENDED = "agreement_ended", _("The person took the agreement back")
    OTHER = "other", _("Something else")


class Fact(models.TextChoices):
    """What a report says happened. The last three close the loop."""

    CONTACTED = "contacted", _("Got in touch")
    SCHEDULED = "scheduled", _("Set a date")
    ATTENDED = "attended", _("Came")
    MISSED = "missed", _("Didn't make it")
    RECEIVED = "received", _("Received the service")
    PARTLY = "partly_received", _("Received part of it")
    NOT_RECEIVED = "not_received", _("Did not receive it")
    NEED_MET = "need_met", _("The need is met for now")
    NEED_OPEN = "need_open", _("The need is still there")


CLOSING = (Fact.RECEIVED.value, Fact.PARTLY.value, Fact.NOT_RECEIVED.value)


class Source(models.TextChoices):
    """Who says so."""

    PARTNER = "partner", _("the service")
    PERSON = "person", _("the person")
    COORDINATOR = "coordinator", _("the coordinator")
    SYSTEM = "system", _("Waypost")


class Urgency(models.TextChoices):
    """How fast."""

    ROUTINE = "routine", _("Routine")
    URGENT = "urgent", _("Urgent")
