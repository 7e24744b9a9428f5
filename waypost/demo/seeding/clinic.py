"""A person whom somebody sends to a coordinator: asked, taken, reached, screened, referred, followed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from waypost.coordination.selectors import episode
from waypost.coordination.services import (
    Ask,
    close_episode,
    close_request,
    log_contact,
    open_episode,
    request_coordination,
    take_request,
)
from waypost.demo.seeding.cast import Member
from waypost.demo.seeding.data import read
from waypost.demo.seeding.referring import refer
from waypost.demo.seeding.story import NeedInHand, Story
from waypost.demo.seeding.world import at_work
from waypost.kernel.clock import now
from waypost.screening.selectors import needs
from waypost.screening.services import add_need, save_response

CHANNELS = {"ehr": 55, "message": 20, "phone": 9, "screening": 10, "self": 6}
WARM_SHARE = {"North": 0.37, "South": 0.25, "Pediatrics": 0.5, "Driftwood": 0.38}
CODES_OF_CLOSING = {
    "needs_met": 52,
    "graduated": 18,
    "declined": 9,
    "could_not_reach": 11,
    "moved": 6,
    "other": 4,
}
TRIES = ("no_answer", "left_message", "no_answer", "wrong_number")


@dataclass
class ClinicStory(Story):
    """``member``: the coordinator. ``asker``: who sends the person; None: they came by themselves."""

    member: Member | None = None
    asker: Member | None = None
    reachable: bool = True
    closes: bool = False
    last_kind: str = ""
    episode_id: UUID | None = None
    open: bool = True
    first: list[str] = field(default_factory=list)

    def begin(self, moment: datetime) -> None:
        """From the first word on."""
        if self.asker is None:
            self.plan(moment, self.come_in)
        else:
            self.plan(moment, self.ask, self.asker.actor)

    def wait_from(self, moment: datetime) -> None:
        """A request that nobody has taken yet."""
        if self.asker is not None:
            self.plan(moment, lambda: self.ask(taken=False), self.asker.actor)

    def ask(self, *, taken: bool = True) -> None:
        """Somebody of the clinic asks for a coordinator."""
        if self.asker is None or self.member is None:
            return
        warm = self.chance.random() < WARM_SHARE.get(self.member.team, 0.35)
        channel = "warm_handoff" if warm else self.chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        self.first = self.draw_needs()
        request_id = request_coordination(
            actor=self.asker.actor,
            ask=Ask(
                person_name=self.neighbor.name,
                phone=self.neighbor.phone,
                language=self.neighbor.language,
                reason=self.first[0],
                reason_words=self.words("reasons", self.first[0]),
                channel=channel,
                referrer_role="self" if channel == "self" else self.asker.asks_as,
                team_id=self.member.team_id,
                expects_call=warm or self.chance.random() < 0.6,
                urgent=self.chance.random() < 0.06,
            ),
        )
        soon = self.later(0.1, 0.7) if warm else self.later(2, 60)
        if taken:
            self.plan(soon, lambda: self.take(request_id, warm=warm))

    def take(self, request_id: UUID, *, warm: bool) -> None:
        """The coordinator takes the request and registers the person."""
        self.register()
        self.episode_id = take_request(actor=self.worker, request_id=request_id, person_id=self.person)
        if warm and self.reachable:
            self._meet("in_person")
        else:
            self.plan(self.later(0.3, 20), lambda: self.try_again(0))

    def come_in(self) -> None:
        """The person came without anybody's request."""
        self.first = self.draw_needs()
        self.register()
        self.episode_id = open_episode(actor=self.worker, person_id=self.person)
        self._meet("in_person")

    def try_again(self, tries: int) -> None:
        """A call or a text; after four tries the letter, then the end."""
        if self.reachable and self.chance.random() < 0.62:
            self._meet("phone")
        elif tries < len(TRIES):
            mode = "text" if tries == 1 else "phone"
            result = TRIES[tries] if mode == "phone" else "no_answer"
            self._log(mode, result)
            self.plan(self.later(24, 24 * 5), lambda: self.try_again(tries + 1))
        elif self.reachable:
            self._meet("phone")
        else:
            self._log("mail", "left_message", "The letter went out.")
            self.plan(self.later(24 * 14, 24 * 20), lambda: self.close("could_not_reach"))

    def _meet(self, mode: str) -> None:
        self._log(mode, "reached", self.words("contact", "reached"))
        self.plan(self.later(0.1, 0.6), self.screen)

    def _log(self, mode: str, result: str, note: str = "") -> None:
        log_contact(
            actor=self.worker,
            person_id=self.person,
            mode=mode,
            result=result,
            note=note or self.words("contact", result),
            minutes=self.chance.choice([2, 5, 10, 15, 25, 40]),
        )

    def screen(self) -> None:
        """The short screener, mostly; sometimes just a talk."""
        if self.chance.random() < 0.82:
            self._with_screener()
        else:
            for category in self.first:
                add_need(actor=self.worker, person_id=self.person, category=category)
        found = needs(self.worker, self.person)
        self.needs = [NeedInHand(each.id, each.category, each.wants_help == "yes") for each in found]
        self.needs.sort(key=lambda each: each.category)  # by chance they may have come in any order
        self.needs.sort(key=lambda each: each.category != self.first[0])
        self.plan(self.later(0.05, 0.2), self.after_screening)

    def _with_screener(self) -> None:
        questions: dict[str, str] = read("words")["questions"]
        answers: dict[str, list[str]] = {"first-priority": [self.first[0]]}
        answers["first-words"] = [self.words("own_words", self.first[0])]
        for category, question in questions.items():
            if category in self.first:
                answers[question] = ["yes"]
                wish = (
                    "yes" if category == self.first[0] else self.chance.choice(["yes", "yes", "later", "no"])
                )
                answers[f"{question}-help"] = [wish]
            elif self.chance.random() < 0.96:
                answers[question] = ["no" if self.chance.random() < 0.97 else "skip"]
        language = "es" if self.neighbor.language == "es" else "en"
        save_response(
            actor=self.worker,
            person_id=self.person,
            instrument_id=self.directory.screener,
            answers=answers,
            mode=self.chance.choices(["interview", "self_paper", "self_screen"], [70, 18, 12])[0],
            language=language,
        )

    def after_screening(self) -> None:
        """Asked about sharing, then one referral after the other."""
        self.ask_to_share()
        moment = now()
        for number in range(self.referrals):
            low, high = (0.05, 2) if number == 0 else (24 * 3, 24 * 34)
            gap = timedelta(hours=self.chance.uniform(low, high))
            moment = self.world.in_time(at_work(moment + gap), self.chance)
            last = number == self.referrals - 1
            self.plan(moment, self._referring(self.last_kind if last else ""))
        if self.takes_back:
            self.plan(self.later(24 * 2, 24 * 20), lambda: self.take_back(recall=self.chance.random() < 0.4))
        if self.closes:
            self.plan(at_work(moment + timedelta(days=self.chance.uniform(18, 55))), lambda: self.close(""))
        self.plan(self.later(24 * 6, 24 * 20), self.look_after)

    def _referring(self, kind: str) -> Callable[[], None]:
        return lambda: refer(self, kind=kind)

    def look_after(self) -> None:
        """A contact every few weeks while the episode is open."""
        if self.open:
            result = self.chance.choice(["reached", "reached", "reached", "no_answer", "left_message"])
            self._log(self.chance.choice(["phone", "phone", "text", "in_person"]), result)
            self.plan(self.later(24 * 18, 24 * 55), self.look_after)

    def close(self, reason: str) -> None:
        """The end of an episode, with its reason."""
        found = episode(self.worker, self.person)
        if found is not None:
            drawn = self.chance.choices(list(CODES_OF_CLOSING), list(CODES_OF_CLOSING.values()))[0]
            close_episode(actor=self.worker, episode_id=found.id, reason=reason or drawn)
        self.open = False


def ask_in_vain(story: ClinicStory, moment: datetime) -> None:
    """A request that ends before anybody was registered."""
    member, asker = story.member, story.asker
    if member is None or asker is None:
        return
    reason = story.draw_needs()[0]
    ask = Ask(
        person_name=story.neighbor.name,
        phone=story.neighbor.phone,
        language=story.neighbor.language,
        reason=reason,
        reason_words=story.words("reasons", reason),
        channel=story.chance.choice(["ehr", "message", "phone"]),
        referrer_role=asker.asks_as,
        team_id=member.team_id,
    )

    def requested() -> None:
        request_id = request_coordination(actor=asker.actor, ask=ask)
        why = story.chance.choice(
            ["could_not_reach", "could_not_reach", "declined", "duplicate", "connected"]
        )
        story.plan(
            story.later(20, 200), lambda: close_request(actor=story.worker, request_id=request_id, reason=why)
        )

    story.plan(moment, requested, asker.actor)
