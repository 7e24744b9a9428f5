"""What waits in the directory's upkeep, and what Ana keeps about services, on the day of the seeding."""

from datetime import datetime, timedelta
from uuid import UUID

from waypost.demo.seeding.cast import Cast
from waypost.demo.seeding.data import FOLDER
from waypost.demo.seeding.listings import Directory
from waypost.directory.selectors import SearchQuery, listings, own_places, search
from waypost.directory.services import (
    ask_claim,
    ask_review,
    catch_up,
    change_own,
    change_own_service,
    confirm_field,
    find_duplicates,
    log_contact,
    report_fault,
    take_check,
)
from waypost.directory.services.gaps import Gap, answer_gap, ask_to_find
from waypost.directory.services.keeping import keep_favourite, note_service, save_search
from waypost.directory.services.lists import make_list, put_on_list
from waypost.directory.services.unmet import record_unmet
from waypost.interop.imports.by_command import import_and_keep
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at
from waypost.kernel.transaction import acting

FEED, FEED_SERVICE = "Cedar County 2-1-1", "Legal help with evictions"
IVY, ANA, SAM = (
    "ivy.chen@connects.example",
    "ana.reyes@cedarclinic.example",
    "sam.ortiz@cedarfoodbank.example",
)
# service, kind, words, address (those of RFC 5737: nobody's)
FAULTS = (
    ("Free dental days", "closed", "The van has not come since September.", "192.0.2.11"),
    ("Free dental days", "closed", "Nobody was there on Monday.", "198.51.100.7"),
    ("St. Luke pantry", "hours", "The sign on the door says Saturday 9 to 12.", "203.0.113.24"),
    ("Halal shelf", "phone", "Somebody else answers this number.", "192.0.2.80"),
    ("Soup to go", "closed", "A note on the door says that it moved.", "203.0.113.77"),
    ("Weekly groceries", "other", "On holidays it is closed; the page does not say so.", "203.0.113.9"),
)
UNMET = (
    ("cot", "98144", "en", 3),
    ("beds", "98118", "en", 2),
    ("lawyer immigration", "98108", "en", 4),
    ("abogado", "98108", "es", 3),
    ("dentist tonight", "98168", "en", 2),
)
NEAR_CLINIC = ("Weekly groceries", "Northside groceries", "St. Luke pantry", "Soup to go")


def make_upkeep(cast: Cast, directory: Directory, *, moment: datetime) -> None:
    """A feed that disagrees and repeats, reports, a claim, searches in vain, and what Ana keeps."""
    ivy, ana, sam = (cast.actor(each) for each in (IVY, ANA, SAM))
    _feed(ivy, moment)
    for days, (name, kind, words, address) in enumerate(FAULTS, start=1):
        with at(moment - timedelta(days=days)):
            report_fault(service_id=directory.named(name).id, kind=kind, words=words, address=address)
    for words, place, language, times in UNMET:
        for day in range(times):
            with at(moment - timedelta(days=3 * day + 1)):
                record_unmet(words=words, need="", place=place, language=language)
    with at(moment - timedelta(hours=20)):
        _claim(sam, directory)
        _move(sam, directory)
        _visit(ivy, directory)
        _kept(ana, directory)
        _asked(ana, ivy, directory)


def _feed(ivy: Actor, moment: datetime) -> None:
    """It lists one pantry under another name, and says something else than Ivy was told on the phone."""
    with at(moment - timedelta(days=9)):
        import_and_keep([FOLDER / "feed" / "first.json"], source=FEED, by=ivy.name)
        hits = search(SearchQuery(words=FEED_SERVICE)).hits
        row = next(each.listing.id for each in hits if each.listing.source == FEED)
        with acting(ivy):
            for field in ("email", "phones"):
                confirm_field(actor=ivy, entity="service", row_id=row, field=field, how="phone")
    with at(moment - timedelta(days=2)):
        import_and_keep([FOLDER / "feed" / "second.json"], source=FEED, by=ivy.name)
        find_duplicates()


def _organization(directory: Directory, service: str) -> UUID:
    service_id = directory.named(service).id
    return listings([service_id])[service_id].organization_id


def _claim(sam: Actor, directory: Directory) -> None:
    with acting(sam):
        claim = ask_claim(actor=sam, organization_id=_organization(directory, "Open fridge, Tinker's Row"))
        ask_review(actor=sam, claim_id=claim, words="Our volunteers have filled the fridges since spring.")


def _move(sam: Actor, directory: Directory) -> None:
    """The food bank moves and has another number: both wait for the network's staff."""
    with acting(sam):
        (place,) = own_places(sam.organization)[:1]
        address = {"address_1": "12 Foundry Row", "city": "Cedarbrook", "state_province": "WA"}
        items = [address | {"postal_code": "98144", "country": "US", "address_type": "physical"}]
        change_own(actor=sam, entity="location", row_id=place.id, values={"addresses": items})
        change_own_service(
            actor=sam,
            service_id=directory.named("Weekly groceries").id,
            values={"phones": [{"number": "206-555-0186", "type": "voice"}]},
        )


def _visit(ivy: Actor, directory: Directory) -> None:
    with acting(ivy):
        log_contact(
            actor=ivy,
            organization_id=_organization(directory, "St. Luke pantry"),
            how="visit",
            minutes=45,
            with_whom="the parish office",
            words="They want a poster in Spanish.",
        )


def _kept(ana: Actor, directory: Directory) -> None:
    with acting(ana):
        save_search(
            actor=ana, name="Food, Spanish spoken", query="q=food&zip=98144&language=es", shared_with="team"
        )
        near = make_list(actor=ana, name="Food near the clinic", shared_with="team")
        for name in NEAR_CLINIC:
            put_on_list(actor=ana, list_id=near, service_id=directory.named(name).id)
        groceries, rent = directory.named("Weekly groceries").id, directory.named("Help with back rent").id
        keep_favourite(actor=ana, service_id=groceries, note="Ask for Sam. Fridays are quiet.")
        keep_favourite(actor=ana, service_id=rent)
        note_service(actor=ana, service_id=rent, words="They need the landlord's letter at the first visit.")
        catch_up()
        due = directory.named("Stoves and washing machines").id
        take_check(actor=ana, service_id=due, user_id=ana.user_id)


def _asked(ana: Actor, ivy: Actor, directory: Directory) -> None:
    with acting(ana):
        ask_to_find(
            actor=ana,
            gap=Gap(place="98108", language="es", words="A lawyer for immigration papers, free, in Spanish."),
        )
        bed = ask_to_find(actor=ana, gap=Gap(place="98118", words="A bed for a child, this month."))
    with acting(ivy):
        answer_gap(
            actor=ivy,
            gap_id=bed,
            answer="Warm Walls gives beds for children; they need the child's age.",
            service_id=directory.named("Beds for children").id,
        )
