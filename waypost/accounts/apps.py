"""The accounts room as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, sign-in, sessions."""

    name = "waypost.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the jobs."""
        from waypost.accounts import jobs  # noqa: F401, PLC0415 - registers the tasks
