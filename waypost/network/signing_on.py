"""An organization's own sign-on: found by the domain of an address, set by who sets up the network."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.accounts.oidc.provider import VARIABLE
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused
from waypost.network.cards import SignOnCard
from waypost.network.models import SignOn


def sign_on_for(email: str) -> SignOnCard | None:
    """The sign-on that an address belongs to."""
    return _first(domain=email.strip().lower().rpartition("@")[2])


def sign_on_by_id(sign_on_id: UUID) -> SignOnCard | None:
    """One sign-on."""
    return _first(pk=sign_on_id)


def sign_on_of(organization_id: UUID) -> SignOnCard | None:
    """An organization's."""
    return _first(organization_id=organization_id)


def set_sign_on(
    *,
    actor: Actor,
    organization_id: UUID,
    issuer: str,
    client_id: str,
    secret_variable: str,
    domain: str,
    enforced: bool,
) -> None:
    """Set or change it; refused for a domain of another organization and a variable of another kind."""
    wanted = domain.strip().lower().removeprefix("@")
    if SignOn.objects.filter(domain=wanted).exclude(organization_id=organization_id).exists():
        raise Refused(_("Another organization signs on with this domain."), field="domain")
    if not VARIABLE.match(secret_variable):
        raise Refused(_("Its name begins with WAYPOST_OIDC_."), field="secret_variable")
    given = {
        "issuer": issuer.strip(),
        "client_id": client_id.strip(),
        "secret_variable": secret_variable,
        "domain": wanted,
        "enforced": enforced,
    }
    if not SignOn.objects.filter(organization_id=organization_id).update(**given):
        SignOn.objects.bulk_create([SignOn(organization_id=organization_id, **given)])
    audit.record(
        "network.sign_on",
        actor=actor,
        subject_type="organization",
        subject_ids=[organization_id],
        issuer=given["issuer"],
        enforced=enforced,
    )


def _first(**wanted: Any) -> SignOnCard | None:
    row = SignOn.objects.filter(**wanted, organization__active=True).select_related("organization").first()
    if row is None:
        return None
    return SignOnCard(
        id=row.id,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        issuer=row.issuer,
        client_id=row.client_id,
        secret_variable=row.secret_variable,
        domain=row.domain,
        enforced=row.enforced,
    )
