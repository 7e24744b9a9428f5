"""From the tables and columns of HSDS to our models and fields."""

from django.apps import apps
from django.db import models

from waypost.directory.hsds import TABLES

# Columns of the standard that have another name in our tables.
FIELD_NAMES = {
    ("funding", "source"): "funding_source",
    ("taxonomy_terms", "taxonomy_id"): "taxonomy_detail_id",
}


def model_of(table: str) -> type[models.Model]:
    """The model that holds this table of HSDS."""
    return apps.get_model("directory", TABLES[table].singular.replace("_", ""))


def field_name(table: str, column: str) -> str:
    """The attribute that holds this column of HSDS."""
    return FIELD_NAMES.get((table, column), column)
