"""Searches that found nothing, counted without anything personal."""

from typing import ClassVar

from django.db import models


class UnmetNeed(models.Model):
    """How often nothing was found on a day, for a need or a word, in an area, by readers of a language.

    ``word`` is one of the directory's own words for needs, never what was typed; ``area`` is the first
    three digits of a ZIP, or a county.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    need = models.CharField(max_length=60, default="", blank=True)
    word = models.CharField(max_length=60, default="", blank=True)
    area = models.CharField(max_length=80, default="", blank=True)
    language = models.CharField(max_length=10, default="", blank=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "need", "word", "area", "language"], name="directory_unmetneed_once"
            )
        ]
