"""How a loop goes on: the service answers, serves and reports; the person is asked."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from waypost.coordination.services import log_contact, log_service
from waypost.demo.seeding.listings import Listed
from waypost.demo.seeding.story import NeedInHand, Story
from waypost.demo.seeding.world import at_work
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.referrals.services import move, note, report, take_into_records

REJECTIONS = {"no_room": 46, "funds_gone": 22, "not_eligible": 14, "out_of_area": 10, "duplicate": 8}
FAILURES = {"could_not_reach": 40, "person_declined": 22, "not_eligible": 18, "no_room": 10, "funds_gone": 10}


@dataclass
class Loop:
    """One referral on its way; every method is a step."""

    story: Story
    need: NeedInHand
    service: Listed
    id: UUID
    handoff: str
    forward: Callable[[Actor, UUID, UUID], None] | None = None
    outcome: str = ""
    over: bool = False

    @property
    def _chance(self) -> float:
        return self.story.chance.random()

    @property
    def _partner(self) -> Actor:
        """Who speaks for the service: its reader, or the sender who writes down what it said."""
        by_inbox = self.handoff == "inbox" and self.service.reader is not None
        return self.service.reader if by_inbox and self.service.reader else self.story.worker

    def _pick(self, weights: dict[str, int]) -> str:
        return self.story.chance.choices(list(weights), list(weights.values()))[0]

    def begin(self) -> None:
        """After sending: the service has it (or the person alone), and there is a day to ask."""
        self.story.waiting += 1
        likely = {"inbox": 0.87, "phone": 0.88, "together": 0.75, "take_along": 0}[self.handoff]
        if self._chance < likely:
            self._plan(self._answer_moment(), self.answer)
        self.story.plan(self.story.later(24 * 7, 24 * 17), self.ask_person)
        self.story.plan(self.story.later(24 * 32, 24 * 60), self.let_go)
        if self._chance < 0.06 and self.handoff == "inbox":
            self.story.plan(self.story.later(2, 30), self.write)

    def _plan(self, moment: datetime, step: Callable[[], None]) -> None:
        self.story.plan(moment, lambda: None if self.over else step(), self._partner)

    def _answer_moment(self) -> datetime:
        if self.handoff == "together":
            return now() + timedelta(minutes=9)
        median = self.service.answer_hours if self.handoff == "inbox" else 4
        hours = median * math.exp(self.story.chance.gauss(0, 0.6))
        return at_work(now() + timedelta(hours=hours))

    def answer(self) -> None:
        """Can help, or can't right now."""
        self.story.waiting -= 1
        if self._chance < 0.11:
            self.over = True
            why = self._pick(REJECTIONS)
            words = self.story.words("partner", "reject") if why == "no_room" else ""
            move(actor=self._partner, referral_id=self.id, name="reject", reason=why, words=words)
            if self._chance < 0.7:
                self.story.plan(self.story.later(5, 24 * 5), lambda: self._settle("not_received", why))
            return
        move(actor=self._partner, referral_id=self.id, name="accept")
        if self.handoff == "inbox" and (self.forward or self._chance < 0.25):
            self._plan(self.story.later(0.1, 3), self.take)
        luck = self._chance
        if luck < 0.42:
            self._plan(self.story.later(2, 70), self.set_date)
        elif luck < 0.62:
            self._plan(self.story.later(4, 90), self.start)
        elif luck < 0.71:
            self._plan(self.story.later(4, 60), self.pause)
        else:
            self._plan(self.story.later(20, 24 * 9), self.end)
        if self._chance < 0.05:
            self.story.plan(self.story.later(24, 24 * 8), self.call_off)

    def take(self) -> None:
        """The service takes the person into its own records."""
        own = take_into_records(actor=self._partner, referral_id=self.id)
        if self.forward is not None:
            self.forward(self._partner, own, self.id)
        self._plan(self.story.later(5, 80), lambda: self._serve(own))

    def _serve(self, own: UUID) -> None:
        what = self.story.words("services_given")
        log_service(actor=self._partner, person_id=own, what=what, listing_id=self.service.id)

    def set_date(self) -> None:
        """A day and an hour; some do not make it."""
        when = now() + timedelta(days=self.story.chance.randint(1, 9))
        day = timezone.localtime(at_work(when)).date()
        hour = time(self.story.chance.randint(9, 15), self.story.chance.choice([0, 30]))
        fixed = timezone.make_aware(datetime.combine(day, hour))
        self._report("scheduled", scheduled_for=fixed)
        after = fixed + timedelta(hours=self.story.chance.uniform(0.5, 20))
        if self._chance < 0.12:
            self._plan(at_work(after), lambda: self._report("missed"))
            after += timedelta(days=self.story.chance.uniform(3, 8))
        self._plan(at_work(after), self.end)

    def start(self) -> None:
        """Work has begun."""
        move(actor=self._partner, referral_id=self.id, name="start")
        self._plan(self.story.later(24, 24 * 16), self.end)

    def pause(self) -> None:
        """Not now, but later."""
        why = self.story.chance.choice(["no_room", "funds_gone", "could_not_reach"])
        words = self.story.words("partner", "on-hold")
        move(actor=self._partner, referral_id=self.id, name="pause", reason=why, words=words)
        self._plan(self.story.later(24 * 6, 24 * 20), self.resume)

    def resume(self) -> None:
        """On it goes."""
        move(actor=self._partner, referral_id=self.id, name="resume")
        self._plan(self.story.later(12, 24 * 8), self.end)

    def end(self) -> None:
        """What the service says came of it; some say nothing more."""
        if self._chance < 0.37:
            return
        self.outcome = self._pick({"received": 57, "partly_received": 8, "not_received": 35})
        why = self._pick(FAILURES) if self.outcome == "not_received" else ""
        self._report(self.outcome, why=why, words=self.story.words("partner", self.outcome))

    def _report(
        self, fact: str, *, why: str = "", words: str = "", scheduled_for: datetime | None = None
    ) -> None:
        report(
            actor=self._partner,
            referral_id=self.id,
            fact=fact,
            source="partner",
            why=why,
            words=words,
            scheduled_for=scheduled_for,
        )

    def write(self) -> None:
        """A few words to the other side."""
        note(actor=self.story.worker, referral_id=self.id, words=self.story.words("partner", "note"))

    def call_off(self) -> None:
        """The sender calls it off before the service was given."""
        if not self.outcome:
            why = self.story.chance.choice(["person_declined", "could_not_reach", "duplicate"])
            move(actor=self.story.worker, referral_id=self.id, name="cancel", reason=why)
            self.over = True

    def ask_person(self) -> None:
        """The person's own word: what was received, and whether the need is met."""
        if self.over or self._chance > (0.5 if self.outcome else 0.46):
            return
        fact = self.outcome or self._pick({"received": 46, "partly_received": 8, "not_received": 46})
        contradicts = bool(self.outcome) and self._chance < 0.1
        if contradicts:
            fact = "received" if self.outcome == "not_received" else "not_received"
        self._from_person(fact)
        self.outcome = fact
        if contradicts and self._chance < 0.5:
            self.story.plan(self.story.later(3, 60), lambda: self._settle(fact))
        met = self._chance < {"received": 0.82, "partly_received": 0.42, "not_received": 0.1}[fact]
        self.story.plan(now() + timedelta(minutes=2), lambda: self._about_need(met))

    def _from_person(self, fact: str) -> None:
        why = self._pick(FAILURES) if fact == "not_received" else ""
        words = self.story.words("person", fact)
        worker, reached = self.story.worker, self.story.person
        log_contact(
            actor=worker,
            person_id=reached,
            mode=self.story.chance.choice(["phone", "text"]),
            result="reached",
        )
        report(actor=worker, referral_id=self.id, fact=fact, source="person", why=why, words=words)

    def let_go(self) -> None:
        """Nothing was heard for weeks: some are called off, the others stay unknown."""
        if not self.outcome and not self.over and self._chance < 0.45:
            self.over = True
            move(actor=self.story.worker, referral_id=self.id, name="cancel", reason="could_not_reach")

    def _settle(self, fact: str, why: str = "other") -> None:
        why = why if fact == "not_received" else ""
        report(actor=self.story.worker, referral_id=self.id, fact=fact, source="coordinator", why=why)

    def _about_need(self, met: bool) -> None:
        if met and self.need.met:
            return
        fact = "need_met" if met else "need_open"
        if not met and self.need.met:
            return
        self.need.met = met
        report(actor=self.story.worker, referral_id=self.id, fact=fact, source="person")
