"""Claiming a listing: the machine, what counts as proof, and what happens to whom."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.core import mail

from tests.community import Community
from tests.rooms.messaging.told import deliver_all, last
from waypost.directory import selectors, services
from waypost.directory.machine import CLAIM
from waypost.directory.models import Claim, ClaimEvent, Organization
from waypost.directory.rules.proof import CodeAnswer, can_be_called, own_domains, proves
from waypost.directory.selectors.proof import shared_domains
from waypost.directory.services import PhoneEntry, ServiceEntry
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.machine import IllegalMove
from waypost.kernel.models import AuditEntry
from waypost.messaging import jobs
from waypost.messaging.models import Notice

UNDECIDED = ("requested", "proving", "proven", "review")
LEGAL = {
    ("requested", "prove", "claimant"): "proving",
    ("proving", "prove", "claimant"): "proving",
    ("proving", "succeed", "claimant"): "proven",
    ("requested", "ask_review", "claimant"): "review",
    ("proving", "ask_review", "claimant"): "review",
    ("proven", "hand_over", "system"): "granted",
    ("proven", "grant", "staff"): "granted",
    ("review", "grant", "staff"): "granted",
    **{(state, "refuse", "staff"): "refused" for state in UNDECIDED},
    **{(state, "withdraw", "claimant"): "withdrawn" for state in UNDECIDED},
}


@pytest.mark.parametrize("side", ["claimant", "staff", "system", "keeper"])
@pytest.mark.parametrize("name", sorted({name for _state, name, _side in LEGAL}))
@pytest.mark.parametrize("state", CLAIM.states)
def test_every_move_is_as_the_table_says(state: str, name: str, side: str) -> None:
    expected = LEGAL.get((state, name, side))
    if expected is None:
        with pytest.raises(IllegalMove):
            CLAIM.find(name, state=state, side=side, given=["way", "words"])
    else:
        assert CLAIM.find(name, state=state, side=side, given=["way", "words"]).target == expected


@pytest.mark.parametrize(
    ("websites", "emails", "expected"),
    [
        (["https://www.foodbank.example/help"], [], ("foodbank.example",)),
        (["foodbank.example"], ["info@pantry.example"], ("foodbank.example", "pantry.example")),
        (["https://facebook.com/foodbank"], ["foodbank@gmail.com"], ()),
        (["https://foodbank.wordpress.com"], ["x@yahoo.com", "x@HOTMAIL.com"], ()),
        (["https://sites.google.com/view/food"], ["not an address"], ()),
        (["javascript:alert(1)", "http://[broken", "10.0.0.1", ""], ["a@b", "a@@b.example"], ()),
    ],
)
def test_which_domains_are_the_organizations_own(
    websites: list[str], emails: list[str], expected: tuple[str, ...]
) -> None:
    assert own_domains(websites=websites, emails=emails, shared=shared_domains()) == expected


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("director@foodbank.example", True),
        ("Director@FoodBank.example ", True),
        ("x@evil-foodbank.example", False),
        ("x@foodbank.example.evil.example", False),
        ("x@mail.foodbank.example", False),
        ("x@example", False),
        ("x@foodbank.example\nBcc: y@evil.example", False),
        ("foodbank.example", False),
        ("", False),
    ],
)
def test_which_address_proves_it(email: str, expected: bool) -> None:
    assert proves(email, ("foodbank.example",)) is expected


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        ("206-555-0111", "voice", True),
        ("+1 (206) 555-0111", "", True),
        ("206-555-0111", "fax", False),
        ("206-555-0111", "sms", False),
        ("555-0111", "voice", False),
        ("2-1-1", "voice", False),
    ],
)
def test_which_number_can_be_called(number: str, kind: str, expected: bool) -> None:
    assert can_be_called(number, kind) is expected


@pytest.fixture
def church(community: Community) -> UUID:
    """A listing outside the network, with a phone and a website."""
    owner = services.create_organization(
        name="Harvest Church", website="https://www.harvest.example", phone="206-555-0188"
    )
    services.create_service(organization_id=owner, entry=ServiceEntry(name="Soup kitchen"))
    return owner


@pytest.fixture
def asked(community: Community, church: UUID) -> UUID:
    return services.ask_claim(actor=community.olga, organization_id=church)


def keeper(organization_id: UUID) -> UUID | None:
    return Organization.objects.get(pk=organization_id).claimed_by_id


def status(claim_id: UUID) -> str:
    return Claim.objects.get(pk=claim_id).status


def sent_link(claim_id: UUID) -> str:
    """What the worker sends; the token in it."""
    jobs.send_link(last("claim.link_asked"))
    return mail.outbox[-1].body.split("/listing/claims/link/")[1].split("/")[0]


@pytest.mark.django_db
def test_a_link_to_its_own_domain_proves_it_once(community: Community, church: UUID, asked: UUID) -> None:
    olga = community.olga
    services.prove_by_email(actor=olga, claim_id=asked, email="pastor@harvest.example")
    token = sent_link(asked)
    (message,) = mail.outbox
    assert message.to == ["pastor@harvest.example"]
    assert "Olga Petrova of Alder Shelter Fund asked to keep the listing of Harvest Church" in message.body
    assert keeper(church) is None
    assert services.open_link(actor=olga, token=token) == asked
    assert (status(asked), keeper(church)) == ("granted", community.stranger)
    with pytest.raises(Refused, match="was used"):
        services.open_link(actor=olga, token=token)
    assert [each.name for each in ClaimEvent.objects.filter(claim_id=asked).order_by("id")] == [
        "prove",
        "succeed",
        "hand_over",
    ]
    jobs.send_link(last("claim.link_asked"))  # the job comes again
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_only_the_newest_link_counts_and_only_for_two_days(
    community: Community, church: UUID, asked: UUID
) -> None:
    olga = community.olga
    services.prove_by_email(actor=olga, claim_id=asked, email="a@harvest.example")
    first = sent_link(asked)
    services.prove_by_email(actor=olga, claim_id=asked, email="b@harvest.example")
    second = sent_link(asked)
    with pytest.raises(Refused, match="newer"):
        services.open_link(actor=olga, token=first)
    with patch("django.core.signing.time.time", return_value=clock.now().timestamp() + 49 * 3600):
        with pytest.raises(Refused, match="two days"):
            services.open_link(actor=olga, token=second)
    assert keeper(church) is None
    for token in ("nonsense", second[:-2] + "xx", first.replace(":", "")):
        with pytest.raises(NotVisible):
            services.open_link(actor=olga, token=token)


@pytest.mark.django_db
def test_a_link_is_of_no_use_to_anybody_else(community: Community, church: UUID, asked: UUID) -> None:
    services.prove_by_email(actor=community.olga, claim_id=asked, email="a@harvest.example")
    token = sent_link(asked)
    for actor in (community.sam, community.ivy, community.ana):
        with pytest.raises(NotVisible):
            services.open_link(actor=actor, token=token)
    assert keeper(church) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email", ["me@gmail.com", "me@alder.example", "me@harvest.example.evil.example", "harvest"]
)
def test_an_address_elsewhere_proves_nothing(community: Community, asked: UUID, email: str) -> None:
    with pytest.raises(Refused, match="@harvest.example"):
        services.prove_by_email(actor=community.olga, claim_id=asked, email=email)
    assert status(asked) == "requested"


@pytest.mark.django_db
def test_what_the_claimant_wrote_into_the_listing_proves_nothing(community: Community, church: UUID) -> None:
    olga = community.olga
    services.say_field(
        actor=olga,
        entity="organization",
        row_id=church,
        field="website",
        value="https://alder.example",
        how="web",
    )
    services.say_field(
        actor=olga, entity="organization", row_id=church, field="email", value="x@alder.example", how="web"
    )
    phone = [{"number": "206-555-0999", "type": "voice"}]
    services.say_field(
        actor=olga, entity="organization", row_id=church, field="phones", value=phone, how="phone"
    )
    claim = services.ask_claim(actor=olga, organization_id=church)
    offered = selectors.claim_offer(claim)
    assert (offered.phone, offered.domains) == ("", ())
    with pytest.raises(Refused):
        services.prove_by_email(actor=olga, claim_id=claim, email="x@alder.example")
    with pytest.raises(Refused):
        services.prove_by_phone(actor=olga, claim_id=claim)


@pytest.mark.django_db
def test_a_victim_services_domain_is_told_to_nobody(community: Community) -> None:
    owner = services.create_organization(
        name="Safe Line", website="https://safe.example", phone="206-555-0177", is_victim_service=True
    )
    services.create_service(
        organization_id=owner,
        entry=ServiceEntry(name="Line", phones=(PhoneEntry("800-555-0100", type="hotline"),)),
    )
    claim = services.ask_claim(actor=community.olga, organization_id=owner)
    offered = selectors.claim_offer(claim)
    assert (offered.phone, offered.domains) == ("800-555-0100", ())
    with pytest.raises(Refused) as refused:
        services.prove_by_email(actor=community.olga, claim_id=claim, email="a@safe.example")
    assert "safe.example" not in str(refused.value)


@pytest.mark.django_db
def test_a_code_said_on_the_listed_phone_proves_it(community: Community, church: UUID, asked: UUID) -> None:
    services.prove_by_phone(actor=community.olga, claim_id=asked)
    (waiting,), _total = selectors.claims(waiting=True)
    assert (waiting.id, waiting.contact) == (asked, "206-555-0188")
    assert services.enter_code(actor=community.olga, claim_id=asked, code="000000") == CodeAnswer.NONE
    code = services.new_code(actor=community.ivy, claim_id=asked)
    assert len(code) == 6 and code.isdigit()
    assert code not in repr(Claim.objects.filter(pk=asked).values().get())
    spoken = f"{code[:3]} {code[3:]}"
    assert services.enter_code(actor=community.olga, claim_id=asked, code=spoken) == CodeAnswer.RIGHT
    assert (status(asked), keeper(church)) == ("granted", community.stranger)
    assert all(code not in repr(each.detail) for each in AuditEntry.objects.all())


@pytest.mark.django_db
def test_five_tries_then_a_new_call_and_no_more_than_five_calls(
    community: Community, church: UUID, asked: UUID
) -> None:
    olga, ivy = community.olga, community.ivy
    services.prove_by_phone(actor=olga, claim_id=asked)
    for _call in range(5):
        code = services.new_code(actor=ivy, claim_id=asked)
        wrong = "000000" if code != "000000" else "111111"
        answers = [services.enter_code(actor=olga, claim_id=asked, code=wrong) for _try in range(6)]
        assert answers == [CodeAnswer.WRONG] * 5 + [CodeAnswer.USED_UP]
        assert services.enter_code(actor=olga, claim_id=asked, code=code) == CodeAnswer.USED_UP
    with pytest.raises(Refused, match="Five codes"):
        services.new_code(actor=ivy, claim_id=asked)
    assert keeper(church) is None


@pytest.mark.django_db
def test_a_code_is_good_for_a_day(community: Community, church: UUID, asked: UUID) -> None:
    services.prove_by_phone(actor=community.olga, claim_id=asked)
    code = services.new_code(actor=community.ivy, claim_id=asked)
    Claim.objects.update(code_expires_at=clock.now() - timedelta(seconds=1))
    assert services.enter_code(actor=community.olga, claim_id=asked, code=code) == CodeAnswer.EXPIRED
    assert keeper(church) is None


@pytest.mark.django_db
def test_only_the_networks_staff_make_codes_and_decide(community: Community, asked: UUID) -> None:
    services.prove_by_phone(actor=community.olga, claim_id=asked)
    for actor in (community.olga, community.sam, community.ana, community.lee):
        with pytest.raises(Refused):
            services.new_code(actor=actor, claim_id=asked)
        with pytest.raises(Refused):
            services.decide_claim(actor=actor, claim_id=asked, grant=True, words="I say so")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "work",
    [
        lambda actor, claim: services.prove_by_phone(actor=actor, claim_id=claim),
        lambda actor, claim: services.prove_by_email(actor=actor, claim_id=claim, email="a@harvest.example"),
        lambda actor, claim: services.ask_review(actor=actor, claim_id=claim, words="x"),
        lambda actor, claim: services.enter_code(actor=actor, claim_id=claim, code="123456"),
        lambda actor, claim: services.withdraw_claim(actor=actor, claim_id=claim),
    ],
)
def test_nobody_moves_another_organizations_claim(
    community: Community, asked: UUID, work: Callable[[Actor, UUID], object]
) -> None:
    for claim in (asked, uuid4()):
        with pytest.raises(NotVisible):
            work(community.sam, claim)


@pytest.mark.django_db
def test_a_claim_of_a_kept_listing_is_a_dispute(community: Community) -> None:
    listed = Organization.objects.get(name="Cedar Food Bank").pk
    with pytest.raises(Refused, match="Say why"):
        services.ask_claim(actor=community.olga, organization_id=listed)
    claim = services.ask_claim(actor=community.olga, organization_id=listed, words="We merged in May.")
    deliver_all()
    told = {(each.held_by_id, each.kind, each.url) for each in Notice.objects.all()}
    assert told == {
        (community.bank, "claim.disputed", "/listing/"),
        (community.integrator, "claim.waiting", f"/upkeep/claims/{claim}/"),
    }
    assert (status(claim), keeper(listed)) == ("review", community.bank)
    with pytest.raises(Refused, match="how you know"):
        services.decide_claim(actor=community.ivy, claim_id=claim, grant=True, words=" ")
    services.decide_claim(actor=community.ivy, claim_id=claim, grant=True, words="Both boards wrote to us.")
    deliver_all()
    assert keeper(listed) == community.stranger
    assert Notice.objects.filter(held_by_id=community.bank, kind="claim.taken_over").exists()
    assert Notice.objects.filter(held_by_id=community.stranger, kind="claim.granted").exists()


@pytest.mark.django_db
def test_who_proves_it_second_does_not_take_it_from_the_first(
    community: Community, church: UUID, asked: UUID
) -> None:
    second = services.ask_claim(actor=community.sam, organization_id=church)
    for actor, claim in ((community.olga, asked), (community.sam, second)):
        services.prove_by_email(actor=actor, claim_id=claim, email="a@harvest.example")
        services.open_link(actor=actor, token=sent_link(claim))
    assert (status(asked), status(second), keeper(church)) == ("granted", "proven", community.stranger)
    assert selectors.claim(second).disputed
    services.decide_claim(actor=community.ivy, claim_id=second, grant=False, words="The church says no.")
    assert (status(second), keeper(church)) == ("refused", community.stranger)


@pytest.mark.django_db
def test_asking_twice_is_one_claim_and_five_are_enough(
    community: Community, church: UUID, asked: UUID
) -> None:
    assert services.ask_claim(actor=community.olga, organization_id=church) == asked
    for number in range(4):
        other = services.create_organization(name=f"Other {number}")
        services.ask_claim(actor=community.olga, organization_id=other)
    more = services.create_organization(name="More")
    with pytest.raises(Refused, match="five open claims"):
        services.ask_claim(actor=community.olga, organization_id=more)
    services.withdraw_claim(actor=community.olga, claim_id=asked)
    assert services.ask_claim(actor=community.olga, organization_id=more)


@pytest.mark.django_db
def test_who_may_claim(community: Community, church: UUID) -> None:
    for actor in (community.ana, community.ito, community.ivy):
        with pytest.raises(Refused):
            services.ask_claim(actor=actor, organization_id=church)
    with pytest.raises(NotVisible):
        services.ask_claim(actor=community.olga, organization_id=uuid4())
    with pytest.raises(Refused, match="already"):
        listed = Organization.objects.get(name="Cedar Food Bank").pk
        services.ask_claim(actor=community.sam, organization_id=listed)


@pytest.mark.django_db
def test_a_decided_claim_is_over(community: Community, asked: UUID) -> None:
    services.withdraw_claim(actor=community.olga, claim_id=asked)
    with pytest.raises(Refused, match="in the meantime"):
        services.prove_by_phone(actor=community.olga, claim_id=asked)
    with pytest.raises(Refused, match="in the meantime"):
        services.decide_claim(actor=community.ivy, claim_id=asked, grant=True, words="Yes.")
