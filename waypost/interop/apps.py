"""Interop as a Django application, so that its commands are found."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    """Readers and writers of other systems' formats."""

    name = "waypost.interop"
    label = "interop"
