"""What a service's name alone gives away (design § 3: a recipient's name alone can tell)."""

import pytest

from waypost.directory.rules.sensitive import tells_of

CASES: list[tuple[list[str], list[str], set[str]]] = [
    (["Weekly groceries", "Cedar Food Bank"], ["food-insecurity"], set()),
    (["Sober living, women", "Harbor Lights Recovery"], ["homelessness"], {"substance_use"}),
    (["Work after treatment", "Harbor Lights Recovery"], ["employment-status"], {"substance_use"}),
    (["Detoxification", "County Hospital"], [], {"substance_use"}),
    (["Outpatient", "Valley Behavioral Health"], [], {"mental_health"}),
    (["988 Suicide & Crisis Lifeline"], [], {"mental_health"}),
    (["HIV testing", "Health Department"], [], {"hiv"}),
    (["Hearing aids", "Lions Club"], [], set()),
    (["Safe housing", "AIDS Foundation"], [], {"hiv"}),
    (["Family Planning Clinic"], [], {"reproductive"}),
    (["Re-entry employment", "Goodwill"], [], {"justice"}),
    (["Help with bills"], ["incarceration-status"], {"justice"}),
    (["Legal help", "Domestic Violence Coalition"], [], {"violence"}),
    (["Somebody to talk to"], ["intimate-partner-violence"], {"violence"}),
    (["Grapes and apples", "Orchard market"], [], set()),  # "rape" inside another word
    (["Disaster recoveryfund"], [], set()),
]


@pytest.mark.parametrize(("names", "needs", "told"), CASES)
def test_what_being_sent_there_tells(names: list[str], needs: list[str], told: set[str]) -> None:
    assert tells_of(need_categories=needs, names=names) == told


def test_a_victim_service_always_tells() -> None:
    assert tells_of(need_categories=[], names=["Casa"], is_victim_service=True) == {"violence"}
