"""What happens to one person in one organization: registered, in need, asked whether to share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from waypost.consent.services import record_agreement, record_preference_not_to_share, revoke
from waypost.demo.seeding.data import read
from waypost.demo.seeding.listings import Directory, Listed
from waypost.demo.seeding.neighbors import Neighbor
from waypost.demo.seeding.world import World, at_work
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.people.services import register
from waypost.screening.categories import sensitivities_of

CHILD = 16
ADULT = 18
CHILDRENS_NEEDS = (
    "food-insecurity",
    "material-hardship",
    "transportation-insecurity",
    "digital-access",
    "inadequate-housing",
)
YEAR = timedelta(days=365)


@dataclass
class NeedInHand:
    """An open need, and how often it was tried to meet it."""

    id: UUID
    category: str
    wanted: bool
    tries: int = 0
    met: bool = False


@dataclass
class Permission:
    """What the person agreed to, as far as stories must know."""

    consent_id: UUID
    topics: frozenset[str]
    named: frozenset[UUID]
    covers: frozenset[str]
    ends_at: datetime
    over: bool = False


@dataclass
class Story:
    """One person with one organization. ``worker`` does what is done there."""

    world: World
    directory: Directory
    worker: Actor
    neighbor: Neighbor
    chance: Random
    referrals: int = 0
    person_id: UUID | None = None
    needs: list[NeedInHand] = field(default_factory=list)
    permission: Permission | None = None
    takes_back: bool = False
    waiting: int = 0
    forwards: bool = False

    @property
    def person(self) -> UUID:
        """The record; there is one from the moment of registering."""
        if self.person_id is None:
            raise RuntimeError("not registered yet")
        return self.person_id

    def later(self, low: float, high: float) -> datetime:
        """Some office hour, between so many hours from now."""
        return at_work(now() + timedelta(hours=self.chance.uniform(low, high)))

    def plan(self, moment: datetime, step: Callable[[], None], actor: Actor | None = None) -> None:
        """Let the worker, or somebody else, do this then."""
        self.world.plan(moment, actor or self.worker, step)

    def words(self, *path: str) -> str:
        """One of the sentences of ``words.json`` at this place, or nothing."""
        found: object = read("words")
        for key in path:
            found = found.get(key, {}) if isinstance(found, dict) else {}
        return self.chance.choice(found) if isinstance(found, list) and found else ""

    def register(self) -> None:
        """A record with the worker's organization."""
        self.person_id = register(
            actor=self.worker, identity=self.neighbor.identity, contacts=self.neighbor.contacts
        )

    def draw_needs(self) -> list[str]:
        """One to four categories, the heaviest first in the draw."""
        weights: dict[str, int] = read("words")["weights"]
        offered = CHILDRENS_NEEDS if self.neighbor.age < CHILD else tuple(weights)
        (wanted,) = self.chance.choices([1, 2, 3, 4], [38, 34, 20, 8])
        drawn: dict[str, None] = {}
        while len(drawn) < wanted:
            drawn[self.chance.choices(offered, [weights[each] for each in offered])[0]] = None
        return list(drawn)

    def ask_to_share(self) -> None:
        """Most agree, a few would rather not, some are not asked yet."""
        luck = self.chance.random()
        if luck < 0.86:
            self.agree(written=self.chance.random() < 0.25, named=self.chance.random() < 0.12)
        elif luck < 0.93:
            record_preference_not_to_share(actor=self.worker, person_id=self.person)

    def agree(
        self,
        *,
        written: bool = False,
        named: bool = False,
        ends_at: datetime | None = None,
        witness: str = "",
    ) -> None:
        """The person agreed that partners, or some of them by name, are told."""
        categories = [each.category for each in self.needs]
        likely = [each for code in categories for each in self.directory.for_need(code, self.neighbor.age)]
        of_needs = {each for code in categories for each in sensitivities_of(code)}
        written = written or bool(of_needs)
        of_places = {each for service in likely for each in service.tells_of} if written else set()
        sensitive = sorted(of_needs | of_places)
        ids = sorted({each.participant for each in likely if each.participant and not each.part2}, key=str)
        recipients = [each for each in ids if each != self.worker.organization_id] if named else []
        until = ends_at or now() + self.chance.choice([YEAR, YEAR, YEAR, YEAR / 2])
        topics = ["identity", "contact", *categories]
        language = "es" if self.neighbor.language == "es" else "en"
        consent = record_agreement(
            actor=self.worker,
            person_id=self.person,
            topics=topics,
            recipient_class="named" if recipients else "partners",
            recipient_ids=recipients,
            covers_sensitivities=sensitive,
            captured="written" if written else "spoken",
            ends_at=until,
            words_shown=read("words")["shown"][language].replace(
                "Cedar Clinic", self.worker.organization_name
            ),
            language=language,
            witness=witness or self._witness(),
            representative=self._parent(),
            authority="parent" if self._parent() else "",
            minor_signed_by=self.neighbor.identity.given_name if self._parent() and sensitive else "",
        )
        reach = (frozenset(topics), frozenset(recipients), frozenset(sensitive))
        self.permission = Permission(consent, *reach, until)

    def _witness(self) -> str:
        return "Interpreter by phone" if self.neighbor.identity.interpreter_needed else ""

    def _parent(self) -> str:
        """Who agrees for somebody under age."""
        if self.neighbor.age >= ADULT:
            return ""
        return f"Parent of {self.neighbor.identity.given_name}"

    def agree_for_part2(self, service: Listed, category: str) -> None:
        """A substance use program may answer only where it is named in writing (42 CFR § 2.31)."""
        if service.participant is None or self._parent():
            return  # who signs for a minor is the law of a state, and this community names none
        record_agreement(
            actor=self.worker,
            person_id=self.person,
            topics=["identity", "contact", category],
            recipient_class="named",
            recipient_ids=[service.participant],
            discloser_ids=[service.participant],
            covers_sensitivities={*sensitivities_of(category), *service.tells_of},
            captured="written",
            ends_at=now() + YEAR,
            words_shown=read("words")["shown"]["en"].replace("Cedar Clinic", self.worker.organization_name),
        )

    def may_tell(self, service: Listed, category: str) -> bool:
        """Whether the agreement reaches this service; the gate decides again when it is sent."""
        said = self.permission
        if said is None or said.over or said.ends_at <= now() or service.victim_service:
            return False
        reached = not said.named or service.participant in said.named
        tells = {*sensitivities_of(category), *service.tells_of}
        return reached and category in said.topics and tells <= said.covers

    def take_back(self, *, recall: bool) -> None:
        """The person takes the agreement back; on request the referrals go too."""
        if self.permission is not None and not self.permission.over:
            self.permission.over = True
            revoke(actor=self.worker, consent_id=self.permission.consent_id, these_referrals_too=recall)
