"""Services on paper: what stands there, in which language, as a tagged PDF, and what never does."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.community import Community, rosa
from tests.web.listed import KITCHEN, kitchen, plain, text
from tests.web.reading import opened
from waypost.directory import services as directory
from waypost.directory.services import PlaceEntry
from waypost.kernel.actors import Actor
from waypost.web.paper.pdf import pdf
from waypost.web.paper.sheets import sheets

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


def test_the_sheet_says_where_when_whom_to_call_what_to_bring(community: Community, ana: Client) -> None:
    _organization, service = kitchen()
    page = text(ana, f"/directory/paper/?service={service}")
    words = plain(page)
    for expected in (
        "Hope Kitchen: Hot lunch", "400 Yesler Way, Seattle, WA 98104", "Mon to Fri 9 am – 5 pm",
        "206-555-0199", "A bag", "Bus 7 stops here", "Free", "English, Spanish", "From Cedar Clinic",
    ):  # fmt: skip
        assert expected in words
    assert 'alt="QR code: more about this service"' in page
    assert "Rosa" not in words


def test_it_can_be_had_in_spanish(community: Community, ana: Client) -> None:
    _organization, service = kitchen()
    words = plain(text(ana, f"/directory/paper/?service={service}&language=es"))
    assert "lun a vie" in words.lower()
    assert "Cómo llegar" in words


def test_for_one_of_ones_own_people_the_name_stands_on_it(community: Community, ana: Client) -> None:
    _organization, service = kitchen()
    person = rosa(community.ana)
    page = text(ana, f"/directory/paper/?service={service}&person=Rosa")
    assert f'href="/people/{person}/list/?service={service}"' in page
    assert "For Rosa, from Cedar Clinic" in plain(text(ana, f"/people/{person}/list/?service={service}"))


def test_nobody_elses_people_are_offered(community: Community, sam: Client) -> None:
    rosa(community.ana)
    page = plain(text(sam, f"/directory/paper/?service={community.pantry}&person=Rosa"))
    assert "Nobody of that name is among your people." in page


def test_the_pdf_is_tagged_titled_and_in_its_language(community: Community, ana: Client) -> None:
    _organization, service = kitchen()
    answer = ana.get(f"/directory/paper/?service={service}&service={community.pantry}&language=es&format=pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-1.7")  # ISO 14289-1 builds on PDF 1.7
    body = opened(answer.content)
    assert b"/StructTreeRoot" in body
    assert b"/Marked true" in body
    assert b"/Lang (es)" in body
    assert b"pdfuaid:part" in body


def test_a_pdf_loads_nothing_from_elsewhere() -> None:
    made = pdf(
        '<html lang="en"><title>x</title><img src="file:///etc/passwd" alt="x">'
        '<link rel="attachment" href="file:///etc/passwd"><img src="http://[::1]/" alt="y">'
    )
    assert made.startswith(b"%PDF")
    assert b"root:" not in opened(made)


def test_of_a_victim_service_only_the_hotline_is_on_paper(community: Community, ana: Client) -> None:
    organization = directory.create_organization(name="Cedar DV Line", is_victim_service=True)
    service = directory.create_service(organization_id=organization, entry=KITCHEN, name="Safe line")
    page = text(ana, f"/directory/paper/?service={service}")
    assert "206-555-0199" in page
    for secret in ("Yesler", "98104", "Bus 7", "kitchen.example", "9 am", "Lunch for", "A bag", "qr"):
        assert secret not in page, secret
    (sheet,) = sheets([service])
    assert (sheet.qr, sheet.address, sheet.hours, sheet.website) == ("", "", (), "")


def test_a_confidential_place_is_not_on_paper(community: Community, ana: Client) -> None:
    hidden = PlaceEntry(
        name="Nest", address_1="9 Secret Ln", city="Tukwila", confidential=True, transportation="X"
    )
    _organization, service = kitchen(place=hidden)
    page = unquote(text(ana, f"/directory/paper/?service={service}"))
    assert "Secret" not in page and "Tukwila" not in page
    assert "Call first: the address is not told, to keep people safe." in page


def test_nothing_ticked_leads_back_with_words(community: Community, ana: Client) -> None:
    answer = ana.get("/directory/paper/?service=nonsense", follow=True)
    assert "Tick at least one service first." in answer.content.decode()
