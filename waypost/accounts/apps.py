"""The accounts room as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, sign-in, sessions."""

    name = "waypost.accounts"
    label = "accounts"
