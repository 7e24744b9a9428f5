"""Which user a proof stands for: one who works for that organization, by an address of its domain."""

from uuid import UUID

from waypost.accounts.models import Identity, User
from waypost.accounts.oidc.asked import works_for
from waypost.accounts.oidc.provider import NotProved, Proof
from waypost.kernel import audit
from waypost.kernel.actors import Actor


def user_for(proof: Proof, *, issuer: str, organization_id: UUID, domain: str) -> UUID:
    """The user; raises NotProved for strangers, other domains, and whoever is bound otherwise already."""
    if proof.email.rpartition("@")[2] != domain.lower():
        raise NotProved("an address of another domain")
    user = User.objects.filter(email__iexact=proof.email, is_active=True).first()
    if user is None or not works_for(user.pk, organization_id):
        raise NotProved("nobody of this organization")
    bound = Identity.objects.filter(issuer=issuer, subject=proof.subject).first()
    other = Identity.objects.filter(issuer=issuer, user=user).first()
    if (bound is not None and bound.user_id != user.pk) or (
        other is not None and other.subject != proof.subject
    ):
        raise NotProved("bound to somebody else")
    if bound is None:
        Identity.objects.bulk_create([Identity(user=user, issuer=issuer, subject=proof.subject)])
        owner = Actor(user_id=user.pk, name=user.name, organization_id=None, organization_name="", role="")
        audit.record("accounts.bind_identity", actor=owner, subject_type="user", subject_ids=[user.pk])
    return user.pk
