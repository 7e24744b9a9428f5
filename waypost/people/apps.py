"""The people room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, as each organization knows them: identity, contact, links."""

    name = "waypost.people"
    label = "people"
