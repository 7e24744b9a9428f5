"""What notices there are, who gets them, and their words: one row a kind."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.network.roles import Role


class To(StrEnum):
    """The addressee, seen from the event."""

    RECIPIENT = "recipient"  # the organization to which a referral was sent
    SENDER = "sender"  # who sent it
    OTHER = "other"  # whichever side did not do this
    COORDINATORS = "coordinators"  # of the organization where this happened
    ASKER = "asker"  # who asked for a coordinator
    KEEPERS = "keepers"  # the integrator, who keeps the directory
    NAMED = "named"  # the organization that the event itself names
    ADDER = "adder"  # who added a listing for a while


WORKERS: Final = (Role.COORDINATOR, Role.INTAKE, Role.SUPERVISOR)
COORDINATORS: Final = (Role.COORDINATOR,)
KEEPERS: Final = (Role.INTEGRATOR,)
LISTING: Final = (Role.INTAKE, Role.SUPERVISOR)  # those who keep their organization's own listing
GUARDS: Final = (Role.PRIVACY_OFFICER, Role.SUPERVISOR)
EVERYBODY: Final = tuple(Role)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice.

    ``line`` is read on the page (``%(who)s`` is the other organization, ``%(reference)s`` the reference);
    ``mail`` is all that an e-mail says: no names of people or organizations, no need, no words.
    """

    event: str
    to: To
    line: str | Promise
    mail: str | Promise
    roles: tuple[Role, ...] = WORKERS


_NEW = _("A new referral %(reference)s is waiting in Waypost.")
_ANSWER = _("There is an answer to referral %(reference)s in Waypost.")
_NEWS = _("There is news on referral %(reference)s in Waypost.")
_MESSAGE = _("There is a message on referral %(reference)s in Waypost.")
_ENDED = _("Something about referral %(reference)s has ended. Please look in Waypost.")
_REQUEST = _("A request for a coordinator %(reference)s is waiting in Waypost.")
_TAKEN = _("There is news on the request %(reference)s in Waypost.")

_SHARING = _("Something about an agreement to share has changed in Waypost. Please look.")
_CLAIM = _("There is news on the claim %(reference)s in Waypost.")

