"""Every row of the table of eligibility cases, by criterion and overall."""

import pytest

from tests.rooms.directory.eligibility_cases import CASES, SQUARE, Case
from waypost.directory import services
from waypost.directory.models import ServiceArea
from waypost.directory.poverty import poverty_guidelines
from waypost.directory.rules import ServesAnswer, fit
from waypost.directory.selectors import SearchQuery, listings, search


@pytest.mark.parametrize("case", CASES, ids=[each.id for each in CASES])
def test_each_criterion_and_the_whole(case: Case) -> None:
    found = fit(case.listing, case.facts, poverty_guidelines())
    assert {each.about: each.verdict.value for each in found.reasons} == case.answers
    assert found.verdict == case.overall


def test_the_table_has_its_sources() -> None:
    assert len({each.id for each in CASES}) == len(CASES) >= 30
    assert all(each.source for each in CASES)


@pytest.mark.django_db
def test_a_search_finds_a_service_whose_area_is_a_shape() -> None:
    """98144 lies in the square round Seattle; 98402 (Tacoma) lies south of it."""
    organization = services.create_organization(name="Elm Center")
    service = services.create_service(organization_id=organization, name="Elm rides")
    ServiceArea.objects.create(service_id=service, name="Near the lake", extent=SQUARE, extent_type="geojson")
    services.listing_changed([service])
    found = {
        code: [
            hit.serves for hit in search(SearchQuery(zip=code, serves_only=True, include_unknown=False)).hits
        ]
        for code in ("98144", "98402")
    }
    assert found == {"98144": [ServesAnswer.YES], "98402": []}
    assert listings([service])[service].areas == ("Near the lake",)
