"""Parties, words and agreements from which the cases are made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from waypost.disclosure.rules import Agreed, Ask, Party, Received, Said, Serves

CLINIC = Party(UUID(int=1), "Cedar Clinic", "covered_entity")
HOSPITAL = Party(UUID(int=2), "Cedar Hospital", "covered_entity")
BANK = Party(UUID(int=3), "Cedar Food Bank", "none")
REHAB = Party(UUID(int=4), "New Path", "part2_program")
REFUGE = Party(UUID(int=5), "Refuge", "victim_service")
SCHOOL = Party(UUID(int=6), "Cedar High School", "school")
HELPER = Party(UUID(int=7), "Billing helper", "business_associate")
RIDES = Party(UUID(int=8), "Cedar Rides", "none")
DETOX = Party(UUID(int=9), "Harbor Detox", "part2_program")
OUTSIDE = Party(None, "St. Luke pantry", "none")
ROSA = Party(None, "Rosa", "individual")
MOTHER = Party(None, "Rosa's mother", "proxy")
SAM, LEO = UUID(int=41), UUID(int=42)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FOOD = frozenset({"identity", "contact", "food-insecurity"})
CARE = "care_coordination"
SPOKEN = frozenset({Serves.CONSENT})
SIGNED = frozenset({Serves.CONSENT, Serves.WRITTEN})
PART2 = SIGNED | {Serves.PART2}
TPO = PART2 | {Serves.PART2_TPO}
AUTHORIZED = SIGNED | {Serves.AUTHORIZATION}
FERPA = SIGNED | {Serves.FERPA}


def ask(discloser: Party = CLINIC, recipient: Party = BANK, **more: Any) -> Ask:
    """Food for Rosa, on 22 November 2026, for care coordination, unless said otherwise."""
    sets = {"topics", "sensitivities", "worker_ids"}
    given = {name: frozenset(value) if name in sets else value for name, value in more.items()}
    fields: dict[str, Any] = {"topics": FOOD, "sensitivities": frozenset(), "purpose": CARE, "at": NOON}
    return Ask(discloser=discloser, recipient=recipient, **{**fields, **given})


def yes(*recipients: Party, by: Party = CLINIC, serves: frozenset[str] = SPOKEN, **more: Any) -> Said:
    """She agreed 30 days ago, for a year, that ``by`` may tell these; without names: any partner."""
    sets = {"topics", "covers_sensitivities", "purposes", "discloser_ids"}
    given = {name: frozenset(value) if name in sets else value for name, value in more.items()}
    fields: dict[str, Any] = {
        "id": UUID(int=10),
        "agreed": True,
        "discloser_ids": frozenset({by.id}),
        "any_partner": not recipients,
        "recipient_ids": frozenset(each.id for each in recipients if each.id),
        "topics": FOOD,
        "covers_sensitivities": frozenset(),
        "purposes": frozenset({CARE}),
        "starts_at": NOON - timedelta(days=30),
        "ends_at": NOON + timedelta(days=335),
        "revoked_at": None,
        "serves": serves,
        "reply": True,
    }
    return Said(**{**fields, **given})


def no(*recipients: Party, by: Party = CLINIC, **more: Any) -> Said:
    """A day ago she would rather not; without topics: nothing at all; without names: to nobody."""
    said = yes(*recipients, by=by, topics=more.pop("topics", ()), purposes=(), reply=False, **more)
    start = more.get("starts_at", NOON - timedelta(days=1))
    return replace(said, id=UUID(int=11), agreed=False, ends_at=None, starts_at=start)


def block(*recipients: Party, by: Party = CLINIC, **more: Any) -> Said:
    """Half a year ago she wanted these kept out; without names: the workers named in ``blocked_workers``."""
    start = more.pop("starts_at", NOON - timedelta(days=180))
    return replace(no(*recipients, by=by, starts_at=start, **more), id=UUID(int=12), block=True)


def deal(kind: str, *purposes: str, until: datetime | None = None) -> Agreed:
    """A signed agreement of the two, for care coordination unless said otherwise."""
    return Agreed(UUID(int=20), kind, frozenset(purposes or {CARE}), until)


def came(status: str, **more: Any) -> Received:
    """How the discloser came by it: food for care coordination, until next year."""
    sets = {"topics", "sensitivities", "purposes"}
    given = {name: frozenset(value) if name in sets else value for name, value in more.items()}
    fields: dict[str, Any] = {
        "source_status": status,
        "topics": FOOD,
        "sensitivities": frozenset(),
        "purposes": frozenset({CARE}),
        "until": NOON + timedelta(days=100),
    }
    return Received(**{**fields, **given})
