"""Letting organizations into the network, with their sites and teams."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.models import Kind, LegalStatus, Organization, PersonWord, Site, Team

DEFAULT_WORD = {
    Kind.CLINIC: PersonWord.PATIENT,
    Kind.CBO: PersonWord.CLIENT,
    Kind.HEALTH_PLAN: PersonWord.MEMBER,
    Kind.INTEGRATOR: PersonWord.CLIENT,
}


def add_organization(
    *,
    name: str,
    kind: str,
    legal_status: str = LegalStatus.NONE,
    person_word: str = "",
    phone: str = "",
    notice_email: str = "",
) -> UUID:
    """Let an organization take part; refused where the name is taken."""
    if Organization.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(f"{name} takes part already.", field="name")
    row = Organization.objects.create(
        name=name.strip(),
        kind=Kind(kind),
        legal_status=LegalStatus(legal_status),
        person_word=PersonWord(person_word) if person_word else DEFAULT_WORD[Kind(kind)],
        phone=phone,
        notice_email=notice_email,
    )
    return row.id


def let_in(
    *,
    actor: Actor,
    name: str,
    kind: str,
    legal_status: str,
    person_word: str = "",
    phone: str = "",
    notice_email: str = "",
) -> UUID:
    """The integrator lets an organization take part; refused where the name is taken."""
    made = add_organization(
        name=name,
        kind=kind,
        legal_status=legal_status,
        person_word=person_word,
        phone=phone,
        notice_email=notice_email,
    )
    _note(actor, "network.add_organization", made, kind=kind, legal_status=legal_status)
    return made


def edit_organization(
    *,
    actor: Actor,
    organization_id: UUID,
    name: str,
    legal_status: str,
    person_word: str,
    phone: str,
    notice_email: str,
) -> None:
    """Change what is known of a participant. Its legal status decides which rules hold from now on."""
    row = _active(organization_id)
    if Organization.objects.filter(name__iexact=name.strip()).exclude(pk=row.pk).exists():
        raise Refused(_("%(name)s takes part already.") % {"name": name.strip()}, field="name")
    earlier = row.legal_status
    row.name, row.legal_status = name.strip(), LegalStatus(legal_status)
    row.person_word = PersonWord(person_word)
    row.phone, row.notice_email = phone.strip(), notice_email.strip()
    row.save(update_fields=["name", "legal_status", "person_word", "phone", "notice_email"])
    _note(actor, "network.edit_organization", row.id, earlier=earlier, legal_status=legal_status)


def new_site(*, actor: Actor, organization_id: UUID, name: str) -> UUID:
    """A place where an organization works; refused where the name is taken."""
    row = _active(organization_id)
    if not name.strip() or Site.objects.filter(organization=row, name__iexact=name.strip()).exists():
        raise Refused(_("Give the site a name of its own."), field="name")
    made = add_site(organization_id=row.id, name=name.strip())
    _note(actor, "network.add_site", row.id, site=made)
    return made


def new_team(*, actor: Actor, organization_id: UUID, name: str, site_id: UUID | None = None) -> UUID:
    """A team; refused where the name is taken or the site is another organization's."""
    row = _active(organization_id)
    if not name.strip() or Team.objects.filter(organization=row, name__iexact=name.strip()).exists():
        raise Refused(_("Give the team a name of its own."), field="name")
    if site_id and not Site.objects.filter(pk=site_id, organization=row).exists():
        raise Refused(_("Choose a site of this organization."), field="site")
    made = add_team(organization_id=row.id, name=name.strip(), site_id=site_id)
    _note(actor, "network.add_team", row.id, team=made)
    return made


def _active(organization_id: UUID) -> Organization:
    row = Organization.objects.select_for_update().filter(pk=organization_id, active=True).first()
    if row is None:
        raise NotVisible
    return row


def _note(actor: Actor, action: str, organization_id: UUID, **detail: object) -> None:
    audit.record(action, actor=actor, subject_type="organization", subject_ids=[organization_id], **detail)


def add_site(*, organization_id: UUID, name: str) -> UUID:
    """A place where the organization works."""
    return Site.objects.create(organization_id=organization_id, name=name).id


def add_team(
    *, organization_id: UUID, name: str, site_id: UUID | None = None, coordinator_fte: Decimal | None = None
) -> UUID:
    """A team, with the coordinators' full-time equivalents that serve it."""
    row = Team.objects.create(
        organization_id=organization_id, name=name, site_id=site_id, coordinator_fte=coordinator_fte
    )
    return row.id
