"""Whether one service may be for somebody: every rule that could be compared, and what is not known."""

from dataclasses import replace
from uuid import UUID

from waypost.directory.poverty import poverty_guidelines
from waypost.directory.rules.fit import Facts, Fit, fit
from waypost.directory.selectors.listing import service_page
from waypost.directory.selectors.search import as_listing
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible


def check_service(service_id: UUID, facts: Facts) -> Fit:
    """Compare one listing with what was told. A victim service is never checked: it is called."""
    page = service_page(service_id)
    if page.listing.is_victim_service:
        raise NotVisible
    listing = replace(as_listing(page.listing), documents=page.required_documents)
    return fit(listing, replace(facts, on=today()), poverty_guidelines())
