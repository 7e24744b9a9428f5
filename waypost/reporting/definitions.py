"""What each figure counts, as data: shown beside every number, and in the download."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure: its name, what is counted, out of what, and what to know about it."""

    code: str
    name: str | Promise
    counts: str | Promise
    of: str | Promise
    note: str | Promise = ""

    @property
    def words(self) -> str:
        """The whole definition in a paragraph."""
        return " ".join(str(part) for part in (self.counts, self.of, self.note) if part)


NEED_RULE = _(
    "A need counts once, in the month of its first referral, even with three referrals. It is answered, "
    "known or received when one of its referrals is."
)
EARLY_RULE = _(
    "Rates leave out the months in which something was sent less than 30 days ago: it is too early to say."
)
VICTIM_RULE = _("Referrals to victim-service providers are not counted: they are never asked for outcomes.")
FEW_RULE = _("Services with fewer than eleven answers are left out.")
SMALL_RULE = _("Groups under 11 people are not shown, so that nobody can be recognized.")

DEFINITIONS: Final[dict[str, Definition]] = {
    each.code: each
    for each in (
        Definition(
            "sent",
            _("Sent"),
            _("Counts referrals that were sent, called-off ones too."),
            "",
            _("Drafts, and referrals made by mistake, are not counted."),
        ),
        Definition(
            "answered",
            _("Answered by a partner"),
            _("Counts those where the service said that it can help, or can't."),
            _("Out of those where a service was asked: by inbox or phone."),
            _("A list to take along, and a call made together, ask the service for no answer."),
        ),
        Definition(
            "known",
            _("Outcome known"),
            _("Counts those where somebody reported that the service was received, partly or not."),
            _("Out of all that were sent."),
            _("The partner, the person or the coordinator may report it."),
        ),
        Definition(
            "received",
            _("Service received"),
            _("Counts those where the person received the service, all or part of it."),
            _("Out of those with a known outcome."),
        ),
        Definition(
            "met",
            _("Need met, says the person"),
            _("Counts those where the person said that the need is met for now."),
            _("Out of those where the person was asked and said yes or no."),
            _("The last word counts."),
        ),
        Definition(
            "requests",
            _("Requests for a coordinator"),
            _("Counts each time somebody asked for a coordinator, by the team that asked."),
            "",
        ),
        Definition(
            "per_fte",
            _("Per full-time coordinator"),
            _("Requests in the period, divided by the full-time coordinators who serve the team."),
            "",
            _("Empty where nobody has said how many there are."),
        ),
        Definition(
            "warm",
            _("Warm handoff"),
            _("Counts the requests where the person was there at the introduction."),
            _("Out of all requests of the team."),
        ),
        Definition(
            "answer_time",
            _("Slowest answers"),
            _("Half of the answers came within this time from sending."),
            "",
            _("Services with fewer than three answers are left out."),
        ),
    )
}
