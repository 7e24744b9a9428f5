"""People of the test community who guard privacy."""

from uuid import UUID

from tests.community import trained
from waypost.accounts.services import create_user
from waypost.kernel.actors import Actor
from waypost.network.selectors import organization
from waypost.network.services import add_member


def officer(organization_id: UUID, name: str = "Pia Berg", *, role: str = "privacy_officer") -> Actor:
    """Somebody of this organization, its privacy officer unless another role is named."""
    email = f"{name.split(maxsplit=1)[0].lower()}.{str(organization_id)[-6:]}@guards.example"
    user = create_user(email=email, name=name, password="a long password for guards")  # noqa: S106
    trained(user)
    add_member(user_id=user, organization_id=organization_id, role=role)
    card = organization(organization_id)
    return Actor(user_id=user, name=name, organization_id=card.id, organization_name=card.name, role=role)
