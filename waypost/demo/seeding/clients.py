"""A community organization's own clients: served without any referral, or sent on to others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from waypost.coordination.services import log_contact, log_service
from waypost.demo.seeding.referring import refer, send_to
from waypost.demo.seeding.story import NeedInHand, Story
from waypost.demo.seeding.world import at_work
from waypost.kernel.clock import now
from waypost.screening.services import add_need

TO_CLINIC = ("A coordinator for what you need", "Family doctor, new patients", "Medicines you cannot pay for")


@dataclass
class ClientStory(Story):
    """One client. ``to_clinic``: the first referral goes to a clinic."""

    to_clinic: bool = False

    def begin(self, moment: datetime) -> None:
        """Comes in, and is served."""
        self.plan(moment, self.come_in)

    def come_in(self) -> None:
        """Registered, with what they need in their own words."""
        self.register()
        for category in self.draw_needs():
            words = self.words("own_words", category)
            need_id = add_need(actor=self.worker, person_id=self.person, category=category, words=words)
            self.needs.append(NeedInHand(need_id, category, wanted=True))
        self.serve()
        if self.referrals:
            self.plan(self.later(0.1, 1), self.go_on)

    def serve(self) -> None:
        """Something given; many come again."""
        log_service(
            actor=self.worker,
            person_id=self.person,
            what=self.words("services_given"),
            quantity=self.chance.choice(["", "", "1", "2", "1 box", "1 hour"]),
        )
        if self.chance.random() < 0.55:
            self.plan(self.later(24 * 5, 24 * 21), self.serve)
        if self.chance.random() < 0.15:
            log_contact(
                actor=self.worker, person_id=self.person, mode="in_person", direction="in", result="came_by"
            )

    def go_on(self) -> None:
        """Asked about sharing, then sent on."""
        self.ask_to_share()
        moment = now()
        for number in range(self.referrals):
            gap = self.chance.uniform(0.1, 1) if number == 0 else self.chance.uniform(48, 24 * 25)
            moment = self.world.in_time(at_work(moment + timedelta(hours=gap)), self.chance)
            self.plan(moment, self.send_to_clinic if self.to_clinic and number == 0 else lambda: refer(self))

    def send_to_clinic(self) -> None:
        """Back to the medical home (NCQA R2.1)."""
        service = self.directory.named(self.chance.choice(TO_CLINIC))
        category = service.needs[0]
        need_id = add_need(actor=self.worker, person_id=self.person, category=category)
        need = NeedInHand(need_id, category, wanted=True, tries=1)
        self.needs.append(need)
        if self.permission is not None and not self.permission.over:
            self.agree()
        send_to(self, need, service)
