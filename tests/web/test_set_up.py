"""The integrator's set-up: organizations, agreements, whether it works, the law's checklist."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.community import Community, rosa, sent_referral
from tests.web.meddling import as_owner, audited
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.disclosure import gate
from waypost.kernel import clock
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.network.selectors import agreements_between, organization, organizations, sites, teams
from waypost.reporting.services import rebuild_facts

pytestmark = pytest.mark.django_db

PAGES = ("set_up", "set_up_checklist", "set_up_organization_new", "set_up_agreements", "set_up_agreement_new")
FERN = {
    "name": "Fern House",
    "kind": "cbo",
    "legal_status": "none",
    "person_word": "neighbor",
    "phone": "206-555-0170",
    "notice_email": "desk@fern.example",
}


def test_only_the_integrator_sets_up(community: Community, ana: Client, sam: Client) -> None:
    for client in (ana, sam):
        for page in PAGES:
            assert client.get(reverse(page)).status_code == FORBIDDEN
        assert client.post(reverse("set_up_organization_new"), FERN).status_code == FORBIDDEN
        assert client.post(reverse("set_up_mail")).status_code == FORBIDDEN


def test_every_page_opens(community: Community, ivy: Client) -> None:
    for page in PAGES:
        assert ivy.get(reverse(page)).status_code == OK
    assert ivy.get(reverse("set_up_organization", args=[community.clinic])).status_code == OK


def test_an_organization_is_let_in_and_changed(community: Community, ivy: Client) -> None:
    answer = ivy.post(reverse("set_up_organization_new"), FERN)
    assert answer.status_code == FOUND, text(answer)
    made = next(each for each in organizations() if each.name == "Fern House")
    page = reverse("set_up_organization", args=[made.id])
    changed = {**FERN, "legal_status": "victim_service"}
    assert ivy.post(page, changed).status_code == FOUND
    assert organization(made.id).is_victim_service
    ivy.post(reverse("set_up_site", args=[made.id]), {"name": "Main Street"})
    ivy.post(reverse("set_up_team", args=[made.id]), {"name": "Evening"})
    assert (sites(made.id), [each.name for each in teams(made.id)]) == (["Main Street"], ["Evening"])
    again = ivy.post(reverse("set_up_team", args=[made.id]), {"name": "evening"}, follow=True)
    assert "a name of its own" in text(again)


def test_a_name_is_taken_once(community: Community, ivy: Client) -> None:
    answer = ivy.post(reverse("set_up_organization_new"), {**FERN, "name": "cedar clinic"})
    assert (answer.status_code, "takes part already" in text(answer)) == (REFUSED, True)


def test_an_agreement_counts_from_its_first_day_and_ends_at_once(community: Community, ivy: Client) -> None:
    given = {
        "kind": "data_sharing",
        "parties": [str(community.clinic), str(community.bank)],
        "signed_on": today().isoformat(),
        "valid_from": today().isoformat(),
        "purposes": ["care_coordination"],
    }
    assert ivy.post(reverse("set_up_agreement_new"), given).status_code == FOUND
    (card,) = agreements_between(community.clinic, community.bank, on=today())
    assert card.purposes == {"care_coordination"}
    (number,) = re.findall(
        r"/set-up/agreements/([0-9a-f]+-[0-9a-f-]+)/", text(ivy.get(reverse("set_up_agreements")))
    )
    page = text(ivy.get(reverse("set_up_agreement", args=[number])))
    assert "from that moment nothing is shared on it any more" in page
    assert ivy.post(reverse("set_up_agreement_end", args=[number])).status_code == FOUND
    assert agreements_between(community.clinic, community.bank, on=today()) == []
    assert "Ended early" in text(ivy.get(reverse("set_up_agreement", args=[number])))
    assert "ended already" in text(ivy.post(reverse("set_up_agreement_end", args=[number]), follow=True))


@pytest.mark.parametrize(("purposes", "sent"), [(["care_coordination"], True), ([], False)])
def test_what_is_written_down_in_the_page_is_what_the_gate_counts(
    community: Community, ivy: Client, purposes: list[str], sent: bool
) -> None:
    given = {
        "kind": "data_sharing",
        "parties": [str(community.clinic), str(community.bank)],
        "signed_on": today().isoformat(),
        "valid_from": today().isoformat(),
        "purposes": purposes,
    }
    assert ivy.post(reverse("set_up_agreement_new"), given).status_code == FOUND
    person = rosa(community.ana)
    with acting(community.ana):
        found = gate.may_tell(
            community.ana, person, gate.party(community.bank), topics=["identity", "contact"]
        )
    assert (found.permit, found.basis if sent else None) == (sent, "agreement" if sent else None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parties": ["clinic"]}, "at least two"),
        ({"valid_to": "2020-01-01"}, "in the past"),
        ({"signed_on": ""}, "required"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(
    community: Community, ivy: Client, change: dict[str, object], words: str
) -> None:
    given: dict[str, object] = {
        "kind": "baa",
        "parties": ["clinic", "bank"],
        "signed_on": today().isoformat(),
        "valid_from": today().isoformat(),
        **change,
    }
    given["parties"] = [str(getattr(community, str(each))) for each in given["parties"]]  # type: ignore[attr-defined]
    answer = ivy.post(reverse("set_up_agreement_new"), given)
    assert (answer.status_code, words in text(answer)) == (REFUSED, True)


def test_the_checklist_says_who_made_sure_when(community: Community, ivy: Client) -> None:
    assert "Nobody made sure yet" in text(ivy.get(reverse("set_up_checklist")))
    ivy.post(reverse("set_up_tick", args=["breach_plan"]), {"note": "Binder 3"})
    page = text(ivy.get(reverse("set_up_checklist")))
    assert "Ivy Chen made sure on" in page and "Binder 3" in page
    assert ivy.post(reverse("set_up_tick", args=["no_such_line"])).status_code == NOT_FOUND


def test_a_test_mail_goes_to_oneself_and_its_result_stays(community: Community, ivy: Client) -> None:
    ivy.post(reverse("set_up_mail"))
    assert [each.to for each in mail.outbox] == [["ivy@hub.example"]]
    ivy.get(reverse("set_up"))


def test_a_mail_server_that_fails_is_told_plainly(
    community: Community, ivy: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    page = text(ivy.post(reverse("set_up_mail"), follow=True))
    assert "did not take it (ConnectionRefusedError)" in page


def test_backups_are_honestly_not_told_well_or_old(
    community: Community, ivy: Client, settings: object, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp"
    for setting, words in (
        ("", "Not told. Waypost does not know whether backups are made."),
        (str(stamp), "is not there"),
    ):
        settings.BACKUP_STAMP = setting  # type: ignore[attr-defined]
        assert words in text(ivy.get(reverse("set_up")))
    stamp.touch()
    assert "The last one was made" in text(ivy.get(reverse("set_up")))
    long_ago = stamp.stat().st_mtime - 3 * 24 * 3600
    os.utime(stamp, (long_ago, long_ago))
    assert "Look why." in text(ivy.get(reverse("set_up")))


def test_what_is_not_well_is_said(community: Community, ivy: Client, settings: object) -> None:
    settings.OWN_SECRET = False  # type: ignore[attr-defined]
    page = text(ivy.get(reverse("set_up")))
    assert "No worker is heard of" in page
    assert "Pages are sent without encryption" in page
    assert "secret is in use" in page


def test_a_pair_that_shares_without_an_agreement_is_named_until_one_is_recorded(
    community: Community, ivy: Client
) -> None:
    pair = "Cedar Clinic – Cedar Food Bank"
    for page in ("set_up", "set_up_agreements"):
        assert pair not in text(ivy.get(reverse(page))), "nothing is shared yet"

    def refer() -> None:
        with clock.at(clock.now() - timedelta(days=75)):  # old enough to be told of the network
            sent_referral(community)
        rebuild_facts()

    as_owner(refer)
    for page in ("set_up", "set_up_agreements"):
        assert pair in text(ivy.get(reverse(page)))
    today_is = today().isoformat()
    given = {
        "kind": "mou",
        "parties": [str(community.clinic), str(community.bank)],
        "signed_on": today_is,
        "valid_from": today_is,
    }
    assert ivy.post(reverse("set_up_agreement_new"), given).status_code == FOUND
    assert pair in text(ivy.get(reverse("set_up_agreements"))), "an MOU lets nobody share"
    assert ivy.post(reverse("set_up_agreement_new"), {**given, "kind": "data_sharing"}).status_code == FOUND
    for page in ("set_up", "set_up_agreements"):
        assert pair not in text(ivy.get(reverse(page)))


def test_what_the_integrator_does_is_written_down(community: Community, ivy: Client) -> None:
    assert audited("network.add_organization") == []
    ivy.post(reverse("set_up_organization_new"), FERN)
    [line] = audited("network.add_organization")
    made = next(each for each in organizations() if each.name == "Fern House")
    assert (line.actor_id, line.subject_ids) == (community.ivy.user_id, [made.id])
