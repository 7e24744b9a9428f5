"""The tables of HSDS 3.2 as plain data: columns with their kinds, references, what a row must have.

Source: Human Services Data Specification 3.2.3, datapackage.json. Two columns are Waypost's own:
``addresses.organization_id`` (an organization's postal address, known to HSDS 1.1) and
``schedules.holiday`` / ``schedules.closed`` (HSDS 1.1 holiday schedules, which 3.x folds into schedules).
No Django here: the importer reads this list, the models are written to match it (a test says so).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

TEXT, INTEGER, NUMBER, DATE, MOMENT, TIME, FLAG = (
    "text",
    "integer",
    "number",
    "date",
    "moment",
    "time",
    "flag",
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another table. ``required``: without that row this one says nothing."""

    column: str
    table: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Of ``parents`` (columns) at least one must lead to a row that exists."""

    name: str
    singular: str
    columns: Mapping[str, str]
    required: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    parents: tuple[str, ...] = ()
    main: str = ""  # the column that a bare word stands for, as in "languages": ["English"]
    link: tuple[str, str] | None = field(default=None)  # (id column, entity column) of a link to any table

    def reference(self, column: str) -> Reference | None:
        """The reference that this column holds, if any."""
        return next((each for each in self.references if each.column == column), None)


def _columns(text: str = "", **others: str) -> dict[str, str]:
    named = {name: TEXT for name in text.split()}
    for kind, names in others.items():
        named |= {name: kind for name in names.split()}
    return named


def _refs(required: str = "", **optional: str) -> tuple[Reference, ...]:
    needed = tuple(Reference(f"{each}_id", f"{each}s", required=True) for each in required.split())
    return needed + tuple(Reference(column, table) for column, table in optional.items())


_PARENTS = {
    "organization_id": "organizations",
    "service_id": "services",
    "service_at_location_id": "service_at_locations",
    "location_id": "locations",
    "contact_id": "contacts",
    "phone_id": "phones",
}


def _child(name: str, singular: str, parents: str, columns: dict[str, str], **more: object) -> Table:
    chosen = tuple(f"{each}_id" for each in parents.split())
    references = tuple(Reference(column, _PARENTS[column]) for column in chosen)
    extra = more.pop("references", ())
    return Table(name, singular, columns, parents=chosen, references=references + extra, **more)  # type: ignore[arg-type, operator]


# In the order in which rows may be written: a row comes after those it refers to.
ORDER: tuple[Table, ...] = (
    Table("meta_table_descriptions", "meta_table_description", _columns("name language character_set")),
    Table("units", "unit", _columns("name scheme identifier uri"), required=("name",), main="name"),
    Table("taxonomies", "taxonomy", _columns("name description uri version"), ("name",), main="name"),
    Table(
        "taxonomy_terms",
        "taxonomy_term",
        _columns("code name description taxonomy language term_uri"),
        required=("name",),
        references=_refs(parent_id="taxonomy_terms", taxonomy_id="taxonomies"),
        main="name",
    ),
    Table(
        "organizations",
        "organization",
        _columns(
            "name alternate_name description email website tax_status tax_id legal_status logo uri",
            integer="year_incorporated",
        ),
        required=("name",),
        references=_refs(parent_organization_id="organizations"),
    ),
    Table(
        "programs",
        "program",
        _columns("name alternate_name description"),
        required=("name",),
        references=_refs("organization"),
    ),
    Table(
        "services",
        "service",
        _columns(
            "name alternate_name description url email status interpretation_services application_process"
            " fees_description wait_time fees accreditations eligibility_description assurer_email licenses"
            " alert",
            number="minimum_age maximum_age",
            date="assured_date",
            moment="last_modified",
        ),
        required=("name",),
        references=_refs("organization", program_id="programs"),
    ),
    Table(
        "locations",
        "location",
        _columns(
            "location_type url name alternate_name description transportation latitude longitude"
            " external_identifier external_identifier_type"
        ),
        references=_refs(organization_id="organizations"),
    ),
    Table(
        "service_at_locations",
        "service_at_location",
        _columns("description"),
        references=_refs("service location"),
    ),
    _child(
        "contacts",
        "contact",
        "organization service service_at_location location",
        _columns("name title department email"),
        main="name",
    ),
    _child(
        "phones",
        "phone",
        "location service organization contact service_at_location",
        _columns("number extension type description"),
        required=("number",),
        main="number",
    ),
    _child(
        "addresses",
        "address",
        "location organization",
        _columns("attention address_1 address_2 city region state_province postal_code country address_type"),
    ),
    _child(
        "schedules",
        "schedule",
        "service location service_at_location",
        _columns(
            "timezone wkst freq byday byweekno bymonthday byyearday description schedule_link"
            " attending_type notes",
            date="valid_from valid_to dtstart until",
            integer="count interval",
            time="opens_at closes_at",
            flag="holiday closed",
        ),
        main="description",
    ),
    _child(
        "service_areas",
        "service_area",
        "service service_at_location",
        _columns("name description extent extent_type uri"),
        main="name",
    ),
    _child(
        "languages",
        "language",
        "service location phone",
        _columns("name code note"),
        main="name",
    ),
    _child("required_documents", "required_document", "service", _columns("document uri"), main="document"),
    _child(
        "cost_options",
        "cost_option",
        "service",
        _columns("option currency amount_description", date="valid_from valid_to", number="amount"),
        main="option",
    ),
    _child(
        "accessibility", "accessibility", "location", _columns("description details url"), main="description"
    ),
    _child("funding", "funding", "organization service", _columns("source"), main="source"),
    _child(
        "service_capacities",
        "service_capacity",
        "service",
        _columns("description", number="available maximum", moment="updated"),
        references=_refs(unit_id="units"),
    ),
    _child(
        "urls",
        "url",
        "organization service",
        _columns("label url"),
        required=("url",),
        main="url",
    ),
    _child(
        "organization_identifiers",
        "organization_identifier",
        "organization",
        _columns("identifier_scheme identifier_type identifier"),
        required=("identifier",),
        main="identifier",
    ),
    Table(
        "attributes",
        "attribute",
        _columns("link_type link_entity value label"),
        references=_refs(taxonomy_term_id="taxonomy_terms"),
        link=("link_id", "link_entity"),
        main="value",
    ),
    Table(
        "metadata",
        "metadata",
        _columns(
            "resource_type last_action_type field_name previous_value replacement_value updated_by",
            date="last_action_date",
        ),
        link=("resource_id", "resource_type"),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in ORDER}
BY_SINGULAR: dict[str, Table] = {table.singular: table for table in ORDER}
