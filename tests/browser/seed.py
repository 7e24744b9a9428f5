"""Run as a process: the small community of the tests, committed into the database of the journey."""

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.community import build  # noqa: E402
from waypost.interop.fhir.shipped import load_shipped  # noqa: E402

if __name__ == "__main__":
    with transaction.atomic():
        build()
        load_shipped()