KINDS: Final[dict[str, Kind]] = {
    kind.event: kind
    for kind in (
        Kind("referral.sent", To.RECIPIENT, _("%(who)s sent you referral %(reference)s."), _NEW),
        Kind("referral.accepted", To.SENDER, _("%(who)s can help: referral %(reference)s."), _ANSWER),
        Kind(
            "referral.rejected",
            To.SENDER,
            _("%(who)s can't help right now: referral %(reference)s. Please choose another service."),
            _ANSWER,
        ),
        Kind("referral.paused", To.SENDER, _("%(who)s paused referral %(reference)s."), _NEWS),
        Kind("referral.resumed", To.SENDER, _("%(who)s took up referral %(reference)s again."), _NEWS),
        Kind("referral.started", To.SENDER, _("%(who)s started on referral %(reference)s."), _NEWS),
        Kind("referral.completed", To.SENDER, _("%(who)s finished referral %(reference)s."), _NEWS),
        Kind("referral.failed", To.SENDER, _("Referral %(reference)s to %(who)s didn't work out."), _NEWS),
        Kind("referral.reported", To.OTHER, _("%(who)s reported on referral %(reference)s."), _NEWS),
        Kind("referral.note", To.OTHER, _("%(who)s wrote on referral %(reference)s."), _MESSAGE),
        Kind("referral.cancelled", To.RECIPIENT, _("%(who)s called off referral %(reference)s."), _ENDED),
        Kind(
            "referral.withdrawn",
            To.RECIPIENT,
            _("%(who)s withdrew referral %(reference)s. You no longer see it."),
            _ENDED,
        ),
        Kind(
            "referral.sharing_ended",
            To.RECIPIENT,
            _(
                "Sharing has ended for referral %(reference)s. What you received stays with you; "
                "nothing new will come."
            ),
            _ENDED,
        ),
        Kind(
            "referral.answers_ended",
            To.RECIPIENT,
            _("Please answer no more on referral %(reference)s. The person wants to be asked instead."),
            _ENDED,
        ),
        Kind(
            "consent.taken_back",
            To.NAMED,
            _("Somebody took back what they agreed to. Sharing has stopped."),
            _SHARING,
            COORDINATORS,
        ),
        Kind(
            "consent.ran_out",
            To.NAMED,
            _("An agreement to share has ended. Ask again, or take its referrals back too."),
            _SHARING,
            COORDINATORS,
        ),
        Kind(
            "consent.ends_soon",
            To.NAMED,
            _("An agreement to share ends within two weeks. Ask the person whether it should go on."),
            _SHARING,
            COORDINATORS,
        ),
        Kind(
            "consent.sent_back",
            To.NAMED,
            _("A signed form was sent back. See what it lacks."),
            _("A signed form was sent back in Waypost. Please look at it."),
        ),
        Kind(
            "coordination.requested",
            To.COORDINATORS,
            _("A new request for a coordinator is waiting: %(reference)s."),
            _REQUEST,
            COORDINATORS,
        ),
        Kind(
            "coordination.taken",
            To.ASKER,
            _("A coordinator took the request %(reference)s."),
            _TAKEN,
            EVERYBODY,
        ),
        Kind(
            "coordination.closed",
            To.ASKER,
            _("The request %(reference)s is closed. See how it ended."),
            _TAKEN,
            EVERYBODY,
        ),
        Kind(
            "person.came_of_age",
            To.NAMED,
            _(
                "Somebody in your records is 18 now. What a parent agreed to has ended, and a parent's "
                "contacts are no longer used: ask the person anew."
            ),
            _("A record needs you. Please look in Waypost."),
        ),
        Kind(
            "directory.expired",
            To.ADDER,
            _("The listing “%(reference)s” has had its last day and is no longer shown."),
            _("A listing that you added for a while has had its last day. Please look in Waypost."),
        ),
        Kind(
            "directory.feed_failed",
            To.KEEPERS,
            _("The feed “%(reference)s” could not be brought in."),
            _("A feed of the directory could not be brought in. Please look in Waypost."),
            KEEPERS,
        ),
        Kind(
            "proposal.waiting",
            To.NAMED,
            _("%(who)s changed something in its listing that you look at before everybody reads it."),
            _("A change of a listing waits for you in Waypost."),
            KEEPERS,
        ),
        Kind(
            "proposal.decided",
            To.NAMED,
            _("The network's staff looked at your change %(reference)s."),
            _("There is news on your change %(reference)s in Waypost."),
            LISTING,
        ),
        Kind(
            "capacity.ending",
            To.NAMED,
            _("What you said about room for new people ends soon. Say how it is now."),
            _("Something that you said about room for new people ends soon. Please look in Waypost."),
            LISTING,
        ),
        Kind(
            "newcomer.waiting",
            To.NAMED,
            _("Somebody without an account wants to keep a listing: %(reference)s."),
            _("Somebody wants to keep a listing: %(reference)s. Please look in Waypost."),
            KEEPERS,
        ),
        Kind(
            "claim.waiting",
            To.NAMED,
            _("%(who)s wants to keep its own listing: claim %(reference)s waits for you."),
            _("A claim to keep a listing is waiting in Waypost: %(reference)s."),
            KEEPERS,
        ),
        Kind(
            "claim.disputed",
            To.NAMED,
            _(
                "%(who)s says that a listing you keep is theirs: claim %(reference)s. It stays yours until "
                "the network's staff have looked."
            ),
            _("Somebody claims a listing that you keep in Waypost: %(reference)s."),
            LISTING,
        ),
        Kind(
            "claim.granted",
            To.NAMED,
            _("Your claim %(reference)s is granted: the listing is yours to keep."),
            _CLAIM,
            LISTING,
        ),
        Kind(
            "emergency.opened",
            To.NAMED,
            _("%(who)s opened a record in an emergency: %(reference)s. Please look at it."),
            _("Emergency access %(reference)s was opened in Waypost. Please look at once."),
            GUARDS,
        ),
        Kind(
            "incident.reported",
            To.NAMED,
            _("Somebody reported a privacy incident: %(reference)s."),
            _("A privacy incident %(reference)s was reported in Waypost."),
            (*GUARDS, Role.INTEGRATOR),
        ),
        Kind(
            "demand.taken_in",
            To.NAMED,
            _("A legal demand came: %(reference)s. Please call whoever took it in, at once."),
            _("A legal demand %(reference)s came. Please look in Waypost at once."),
            (*GUARDS, Role.INTEGRATOR),
        ),
        Kind(
            "audit.broken",
            To.NAMED,
            _("The audit does not hold: somebody changed the log. Please look at once."),
            _("Something about Waypost needs you at once. Please look in Waypost."),
            KEEPERS,
        ),
        Kind("claim.refused", To.NAMED, _("Your claim %(reference)s was refused."), _CLAIM, LISTING),
        Kind(
            "claim.taken_over",
            To.NAMED,
            _("A listing that you kept was handed to another organization: claim %(reference)s."),
            _CLAIM,
            LISTING,
        ),
    )
}
