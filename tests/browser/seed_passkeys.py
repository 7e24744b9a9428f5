"""Run as a process: Kim and Noa of the clinic, whose accounts these journeys change."""

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.community import PASSWORD, trained  # noqa: E402
from waypost.accounts.services import create_user  # noqa: E402
from waypost.network.selectors import organizations  # noqa: E402
from waypost.network.services import add_member  # noqa: E402

if __name__ == "__main__":
    with transaction.atomic():
        [clinic] = [each.id for each in organizations() if each.name == "Cedar Clinic"]
        for name in ("Kim", "Noa"):
            user = create_user(email=f"{name.lower()}@cedar.example", name=name, password=PASSWORD)
            trained(user)
            add_member(user_id=user, organization_id=clinic, role="coordinator")
