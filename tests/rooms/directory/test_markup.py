"""Descriptions that a feed took from a web page are shown as words."""

import pytest
from django.test import Client

from tests.community import Community
from waypost.directory.models import Service
from waypost.directory.rules.markup import as_plain_words
from waypost.directory.selectors import listing_for_referral


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Food & clothes", "Food & clothes"),
        ("Children <5 years, income > $100", "Children <5 years, income > $100"),
        ("5 < 6 &amp; 7 > 6", "5 < 6 & 7 > 6"),
        ("<p>Hot</p><p>Free &amp; open</p>", "Hot\n\nFree & open"),
        ("<p>Hot</p>\n\n<p>Free</p>", "Hot\n\nFree"),
        ("Bring:<ul><li>ID<li>Bill</ul>", "Bring:\nID\nBill"),
        ("One<br/>two<BR>three", "One\ntwo\nthree"),
        ('<a href="https://x.example" onclick="x()">Apply</a> today', "Apply today"),
        ("<style>p {color: red}</style>Hot<script>alert(1)</script>", "Hot"),
        ("Hot<script>alert(1)", "Hot"),
        ("&lt;b&gt;free&lt;/b&gt;", "<b>free</b>"),
        ("", ""),
    ],
)
def test_as_people_read_it(given: str, read: str) -> None:
    assert as_plain_words(given) == read


@pytest.mark.django_db
def test_the_page_shows_words_and_the_listing_keeps_what_it_said(community: Community) -> None:
    said = "<p>Hot meals</p><ul><li>Bring a bag</li></ul><script>alert(1)</script>"
    Service.objects.filter(pk=community.pantry).update(description=said, application_process="Call&nbsp;us")
    assert listing_for_referral(community.pantry).description == "Hot meals\n\nBring a bag"
    page = Client().get(f"/services/{community.pantry}/").content.decode()
    assert "Hot meals" in page and "&lt;p&gt;" not in page and "alert(1)" not in page
    assert Service.objects.get(pk=community.pantry).description == said
