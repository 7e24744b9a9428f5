"""Letting organizations and people in from the command line."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from waypost.accounts.selectors import user_by_email
from waypost.kernel.models import AuditEntry
from waypost.network.selectors import memberships_of, organizations, teams

pytestmark = pytest.mark.django_db

PASSWORD = "seven blue herons at dusk"


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def clinic() -> None:
    run("add_organization", "--name", "Alder Clinic", "--kind", "clinic", "--legal-status", "covered_entity")


def member(*more: str, email: str = "ruth@alder.example", role: str = "coordinator") -> str:
    given = ["--email", email, "--organization", "alder clinic", "--role", role, *more]
    return run("add_member", *given)


def test_an_organization_takes_part_with_its_status_and_its_word_for_people(clinic: None) -> None:
    (card,) = organizations()
    assert (card.name, card.kind, card.legal_status, card.person_word) == (
        "Alder Clinic",
        "clinic",
        "covered_entity",
        "patient",
    )
    assert AuditEntry.objects.filter(action="network.add_organization").count() == 1


def test_a_name_that_is_taken_is_refused(clinic: None) -> None:
    with pytest.raises(CommandError, match="takes part already"):
        run("add_organization", "--name", "alder clinic", "--kind", "cbo")


@pytest.mark.parametrize("wrong", [("--kind", "shop"), ("--kind", "cbo", "--legal-status", "royal")])
def test_only_known_kinds_and_statuses(wrong: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        run("add_organization", "--name", "Shop", *wrong)


def test_somebody_new_sets_the_first_password_by_a_link_and_signs_in(clinic: None, client: Client) -> None:
    said = member("--name", "Ruth Moss", "--team", "North")
    link = urlsplit(said.split()[-1]).path
    page = client.get(link, follow=True)
    assert page.status_code == 200
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert client.login(email="ruth@alder.example", password=PASSWORD)
    user = user_by_email("ruth@alder.example")
    assert user is not None
    (place,) = memberships_of(user.id)
    assert (place.organization_name, place.role, place.team_name) == ("Alder Clinic", "coordinator", "North")
    assert b"password1" not in Client().get(link, follow=True).content  # the link worked once
    assert AuditEntry.objects.filter(action="network.add_member").count() == 1


def test_a_colleague_with_an_account_gets_a_second_place_and_no_link(clinic: None) -> None:
    member("--name", "Ruth Moss")
    run("add_organization", "--name", "Fern House", "--kind", "cbo")
    said = run(
        "add_member",
        "--email",
        "RUTH@alder.example",
        "--organization",
        "Fern House",
        "--role",
        "intake_worker",
    )
    assert "http" not in said
    user = user_by_email("ruth@alder.example")
    assert user is not None
    assert {each.organization_name for each in memberships_of(user.id)} == {"Alder Clinic", "Fern House"}


def test_teams_are_found_whatever_the_case(clinic: None) -> None:
    member("--name", "Ruth Moss", "--team", "North")
    member("--name", "Ben Alba", "--team", "north", email="ben@alder.example")
    (card,) = organizations()
    assert [each.name for each in teams(card.id)] == ["North"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--email", "ruth@alder.example", "--name", "Ruth"], "works for Alder Clinic already"),
        (["--email", "new@alder.example"], "needs a --name"),
        (["--email", "not-an-address", "--name", "X"], "not an e-mail address"),
    ],
)
def test_what_cannot_be_is_said_plainly(clinic: None, given: list[str], words: str) -> None:
    member("--name", "Ruth Moss")
    with pytest.raises(CommandError, match=words):
        run("add_member", *given, "--organization", "Alder Clinic", "--role", "coordinator")


def test_an_unknown_organization_names_those_there_are(clinic: None) -> None:
    with pytest.raises(CommandError, match="Those that do: Alder Clinic"):
        run(
            "add_member",
            "--email",
            "x@y.example",
            "--name",
            "X",
            "--organization",
            "Elder",
            "--role",
            "coordinator",
        )


def test_no_password_on_the_command_line(clinic: None) -> None:
    with pytest.raises(CommandError, match="unrecognized"):
        member("--name", "Ruth Moss", "--password", PASSWORD)
