"""The messaging room as a Django application."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Notices, in the page and by e-mail."""

    name = "waypost.messaging"
    label = "messaging"
