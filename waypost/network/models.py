"""Participants. Never to be confused with a listing in the directory, which anybody may have."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from waypost.kernel.clock import now
from waypost.kernel.ids import uuid7
from waypost.kernel.papers import Paper
from waypost.network.roles import Role


class Kind(models.TextChoices):
    """What a participant is."""

    CLINIC = "clinic", _("Clinic")
    CBO = "cbo", _("Community organization")
    HEALTH_PLAN = "health_plan", _("Health plan")
    INTEGRATOR = "integrator", _("Integrator")


class LegalStatus(models.TextChoices):
    """How the law sees a participant; decides which rules apply to what it holds."""

    COVERED_ENTITY = "covered_entity", _("Covered entity")
    BUSINESS_ASSOCIATE = "business_associate", _("Business associate")
    PART2_PROGRAM = "part2_program", _("Substance use program (Part 2)")
    VICTIM_SERVICE = "victim_service", _("Victim-service provider")
    SCHOOL = "school", _("School")
    NONE = "none", _("None of these")


class PersonWord(models.TextChoices):
    """An organization's own word for the people it serves."""

    PATIENT = "patient", _("patient")
    CLIENT = "client", _("client")
    MEMBER = "member", _("member")
    CUSTOMER = "customer", _("customer")
    NEIGHBOR = "neighbor", _("neighbor")


class Organization(models.Model):
    """An organization that takes part in the network: has users, agreements, records of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    legal_status = models.CharField(max_length=20, choices=LegalStatus.choices, default=LegalStatus.NONE)
    person_word = models.CharField(max_length=20, choices=PersonWord.choices, default=PersonWord.CLIENT)
    phone = models.CharField(max_length=40, blank=True)
    notice_email = models.EmailField(blank=True)
    second_step_from = models.DateField(null=True)  # from then on nobody works here with a password alone
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where an organization works."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="network_site_name")
        ]


class Team(models.Model):
    """A team of an organization; ``coordinator_fte`` is what figures per FTE divide by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="teams")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="teams")
    name = models.CharField(max_length=200)
    coordinator_fte = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="network_team_name")
        ]


class Membership(models.Model):
    """Somebody works for an organization in a role; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    profession = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=models.Q(ended_at__isnull=True),
                name="network_membership_one_open",
            )
        ]


class Invitation(models.Model):
    """Somebody is asked by e-mail to work for an organization; its link works once, until it expires.

    ``round`` stands in the link: sending again raises it, and the links before work no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    profession = models.CharField(max_length=80, blank=True)
    invited_by_id = models.UUIDField(null=True)
    invited_by_name = models.CharField(max_length=200)
    round = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                "organization",
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="network_invitation_one_open",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "-sent_at"])]


class AgreementKind(models.TextChoices):
    """Kinds of agreement between participants."""

    DATA_SHARING = "data_sharing", _("Data sharing agreement")
    BAA = "baa", _("Business associate agreement")
    QSOA = "qsoa", _("Qualified service organization agreement")
    MOU = "mou", _("Memorandum of understanding")


class Agreement(models.Model):
    """An agreement in force between participants, with its dates."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=AgreementKind.choices)
    parties = models.ManyToManyField(Organization, related_name="agreements")
    purposes = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)  # ended early: from that moment on it counts for nothing


class AgreementCopy(models.Model):
    """A signed copy of an agreement, sealed: readable with the installation's keys only.

    A wrong one is withdrawn with a reason: the row stays, and the file is offered to nobody any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="copies")
    media = models.CharField(max_length=40, choices=[(each.value, each.name) for each in Paper])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    added_by_id = models.UUIDField(null=True)
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "network_agreement_copy"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "digest"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="network_agreement_copy_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_why=""),
                name="network_agreement_copy_says_why",
            ),
        ]


class Duty(models.Model):
    """That somebody of the integrator made sure of something: a line of the operator's checklist, or a test.

    Rows are added and never changed; the newest one counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    fine = models.BooleanField(default=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "-at"])]


class Cover(models.Model):
    """Somebody stands in for a colleague from one day through another; it ends by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    covered = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by_id = models.UUIDField(null=True)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="network_cover_days"
            ),
            models.CheckConstraint(condition=~models.Q(covered=models.F("by")), name="network_cover_two"),
        ]
        indexes: ClassVar = [models.Index(fields=["organization", "-ends_on"])]


class SignOn(models.Model):
    """An organization's own sign-on (OpenID Connect). The secret stands in the environment, never here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="sign_on")
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    secret_variable = models.CharField(max_length=60)
    domain = models.CharField(max_length=200, unique=True)
    enforced = models.BooleanField(default=False)
