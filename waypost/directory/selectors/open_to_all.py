"""Which rows may leave the directory by an API or a file, as SQL over a row ``r``.

Never: hidden and expired listings with all that belongs to them; confidential places, and those of victim
services, with all that belongs to them, the link to the service included. A victim service leaves with its
name, status, needs and phone numbers alone. A row that belongs to several others leaves when all of
them do. Every value is a parameter; only fixed pieces of text are put together.
"""

from waypost.directory.hsds import BY_SINGULAR, TABLES

_ORGANIZATION = (
    "EXISTS (SELECT 1 FROM directory_organization o WHERE o.id = {id} AND o.hidden_why = ''{only})"
)
_SERVICE = (
    "EXISTS (SELECT 1 FROM directory_service s JOIN directory_organization so ON so.id = s.organization_id"
    " WHERE s.id = {id} AND s.hidden_why = '' AND (s.expires_on IS NULL OR s.expires_on >= %(today)s)"
    " AND so.hidden_why = ''{only})"
)
_JOINTS = (
    "EXISTS (SELECT 1 FROM directory_serviceatlocation j2 JOIN directory_service s2 ON s2.id = j2.service_id"
    " JOIN directory_organization o2 ON o2.id = s2.organization_id"
    " WHERE j2.location_id = {row}.id AND {not_}o2.is_victim_service)"
)


def _organization(column: str, victims: bool) -> str:
    return _ORGANIZATION.format(id=column, only="" if victims else " AND NOT o.is_victim_service")


def _service(column: str, victims: bool) -> str:
    return _SERVICE.format(id=column, only="" if victims else " AND NOT so.is_victim_service")


def _place(row: str) -> str:
    """A place where a victim service is, and no other service, is the victim service's."""
    organization = _organization(f"{row}.organization_id", victims=False)
    return (
        f"{row}.hidden_why = '' AND NOT {row}.confidential"
        f" AND ({row}.organization_id IS NULL OR {organization})"
        f" AND (NOT {_JOINTS.format(row=row, not_='')} OR {_JOINTS.format(row=row, not_='NOT ')})"
    )


def _location(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM directory_location l WHERE l.id = {column} AND {_place('l')})"


def _joint(column: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM directory_serviceatlocation j WHERE j.id = {column}"
        f" AND {_service('j.service_id', victims=False)} AND {_location('j.location_id')})"
    )


def _contact(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM directory_contact k WHERE k.id = {column} AND {_child('contacts', 'k')})"


def _phone(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM directory_phone p WHERE p.id = {column} AND {_child('phones', 'p')})"


def named_row(column: str, name: str) -> str:
    """Whether the row that ``column`` names may leave; ``name`` is the reference's (``service_id``)."""
    whole = {
        "organization_id": lambda: _organization(column, victims=False),
        "service_id": lambda: _service(column, victims=False),
        "location_id": lambda: _location(column),
        "service_at_location_id": lambda: _joint(column),
        "contact_id": lambda: _contact(column),
        "phone_id": lambda: _phone(column),
    }
    return whole[name]()


def _child(table: str, row: str) -> str:
    """Everything that the row belongs to may leave."""
    parts = (
        f"({row}.{each} IS NULL OR {named_row(f'{row}.{each}', each)})" for each in TABLES[table].parents
    )
    return "(" + " AND ".join(parts) + ")"


def _phones(row: str) -> str:
    """The number of a service or an organization leaves even where its place may not be told."""
    own = (
        f"({row}.service_id IS NULL OR {_service(f'{row}.service_id', victims=True)})"
        f" AND ({row}.organization_id IS NULL OR {_organization(f'{row}.organization_id', victims=True)})"
        f" AND ({row}.contact_id IS NULL OR {_contact(f'{row}.contact_id')})"
    )
    elsewhere = (
        f"({row}.location_id IS NULL OR {_location(f'{row}.location_id')})"
        f" AND ({row}.service_at_location_id IS NULL OR {_joint(f'{row}.service_at_location_id')})"
    )
    named = f"({row}.service_id IS NOT NULL OR {row}.organization_id IS NOT NULL)"
    return f"({own} AND {_hotline(row)} AND ({named} OR ({elsewhere})))"


