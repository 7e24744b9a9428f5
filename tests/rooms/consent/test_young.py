"""Who agrees for somebody under age, and whose name has to stand on the form."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import override_settings

from tests.community import FOOD, Community, agree
from waypost.consent import services
from waypost.consent.minors import rules, who_agrees
from waypost.consent.selectors import consent, consents, form, look_for
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.people.services import Identity, register

pytestmark = pytest.mark.django_db

TOLD = ["identity", "contact", FOOD]
PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"

Row = tuple[int | None, set[str], str, set[str], set[str], set[str], set[str]]

# age, matters, place: who alone, who together, who a parent, what waits for the state to be named.
# RCW 71.34.530, 70.24.110; Cal. Fam. Code 6924-6929; 42 CFR 2.14; elsewhere both say yes.
AGES: list[Row] = [
    (17, {"general"}, "US-WA", set(), set(), {"general"}, set()),
    (18, {"general"}, "US-WA", {"general"}, set(), set(), set()),
    (None, {"general"}, "US-WA", {"general"}, set(), set(), set()),
    (13, {"mental_health"}, "US-WA", {"mental_health"}, set(), set(), set()),
    (12, {"mental_health"}, "US-WA", set(), {"mental_health"}, set(), set()),
    (11, {"mental_health"}, "US-WA", set(), set(), {"mental_health"}, set()),
    (12, {"mental_health"}, "US-CA", {"mental_health"}, set(), set(), set()),
    (13, {"mental_health"}, "US", set(), {"mental_health"}, set(), set()),
    (13, {"mental_health"}, "US-TX", set(), {"mental_health"}, set(), set()),
    (13, {"hiv"}, "US-WA", set(), {"hiv"}, set(), set()),
    (14, {"hiv"}, "US-WA", {"hiv"}, set(), set(), set()),
    (15, {"general", "substance_use"}, "US-WA", {"substance_use"}, set(), {"general"}, set()),
    (13, {"part2_record"}, "US-WA", {"part2_record"}, set(), set(), set()),
    (12, {"part2_record"}, "US-WA", set(), {"part2_record"}, set(), set()),
    (9, {"part2_record"}, "US-TX", set(), {"part2_record"}, set(), set()),
    (17, {"part2_record"}, "US", set(), set(), set(), {"part2_record"}),
    (18, {"part2_record"}, "US", {"part2_record"}, set(), set(), set()),
]


@pytest.mark.parametrize("row", AGES)
def test_who_agrees_at_which_age(row: Row) -> None:
    age, matters, where, *expected = row
    who = who_agrees(age, matters, where=where, day=date(2026, 11, 25))
    assert [who.alone, who.together, who.with_parent, who.no_state] == expected


def test_no_row_says_it_was_read_without_saying_what() -> None:
    for each in rules():
        assert each.checked in ("regulation", "published", "unchecked")
        assert each.checked == "unchecked" or each.read
        assert each.checked == "unchecked" or each.words or each.citation.startswith("Waypost")


def young(community: Community, years: int) -> UUID:
    born = today().replace(day=1) - timedelta(days=366 * years)
    with acting(community.ana):
        return register(actor=community.ana, identity=Identity(given_name="Leo", birth_date=born))


def test_for_a_child_a_parent_agrees(community: Community) -> None:
    leo = young(community, 12)
    with pytest.raises(Refused, match="a parent or guardian"):
        agree(community.ana, leo)
    agree(community.ana, leo, representative="Luz", authority="parent")


def test_what_a_young_person_agrees_to_alone_is_marked_so(community: Community) -> None:
    leo = young(community, 16)
    signed = {"captured": "written", "covers_sensitivities": ["mental_health"]}
    with override_settings(JURISDICTION="US-WA"):
        agree(community.ana, leo, **signed)
        with pytest.raises(Refused, match="alone"):
            agree(community.ana, leo, representative="Luz", authority="parent", **signed)
    with acting(community.ana):
        [said] = consents(community.ana, leo)
    assert "minor_consented" in said.covers_sensitivities


def test_where_no_state_is_set_a_parent_never_agrees_to_a_programs_record(community: Community) -> None:
    leo = young(community, 16)
    signed = {"captured": "written", "covers_sensitivities": ["part2_record"]}
    for place, words in (("US", "has not set its state"), ("US-TX", "the signature of the young person")):
        with override_settings(JURISDICTION=place), pytest.raises(Refused, match=words):
            agree(community.ana, leo, representative="Luz", authority="parent", **signed)


def test_both_sign_and_what_was_signed_says_so(community: Community) -> None:
    leo = young(community, 16)
    part = services.Part(
        topics=frozenset(TOLD), covers=frozenset({"mental_health"}), wanted=frozenset({"consent", "written"})
    )
    paper = services.Paper(
        captured="typed", signed_by="Luz Vega", representative="Luz Vega", authority="parent"
    )
    with acting(community.ana):
        with pytest.raises(Refused, match="young person") as refused:
            services.record_form(actor=community.ana, person_id=leo, parts=[part], paper=paper)
        assert refused.value.field == "minor_signed_by"
        both = replace(paper, minor_signed_by="Leo Vega")
        [made] = services.record_form(actor=community.ana, person_id=leo, parts=[part], paper=both)
        kept = form(community.ana, consent(community.ana, made).form_id)  # type: ignore[arg-type]
    assert (kept.signed_by, kept.minor_signed_by) == ("Luz Vega", "Leo Vega")
    assert kept.elements["written"]["minor_signature"] is True
    assert "minor_consented" not in kept.consents[0].covers_sensitivities


def test_a_paper_that_lacks_the_young_persons_name_does_not_count(community: Community) -> None:
    leo = young(community, 16)
    part = services.Part(
        topics=frozenset(TOLD), covers=frozenset({"hiv"}), wanted=frozenset({"consent", "written"})
    )
    paper = services.Paper(
        captured="scan", file=PAPER, representative="Luz Vega", authority="parent", minor_signed_by="Leo Vega"
    )
    with acting(community.ana):
        [made] = services.record_form(actor=community.ana, person_id=leo, parts=[part], paper=paper)
        form_id = consent(community.ana, made).form_id
        assert form_id is not None
    with acting(community.lee):
        asked = look_for(form(community.lee, form_id))
        assert "minor_signature" in asked
        with pytest.raises(Refused, match="young person"):
            services.confirm_form(
                actor=community.lee, form_id=form_id, confirmed=set(asked) - {"minor_signature"}
            )
        services.confirm_form(actor=community.lee, form_id=form_id, confirmed=asked)
