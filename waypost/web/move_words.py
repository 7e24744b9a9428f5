"""The moves of a referral on buttons and pages, one table for each side."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from waypost.referrals.cards import ReferralCard
from waypost.referrals.machine import PROXY, RECIPIENT, REFERRAL, SENDER

Words = object  # text, or a promise of a translated one


@dataclass(frozen=True, slots=True)
class MoveWords:
    """``button``: on the button. ``title``, ``what_follows``: on its own page, where a reason is asked.

    ``done``: said afterwards. ``%(other)s`` is the other organization, ``%(person)s`` the person.
    """

    button: Words
    done: Words
    title: Words = ""
    what_follows: Words = ""


WORDS: dict[str, dict[str, MoveWords]] = {
    RECIPIENT: {
        "accept": MoveWords(_("We can help"), _("You told %(other)s that you can help.")),
        "reject": MoveWords(
            _("Can't help right now"),
            _("You told %(other)s that you can't help right now."),
            _("Why can't you help right now?"),
            _("%(other)s will read this and look for another service with %(person)s."),
        ),
        "start": MoveWords(_("We have begun"), _("You told %(other)s that you have begun to help.")),
        "resume": MoveWords(_("Take it up again"), _("You told %(other)s that you took it up again.")),
        "pause": MoveWords(
            _("Pause"),
            _("You paused it, and %(other)s can see why."),
            _("Why is it paused?"),
            _("%(other)s will read this. You can take it up again at any time."),
        ),
        "complete": MoveWords(_("It is done"), _("You told %(other)s that it is done.")),
        "fail": MoveWords(
            _("It didn't work out"),
            _("You told %(other)s that it didn't work out."),
            _("Why didn't it work out?"),
            _("%(other)s will read this and look for another way with %(person)s."),
        ),
    },
    PROXY: {
        "accept": MoveWords(_("They can help"), _("You wrote down that %(other)s can help.")),
        "reject": MoveWords(
            _("They can't help right now"),
            _("You wrote down that %(other)s can't help right now."),
            _("Why can't they help right now?"),
        ),
        "start": MoveWords(_("They have begun"), _("You wrote down that %(other)s has begun to help.")),
        "resume": MoveWords(_("They go on"), _("You wrote down that %(other)s goes on.")),
        "pause": MoveWords(
            _("They paused"), _("You wrote down that %(other)s paused it."), _("Why did they pause it?")
        ),
        "complete": MoveWords(_("They say it is done"), _("You wrote down that it is done.")),
        "fail": MoveWords(
            _("It didn't work out"),
            _("You wrote down that it didn't work out."),
            _("Why didn't it work out?"),
        ),
    },
    SENDER: {
        "cancel": MoveWords(
            _("Call it off"),
            _("You called the referral off."),
            _("Why is it called off?"),
            _("%(other)s will see that it is called off, and why."),
        ),
        "mistake": MoveWords(
            _("It was a mistake"),
            _("You marked the referral as made by mistake."),
            _("Mark this referral as a mistake?"),
            _("It no longer counts, and %(other)s can no longer see it. This cannot be undone."),
        ),
    },
}
ALONE = frozenset({"accept", "start", "resume", "complete"})  # moves that ask nothing more


@dataclass(frozen=True, slots=True)
class MoveButton:
    """A move that is open now. ``asks``: it has a page of its own first."""

    name: str
    label: str
    asks: bool


def side_for(card: ReferralCard, name: str) -> str:
    """On which side the actor makes this move: recipient, sender, or for a service outside the network."""
    if card.row.side == RECIPIENT:
        return RECIPIENT
    return SENDER if name in WORDS[SENDER] or name == "send" else PROXY


def buttons(card: ReferralCard, side: str) -> list[MoveButton]:
    """The buttons of one side, in the order of the table; none that the card does not hold."""
    order = [each.name for each in REFERRAL.moves(card.row.status, side)]
    return [
        MoveButton(name, str(WORDS[side][name].button), name not in ALONE)
        for name in order
        if name in card.moves and name in WORDS[side]
    ]


def words_of(card: ReferralCard, name: str) -> MoveWords | None:
    """The words of a move for the side that looks at this card."""
    return WORDS[side_for(card, name)].get(name)
