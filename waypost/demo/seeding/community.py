"""Cedar County as a whole: how many of what, and in which order it comes to be."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from waypost.demo.seeding.cast import Cast, Member, make_cast
from waypost.demo.seeding.clients import ClientStory
from waypost.demo.seeding.clinic import ClinicStory, ask_in_vain
from waypost.demo.seeding.ending import plan_next_moves
from waypost.demo.seeding.faces import REFERRALS, REGISTERED, REQUESTS, Faces
from waypost.demo.seeding.listings import Directory, make_directory
from waypost.demo.seeding.neighbors import Neighbor, neighbors
from waypost.demo.seeding.world import World, at_work, dice, local
from waypost.interop.fhir.shipped import load_shipped
from waypost.kernel.clock import at, today
from waypost.network.roles import Role
from waypost.network.services import record_agreement
from waypost.screening.selectors import short_screener

CLINIC, MADRONA, PLAN = "Cedar Clinic", "Madrona Family Health", "Cedar Valley Health Plan"
HUB = "Cedar County Connects"
KEEPER, ANA = "ivy.chen@connects.example", "ana.reyes@cedarclinic.example"
CLIENTS_SHARE = 0.19  # of all people are a community organization's own
HOLDERS = {CLINIC: 0.79, MADRONA: 0.16, PLAN: 0.05}  # of the others
TEAMS = {"North": 46, "South": 34, "Pediatrics": 20}
CLIENT_REFERRALS = 0.17
TO_CLINIC_EVERY = 2
LAST_KINDS = ("draft", "mistake", "draft", "draft", "mistake", "draft", "draft")
UNSIGNED, ENDING, ENDS_IN = ("Digital Commons", "Veterans' Table"), "Warm Walls", 24
BY_MONTH = (13, 14, 16, 17, 20, 20)  # more each month


@dataclass(frozen=True)
class Scale:
    """How large a community. Referrals count drafts and the few made by mistake."""

    people: int = 300
    requests: int = 250
    referrals: int = 600
    days: int = 182


@dataclass
class Community:
    """What was made, with the stories behind it."""

    world: World
    cast: Cast
    directory: Directory
    clinic: list[ClinicStory]
    clients: list[ClientStory]


def build(scale: Scale, *, moment: datetime) -> Community:
    """Make the community as it stands at ``moment``. Needs an open transaction.

    The random part ends at midnight before that moment, so that it is the same all day long; what the
    ``faces`` do today is told in hours counted back from it.
    """
    day = timezone.localtime(moment).date()
    until = local(day, time(0))
    begin = until - timedelta(days=scale.days)
    world = World(begin=begin, until=until)
    with at(begin - timedelta(days=30)):
        load_shipped()
        cast = make_cast()
        _sign(cast, day)
    with at(moment):
        directory = make_directory(cast, cast.actor(KEEPER), short_screener().id)
    made = Community(world, cast, directory, [], [])
    found = neighbors(scale.people + scale.requests, dice("neighbors"), day)
    _clients(made, scale, found)
    _patients(made, scale, found)
    world.live()
    Faces(
        world=world,
        directory=directory,
        ana=_member(cast, CLINIC, ANA),
        ito=_member(cast, CLINIC, "kenji.ito@cedarclinic.example"),
        desk=_member(cast, CLINIC, "tom.becker@cedarclinic.example"),
        luis=_member(cast, CLINIC, "luis.ortega@cedarclinic.example"),
        moment=moment,
    ).live()
    plan_next_moves(world, made.clinic, day, quiet_lead=cast.actor(ANA).name)
    return made


def _sign(cast: Cast, today: date) -> None:
    """Each signed with the integrator. That opens nothing: the gate asks for each person's agreement.

    Two have not signed yet, and what one signed ends soon, so that the integrator has something to look at.
    """
    hub = cast.organizations[HUB]
    for name, organization_id in cast.organizations.items():
        if name not in {HUB, *UNSIGNED}:
            until = today + timedelta(days=ENDS_IN) if name == ENDING else None
            _share([organization_id, hub], purposes=["referral"], valid_to=until)
    _share([cast.organizations[name] for name in HOLDERS], purposes=["treatment"])


def _share(parties: list[UUID], *, purposes: list[str], valid_to: date | None = None) -> None:
    record_agreement(
        kind="data_sharing",
        party_ids=parties,
        valid_from=today(),
        valid_to=valid_to,
        signed_on=today(),
        purposes=purposes,
    )


def _member(cast: Cast, organization: str, email: str) -> Member:
    user = cast.users[email]
    return next(each for each in cast.members[organization] if each.actor.user_id == user)


def _clients(made: Community, scale: Scale, found: list[Neighbor]) -> None:
    """People of the community organizations themselves."""
    chance = dice("clients")
    workers = [each.actor for name in made.cast.members for each in made.cast.of(name, Role.INTAKE)[:1]]
    for number in range(_client_count(scale)):
        story = ClientStory(
            world=made.world,
            directory=made.directory,
            worker=workers[number % len(workers)],
            neighbor=found.pop(),
            chance=dice("client", number),
            to_clinic=number % TO_CLINIC_EVERY == 0,
        )
        made.clients.append(story)
        story.begin(_some_day(made.world, chance))
    for _number in range(round(scale.referrals * CLIENT_REFERRALS)):
        chance.choice(made.clients).referrals += 1


def _client_count(scale: Scale) -> int:
    return max(2, round(scale.people * CLIENTS_SHARE))


def _patients(made: Community, scale: Scale, found: list[Neighbor]) -> None:
    """People who came to a coordinator, and requests that ended or wait without one."""
    chance = dice("patients")
    people = scale.people - REGISTERED - _client_count(scale)
    in_vain, waiting = scale.requests // 18, max(1, scale.requests // 80)
    asked = scale.requests - REQUESTS - in_vain - waiting
    for number in range(people):
        story = _patient(made, found.pop(), chance, number, asked=number < asked)
        made.clinic.append(story)
    _share_referrals(
        made.clinic, scale.referrals - REFERRALS - round(scale.referrals * CLIENT_REFERRALS), chance
    )
    for story in made.clinic:
        story.begin(_some_day(made.world, chance))
    for number in range(in_vain):
        lost = _patient(made, found.pop(), chance, people + number, asked=True)
        ask_in_vain(lost, _some_day(made.world, chance))
    for number in range(waiting):
        new = _patient(made, found.pop(), chance, people + in_vain + number, asked=True, holder=MADRONA)
        new.wait_from(at_work(made.world.until - timedelta(hours=30 + 9 * number)))


def _patient(
    made: Community, neighbor: Neighbor, chance: Random, number: int, *, asked: bool, holder: str = ""
) -> ClinicStory:
    name = holder or chance.choices(list(HOLDERS), list(HOLDERS.values()))[0]
    coordinators = made.cast.of(name, Role.COORDINATOR)
    (member,) = chance.choices(coordinators, [TEAMS.get(each.team, 1) for each in coordinators])
    askers = [each for each in made.cast.of(name, Role.REFERRER) if each.team == member.team] or [member]
    return ClinicStory(
        world=made.world,
        directory=made.directory,
        worker=member.actor,
        neighbor=neighbor,
        chance=dice("patient", number),
        member=member,
        asker=chance.choice(askers) if asked else None,
        reachable=number % 14 != 0,
        closes=chance.random() < 0.52,
        takes_back=number % 24 == 1,
        forwards=number % 9 == 2,
    )


def _share_referrals(stories: list[ClinicStory], referrals: int, chance: Random) -> None:
    """Every reachable person gets one while they last, then some get more."""
    reachable = [each for each in stories if each.reachable]
    for number in range(referrals):
        story = reachable[number] if number < len(reachable) else chance.choice(reachable)
        story.referrals += 1
    sent = [each for each in reachable if each.referrals]
    for kind, each in zip(LAST_KINDS, sent[len(sent) // 2 :], strict=False):
        each.last_kind = kind


def _some_day(world: World, chance: Random) -> datetime:
    """An office hour in the six months; more of them in the later ones."""
    (month,) = chance.choices(range(len(BY_MONTH)), BY_MONTH)
    span = (world.until - world.begin) / len(BY_MONTH)
    moment = at_work(world.begin + span * (month + chance.random()))
    return moment if moment < world.until else at_work(world.until - timedelta(days=4))
