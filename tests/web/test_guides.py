"""What may be shared, and what to say: there, in both languages, for whom they are meant."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import FOUND, OK, text

pytestmark = pytest.mark.django_db

STAFF = {
    "fact_sheet": ("What may be shared", "Qué se puede compartir"),
    "spoken": ("What to say", "Qué decir"),
}


@pytest.mark.parametrize("page", STAFF)
def test_staff_read_them_in_both_languages(community: Community, ana: Client, page: str) -> None:
    for language, title in zip(("en", "es"), STAFF[page], strict=True):
        ana.post("/i18n/setlang/", {"language": language})
        answer = ana.get(reverse(page))
        assert (answer.status_code, title in text(answer)) == (OK, True)
    assert Client().get(reverse(page)).status_code == FOUND


def test_the_message_says_that_and_why_it_may_be_sent(community: Community, ana: Client) -> None:
    from tests.community import sent_referral  # noqa: PLC0415

    _, referral, _ = sent_referral(community)
    page = text(ana.get(reverse("referral", args=[referral])))
    assert "You may send this." in page
    assert page.count("Rosa agreed on") >= 2
