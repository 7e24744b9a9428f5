"""What goes with a listing when it is merged: the columns that name it, by table of HSDS. Plain data."""

from waypost.directory.choices import FactOf

Column = tuple[str, str]  # a table of HSDS, and its column that names the listing
OF_KIND = {
    FactOf.ORGANIZATION: "organizations",
    FactOf.SERVICE: "services",
    FactOf.LOCATION: "locations",
}
# What comes along with a merged listing in any case.
ALWAYS: dict[str, tuple[Column, ...]] = {
    FactOf.ORGANIZATION: (
        ("services", "organization_id"),
        ("locations", "organization_id"),
        ("programs", "organization_id"),
        ("organizations", "parent_organization_id"),
    ),
    FactOf.SERVICE: (),
    FactOf.LOCATION: (("service_at_locations", "location_id"),),
}
# What is shown of it where the kept listing has none of its own.
LISTS: dict[str, tuple[Column, ...]] = {
    FactOf.ORGANIZATION: tuple(
        (table, "organization_id")
        for table in ("phones", "addresses", "contacts", "urls", "funding", "organization_identifiers")
    ),
    FactOf.SERVICE: (
        *(
            (table, "service_id")
            for table in (
                "service_at_locations", "phones", "schedules", "languages", "service_areas",
                "required_documents", "cost_options", "contacts", "urls", "funding", "service_capacities",
            )
        ),
        ("attributes", "link_id"),
    ),
    FactOf.LOCATION: tuple(
        (table, "location_id")
        for table in ("phones", "schedules", "languages", "addresses", "accessibility", "contacts")
    ),
}  # fmt: skip
MERGED_INTO = "merged_into_id"
