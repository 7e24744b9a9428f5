"""The people whom the pictures of Waypost show, so that a coordinator's day looks like them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.utils import formats, timezone

from waypost.consent.services import block
from waypost.coordination.selectors import episode
from waypost.coordination.services import Ask, log_contact, request_coordination, set_next_move, take_request
from waypost.demo.seeding.cast import Member
from waypost.demo.seeding.clinic import ClinicStory
from waypost.demo.seeding.data import read
from waypost.demo.seeding.listings import Directory
from waypost.demo.seeding.neighbors import Neighbor, born
from waypost.demo.seeding.papers import bring_a_paper, sign_by_typing
from waypost.demo.seeding.referring import send_to
from waypost.demo.seeding.story import NeedInHand
from waypost.demo.seeding.world import SATURDAY, Step, World, dice, local
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.people.services import Contact, Identity
from waypost.referrals.services import move, report
from waypost.screening.selectors import needs
from waypost.screening.services import add_need, change_need, save_response, set_need_status

FOOD, BILLS = "food-insecurity", "utility-insecurity"
REGISTERED, REFERRALS, REQUESTS = 5, 5, 7


@dataclass
class Faces:
    """Their stories are told step by step, with hours counted back from this moment."""

    world: World
    directory: Directory
    ana: Member
    ito: Member
    desk: Member
    luis: Member
    moment: datetime
    keys: list[str] = field(default_factory=list)

    def live(self) -> None:
        """Everything up to now, in the order of the days."""
        self._nadia()
        self._rosa()
        self._walter()
        self._minh()
        self._joy()
        self._new_today()

    def _day(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many days ago; on a weekend, the Monday after, if that has been."""
        day = self._today - timedelta(days=days)
        worked = day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
        return local(worked if worked < self._today else day, time(hour, minute))

    @property
    def _today(self) -> date:
        return timezone.localtime(self.moment).date()

    def _story(self, key: str) -> ClinicStory:
        self.keys.append(key)
        return ClinicStory(
            world=self.world,
            directory=self.directory,
            worker=self.ana.actor,
            neighbor=neighbor(key, self._today),
            chance=dice("face", key),
            member=self.ana,
        )

    def _do(self, moment: datetime, step: Step, actor: Actor | None = None) -> None:
        self.world.do(moment, actor or self.ana.actor, step)

    def _asked_and_taken(self, story: ClinicStory, asker: Member, moment: datetime) -> None:
        ask = ask_for(self.keys[-1], story.neighbor)
        asked: list[UUID] = []
        self._do(moment, lambda: asked.append(request_coordination(actor=asker.actor, ask=ask)), asker.actor)

        def take() -> None:
            story.register()
            take_request(actor=self.ana.actor, request_id=asked[0], person_id=story.person)

        self._do(moment + timedelta(minutes=40), take)

    def _contact(self, story: ClinicStory, moment: datetime, mode: str, result: str, note: str = "") -> None:
        self._do(
            moment,
            lambda: log_contact(
                actor=self.ana.actor, person_id=story.person, mode=mode, result=result, note=note, minutes=10
            ),
        )

    def _next(self, story: ClinicStory, how: str, words: str, *, urgent: bool = False, days: int = 0) -> None:
        def plan() -> None:
            found = episode(self.ana.actor, story.person)
            if found is not None:
                set_next_move(
                    actor=self.ana.actor,
                    episode_id=found.id,
                    whose_move="us",
                    next_move=how,
                    words=words,
                    check_back_on=today() + timedelta(days=1 + days),
                    urgent=urgent,
                )

        self._do(local(self._today, time(0)) - timedelta(hours=8), plan)

    def _need(self, story: ClinicStory, category: str, words: str = "") -> None:
        need_id = add_need(actor=self.ana.actor, person_id=story.person, category=category, words=words)
        story.needs.append(NeedInHand(need_id, category, wanted=True))

    def _rosa(self) -> None:
        story = self._story("rosa")
        first = self._day(97, 10)
        self._asked_and_taken(story, self.ito, first)
        self._contact(
            story, first + timedelta(hours=1), "in_person", "reached", "Met in room 2 with Dr. Ito."
        )
        self._do(first + timedelta(minutes=70), lambda: self._need(story, FOOD))
        self._rosas_list(story, first + timedelta(minutes=80))
        screened = self._day(14, 13, 40)
        self._do(screened, lambda: self._screen_rosa(story))
        until = self.moment + timedelta(days=162)
        self._do(
            screened + timedelta(minutes=10),
            lambda: story.agree(ends_at=until, witness="Interpreter M. Soto"),
        )
        self._rosas_groceries(story, screened + timedelta(minutes=25))
        self._next(story, "text", "Asked to be texted in Spanish after the food pick-up")

    def _rosas_list(self, story: ClinicStory, moment: datetime) -> None:
        sent: list[UUID] = []
        pantry = self.directory.named("Northside groceries")
        self._do(
            moment,
            lambda: sent.append(
                send_to(story, story.needs[0], pantry, handoff="take_along", words="", loop=False)
            ),
        )

        def told() -> None:
            ana, words = self.ana.actor, "Too far by bus."
            report(
                actor=ana, referral_id=sent[0], source="person", fact="not_received", why="other", words=words
            )
            need_id = story.needs[0].id
            set_need_status(actor=ana, need_id=need_id, status="withdrawn", words="Wants to manage alone.")
            story.needs.clear()

        self._contact(story, self._day(84, 11), "text", "reached")
        self._do(self._day(84, 11, 5), told)

    def _screen_rosa(self, story: ClinicStory) -> None:
        answers = {
            "first-words": ["By the last week there is nothing left."],
            "first-priority": [FOOD],
            "food": ["yes"],
            "food-help": ["yes"],
            "utilities": ["yes"],
            "utilities-help": ["yes"],
            "rent": ["no"],
            "rides": ["no"],
        }
        save_response(
            actor=self.ana.actor,
            person_id=story.person,
            instrument_id=self.directory.screener,
            answers={key: list(value) for key, value in answers.items()},
            mode="interview",
            language="es",
        )
        notice = formats.date_format(self._today + timedelta(days=20), "j F")
        for each in needs(self.ana.actor, story.person, statuses=["open"]):
            if each.category == FOOD:
                story.needs.append(NeedInHand(each.id, FOOD, wanted=True))
            elif each.category == BILLS:
                change_need(actor=self.ana.actor, need_id=each.id, words=f"Shut-off notice for {notice}.")

    def _rosas_groceries(self, story: ClinicStory, moment: datetime) -> None:
        sent: list[UUID] = []
        groceries = self.directory.named("Weekly groceries")
        self._do(
            moment,
            lambda: sent.append(
                send_to(
                    story,
                    story.needs[0],
                    groceries,
                    handoff="inbox",
                    words="Can come Friday or Saturday.",
                    check_back_days=14,
                    loop=False,
                )
            ),
        )
        sam = groceries.reader
        if sam is None:
            return
        self._do(
            moment + timedelta(hours=2), lambda: move(actor=sam, referral_id=sent[0], name="accept"), sam
        )
        words = "Took home a box for four, comes again Friday."
        self._do(
            self.moment - timedelta(minutes=40),
            lambda: report(actor=sam, referral_id=sent[0], fact="received", source="partner", words=words),
            sam,
        )

    def _minh(self) -> None:
        story = self._story("minh")
        self._asked_and_taken(story, self.desk, self._day(5, 9, 30))
        self._contact(story, self._day(4, 11), "phone", "reached", "His son translates after five.")
        self._do(self._day(4, 11, 5), lambda: self._need(story, BILLS, "They turn it off this week."))
        self._do(self._day(4, 11, 10), story.agree)
        luis, year = self.luis.actor, self.moment + timedelta(days=365)
        self._do(self._day(1, 16), lambda: bring_a_paper(story, recorded_by=luis, ends_at=year), luis)
        sent_at = self.moment - timedelta(days=2, hours=1)
        fund = self.directory.named("Stop a shut-off")
        self._do(
            sent_at,
            lambda: send_to(
                story,
                story.needs[0],
                fund,
                handoff="inbox",
                words="The notice says tomorrow.",
                urgent=True,
                check_back_days=3,
                loop=False,
            ),
        )
        self._next(story, "call", "Shut-off tomorrow. Energy Fund has not answered for 2 days", urgent=True)

    def _walter(self) -> None:
        story = self._story("walter")
        self._asked_and_taken(story, self.ito, self._day(13, 15))
        for days, result in ((10, "no_answer"), (6, "left_message"), (2, "no_answer")):
            self._contact(story, self._day(days, 10, 20), "phone", result)
        self._next(story, "visit", "Home visit next, then the letter. Often at the library before noon")

    def _joy(self) -> None:
        story = self._story("joy")
        self._asked_and_taken(story, self.ito, self._day(8, 9))
        self._contact(story, self._day(8, 10), "in_person", "reached")
        self._do(self._day(8, 10, 10), lambda: self._need(story, "transportation-insecurity"))
        year = self.moment + timedelta(days=357)
        self._do(self._day(8, 10, 20), lambda: sign_by_typing(story, ends_at=year))
        rides, sent = self.directory.named("Rides to the doctor"), list[UUID]()
        self._do(
            self._day(8, 10, 30),
            lambda: sent.append(
                send_to(story, story.needs[0], rides, handoff="inbox", check_back_days=12, loop=False)
            ),
        )
        pat = rides.reader
        if pat is not None:
            month = formats.date_format(self._today.replace(day=1) + timedelta(days=62), "F")
            self._do(
                self.moment - timedelta(minutes=95),
                lambda: move(
                    actor=pat,
                    referral_id=sent[0],
                    name="reject",
                    reason="no_room",
                    words=f"Full until {month}.",
                ),
                pat,
            )
        self._next(story, "call", "Ask about rides on Mondays and Thursdays", days=2)

    def _nadia(self) -> None:
        """She took her agreement back with the referral, and keeps the service out: a tombstone stays."""
        story = self._story("nadia")
        self._asked_and_taken(story, self.desk, self._day(40, 10))
        self._contact(story, self._day(39, 10), "phone", "reached")
        self._do(self._day(39, 10, 10), lambda: self._need(story, "financial-insecurity"))
        self._do(self._day(39, 10, 20), lambda: story.agree(written=True))
        coach = self.directory.named("Money coach")
        self._do(
            self._day(39, 10, 30),
            lambda: send_to(story, story.needs[0], coach, handoff="inbox", loop=False),
        )
        self._do(self._day(33, 15), lambda: story.take_back(recall=True))
        out = [each for each in (coach.participant,) if each]
        self._do(
            self._day(33, 15, 5),
            lambda: block(actor=self.ana.actor, person_id=story.person, organization_ids=out),
        )
        self._next(story, "call", "Wants to think about it", days=12)

    def _new_today(self) -> None:
        for key, asker, moment in (
            ("grace", self.ito, self.moment - timedelta(minutes=25)),
            ("darnell", self.desk, local(self._today, time(0)) - timedelta(hours=8)),
        ):
            ask = ask_for(key, neighbor(key, self._today))
            self._do(moment, partial(_request, asker.actor, ask), asker.actor)


def _request(actor: Actor, ask: Ask) -> None:
    request_coordination(actor=actor, ask=ask)


def neighbor(key: str, on: date) -> Neighbor:
    """Somebody of ``faces.json``, of the right age on that day."""
    told = read("faces")[key]
    month, day = told["born"]
    identity = Identity(**told["identity"], birth_date=born(on, told["age"], month, day))
    phone, home = Contact(kind="phone", **told["phone"]), Contact(kind="address", **told["home"])
    return Neighbor(identity=identity, contacts=(phone, home), age=told["age"], language=identity.language)


def ask_for(key: str, who: Neighbor) -> Ask:
    """The request by which somebody of ``faces.json`` came."""
    return Ask(person_name=who.name, phone=who.phone, language=who.language, **read("faces")[key]["ask"])
