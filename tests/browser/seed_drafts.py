"""Run as a process: people who agreed, each with a referral ready to be sent; prints the referrals' ids."""

import sys

import django

django.setup()

from bench.filling import drafts  # noqa: E402 - after setup
from tests.community import Community, build  # noqa: E402


def main(count: int) -> None:
    """The community, then the drafts."""
    at: Community = build()
    for draft in drafts(at, count):
        sys.stdout.write(f"{draft}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
