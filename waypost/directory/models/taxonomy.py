"""Taxonomies, the terms that are attached to rows, and records about the feed itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from waypost.directory.models.base import Row, text
from waypost.kernel.ids import uuid7


class Taxonomy(Row):
    """HSDS taxonomy: a list of terms with a name and a version."""

    name = models.TextField()
    description = text()
    uri = text()
    version = text()


class TaxonomyTerm(Row):
    """HSDS taxonomy_term; ``taxonomy`` is the standard's text column, ``taxonomy_detail`` the reference.

    ``retired_on``: since then it is offered and shown nowhere; listings keep it.
    """

    code = text()
    name = models.TextField()
    description = text()
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="children")
    taxonomy = text()
    language = text()
    taxonomy_detail = models.ForeignKey(
        Taxonomy, on_delete=models.SET_NULL, null=True, related_name="terms", db_column="taxonomy_id"
    )
    term_uri = text()
    retired_on = models.DateField(null=True)


class TermName(models.Model):
    """What the network calls a term in a language, beside the name that the taxonomy itself gives."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "Español")])
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "language"], name="directory_termname_once"),
            models.CheckConstraint(
                condition=Q(language__in=["en", "es"]), name="directory_termname_language"
            ),
        ]


class Attribute(Row):
    """HSDS attribute: a term, or a value, attached to any row (``link_entity``, ``link_id``)."""

    link_id = models.UUIDField(null=True)
    link_entity = text()
    link_type = text()
    taxonomy_term = models.ForeignKey(
        TaxonomyTerm, on_delete=models.CASCADE, null=True, related_name="attributes"
    )
    value = text()
    label = text()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["source", "source_id"]),
            models.Index(fields=["link_id"]),
        ]


class Metadata(Row):
    """HSDS metadata: what the feed says about changes of its own rows."""

    resource_id = models.UUIDField(null=True)
    resource_type = text()
    last_action_date = models.DateField(null=True)
    last_action_type = text()
    field_name = text()
    previous_value = text()
    replacement_value = text()
    updated_by = text()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["source", "source_id"]),
            models.Index(fields=["resource_id"]),
        ]


class MetaTableDescription(Row):
    """HSDS meta_table_description: language and character set of the feed's tables."""

    name = text()
    language = text()
    character_set = text()