def _hotline(row: str) -> str:
    """Of a victim service the number that is named a hotline; without one, the first one can talk on."""
    owner = (
        f"(SELECT v.id FROM directory_organization v WHERE v.is_victim_service AND v.id IN"
        f" ({row}.organization_id,"
        f" (SELECT w.organization_id FROM directory_service w WHERE w.id = {row}.service_id)))"
    )
    theirs = (
        "SELECT q.id FROM directory_phone q LEFT JOIN directory_service w ON w.id = q.service_id"
        f" WHERE q.contact_id IS NULL AND coalesce(w.organization_id, q.organization_id) = {owner}"
    )
    named = "concat_ws(' ', {}.type, {}.description) ~* 'hotline'"
    spoken = "lower(q.type) IN ('', 'voice', 'text', 'sms', 'cell')"
    return (
        f"({owner} IS NULL OR {named.format(row, row)} OR (NOT EXISTS ({theirs} AND {named.format('q', 'q')})"
        f" AND {row}.id = ({theirs} AND {spoken} ORDER BY q.service_id NULLS LAST, q.id LIMIT 1)))"
    )


def _linked(row: str, column: str) -> str:
    """A row about another leaves with it; one about nothing that is known, unless it may tell a secret.

    An id is that of one row in one table, whatever the row says of its kind: the tables are asked in turn.
    """
    tables = [each.name for each in BY_SINGULAR.values() if not each.link]
    tables += ["attributes"] if column == "resource_id" else []
    tables.sort(key=lambda name: name not in ("services", "organizations", "locations"))
    found = " OR ".join(_exists(f"{row}.{column}", name) for name in tables)
    secret = (
        f"EXISTS (SELECT 1 FROM directory_location c WHERE c.confidential AND c.source = {row}.source)"
        f" OR EXISTS (SELECT 1 FROM directory_organization c"
        f" WHERE c.is_victim_service AND c.source = {row}.source)"
    )
    return f"CASE WHEN {row}.{column} IS NULL THEN NOT ({secret}) ELSE ({found}) END"


def _exists(column: str, table: str) -> str:
    """Whether the row of this table may leave with more than its name."""
    direct = {
        "organizations": lambda: _organization(column, victims=False),
        "services": lambda: _service(column, victims=False),
        "locations": lambda: _location(column),
        "service_at_locations": lambda: _joint(column),
    }
    if table in direct:
        return direct[table]()
    name = f"directory_{TABLES[table].singular.replace('_', '')}"
    inner = _child(table, "x") if TABLES[table].parents else "true"
    if table == "attributes":
        about = _linked("y", "link_id")
        return f"EXISTS (SELECT 1 FROM directory_attribute y WHERE y.id = {column} AND {about})"
    if table == "programs":
        inner = _organization("x.organization_id", victims=False)
    return f"EXISTS (SELECT 1 FROM {name} x WHERE x.id = {column} AND {inner})"


def may_leave(table: str) -> str:
    """The condition on a row ``r`` of this table of HSDS; it takes the parameter ``today``."""
    spec = TABLES[table]
    if table in _OWN:
        return _OWN[table]
    if spec.link:
        return _linked("r", spec.link[0])
    return _child(table, "r") if spec.parents else "true"


_POSTAL = (  # of an organization that keeps a place private, its postal address may be that place's
    "NOT EXISTS (SELECT 1 FROM directory_location c WHERE c.confidential"
    " AND c.organization_id = r.organization_id)"
)
_OWN = {
    "addresses": f"({_child('addresses', 'r')} AND {_POSTAL})",
    "organizations": "r.hidden_why = ''",
    "services": _service("r.id", victims=True),
    "locations": f"({_place('r')})",
    "service_at_locations": f"({_service('r.service_id', victims=False)} AND {_location('r.location_id')})",
    "programs": _organization("r.organization_id", victims=False),
    "phones": _phones("r"),
}
