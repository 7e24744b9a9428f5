"""From a need to a referral: choose, plan the handoff, send; or leave it a draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from waypost.demo.seeding.answering import Loop
from waypost.demo.seeding.listings import Listed
from waypost.demo.seeding.story import NeedInHand, Story
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.referrals.services import draft, move, plan_handoff, send
from waypost.referrals.services.sending import Plan
from waypost.screening.selectors import needs

FIRST_MOVES = {
    "inbox": ("they_call", "they_call", "person_goes"),
    "phone": ("they_call", "person_goes", "we_call"),
    "together": ("together",),
    "take_along": ("person_goes",),
}


def refer(story: Story, *, kind: str = "") -> None:
    """One referral for the need that has waited longest. ``kind``: "draft", "mistake" or nothing."""
    need = _need(story)
    if need is None:
        return
    need.tries += 1
    service = _service(story, need)
    if service.part2 and story.permission is not None:
        story.agree_for_part2(service, need.category)
    send_to(story, need, service, kind=kind)


def send_to(  # noqa: PLR0913 - what a worker says of one handoff
    story: Story,
    need: NeedInHand,
    service: Listed,
    *,
    kind: str = "",
    handoff: str = "",
    words: str | None = None,
    urgent: bool = False,
    check_back_days: int = 0,
    parent_id: UUID | None = None,
    loop: bool = True,
) -> UUID:
    """Draft, plan and send to this service; then the loop goes its way, unless told otherwise."""
    referral_id = draft(
        actor=story.worker,
        person_id=story.person,
        need_id=need.id,
        service_id=service.id,
        parent_id=parent_id,
    )
    if kind == "draft":
        return referral_id
    way = handoff or _handoff(story, service, need.category)
    plan = Plan(
        handoff=way,
        next_move=story.chance.choice(FIRST_MOVES[way]),
        check_back_on=today() + timedelta(days=check_back_days or story.chance.randint(6, 16)),
        next_move_by=today() + timedelta(days=story.chance.randint(1, 5)),
        person_knows=story.chance.random() < 0.9,
        urgency="urgent" if urgent or story.chance.random() < 0.1 else "routine",
        words_to_recipient=story.words("to_recipient") if words is None else words,
    )
    way = _send(story, referral_id, plan)
    if kind == "mistake":
        story.plan(
            story.later(0.2, 1), lambda: move(actor=story.worker, referral_id=referral_id, name="mistake")
        )
    elif loop:
        forward = _forwarding(story) if story.forwards and way == "inbox" else None
        Loop(story, need, service, referral_id, way, forward).begin()
    return referral_id


def _send(story: Story, referral_id: UUID, plan: Plan) -> str:
    """Send as planned, or make the call together where the gate does not let it be told; the way it went."""
    plan_handoff(actor=story.worker, referral_id=referral_id, plan=plan)
    try:
        send(actor=story.worker, referral_id=referral_id)
    except Refused:
        plan = replace(plan, handoff="together", next_move="together")
        plan_handoff(actor=story.worker, referral_id=referral_id, plan=plan)
        send(actor=story.worker, referral_id=referral_id)
    return plan.handoff


def _forwarding(story: Story) -> Callable[[Actor, UUID, UUID], None]:
    """The service will send the person on to another one; once is enough for one person."""
    story.forwards = False

    def forward(worker: Actor, person_id: UUID, referral_id: UUID) -> None:
        onward = Story(
            world=story.world,
            directory=story.directory,
            worker=worker,
            neighbor=story.neighbor,
            chance=story.chance,
            person_id=person_id,
        )
        found = sorted(needs(worker, person_id), key=lambda each: each.category)
        onward.needs = [NeedInHand(each.id, each.category, wanted=True) for each in found]
        onward.plan(onward.later(1, 6), lambda: _send_on(onward, referral_id))

    return forward


def _send_on(onward: Story, parent_id: UUID) -> None:
    onward.agree()
    need = onward.needs[0]
    send_to(onward, need, _service(onward, need), parent_id=parent_id)


def _need(story: Story) -> NeedInHand | None:
    open_ = [each for each in story.needs if not each.met]
    wanted = [each for each in open_ if each.wanted] or open_ or story.needs
    return min(wanted, key=lambda each: each.tries, default=None)


def _service(story: Story, need: NeedInHand) -> Listed:
    """One that answers the need; partners who take part are chosen more often than those who do not."""
    found = [
        each
        for each in story.directory.for_need(need.category, story.neighbor.age)
        if each.participant != story.worker.organization_id
    ]
    found = found or story.directory.for_need("sdoh-category-unspecified", story.neighbor.age)
    weights = [6 if each.reader and story.may_tell(each, need.category) else 1 for each in found]
    return story.chance.choices(found, weights)[0]


def _handoff(story: Story, service: Listed, category: str) -> str:
    luck = story.chance.random()
    if not story.may_tell(service, category):
        return "together" if luck < 0.45 or service.victim_service else "take_along"
    if service.reader is not None:
        return "inbox" if luck < 0.96 else "together"
    return "phone" if luck < 0.6 else "together" if luck < 0.8 else "take_along"
