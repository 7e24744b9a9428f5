"""The network room as a Django application."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Participants of the network."""

    name = "waypost.network"
    label = "network"
