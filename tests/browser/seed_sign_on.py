"""Run as a process: Pine House, which signs on at its provider: Lou has no password, Max an app for codes."""

import sys

import django

django.setup()

from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402 - after setup
from django.db import transaction  # noqa: E402

from tests.community import trained  # noqa: E402
from waypost.accounts.models import User  # noqa: E402
from waypost.accounts.services import create_user  # noqa: E402
from waypost.kernel.actors import SYSTEM  # noqa: E402
from waypost.network.services import add_member, add_organization  # noqa: E402
from waypost.network.signing_on import set_sign_on  # noqa: E402


def main(issuer: str) -> None:
    """One organization for each of the journeys, since each one changes it."""
    for number in ("one", "two"):
        pine = add_organization(name=f"Pine House {number}", kind="cbo", legal_status="none")
        for name, role in (("Lou", "supervisor"), ("Max", "intake_worker")):
            user = create_user(email=f"{name.lower()}@{number}.pine.example", name=f"{name} of {number}")
            trained(user)
            add_member(user_id=user, organization_id=pine, role=role)
        TOTP.activate(
            User.objects.get(email=f"max@{number}.pine.example"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        )
        set_sign_on(
            actor=SYSTEM,
            organization_id=pine,
            issuer=issuer,
            client_id="waypost",
            secret_variable="WAYPOST_OIDC_PINE",
            domain=f"{number}.pine.example",
            enforced=True,
        )


if __name__ == "__main__":
    with transaction.atomic():
        main(sys.argv[1])
