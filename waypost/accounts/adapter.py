"""How django-allauth behaves here: nobody signs up by himself, organizations let people in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Waypost's account rules."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an account comes from one's organization."""
        return False
