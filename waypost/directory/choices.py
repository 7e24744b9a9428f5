"""The closed lists of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LOCAL_SOURCE = "local"  # rows written here, not imported
PRIVATE = "confidential"  # mark of a place that its keeper keeps private: no feed writes to it
PLACES = "places"  # mark of a service whose keeper said where it is offered
PLACE_HOURS = "place_hours"  # mark of a service of which somebody here said when it is open at one place
REMOVED = "removed"  # mark of a place that its keeper deleted: no feed shows it again


class HowToReach(models.TextChoices):
    """How an organization wants people to come to a service; set by the organization itself."""

    WALK_IN = "walk_in", _("Walk in")
    PHONE = "phone", _("Call first")
    LINK = "link", _("On their website")
    INBOX = "inbox", _("Referral in Waypost")
    OWN_SYSTEM = "own_system", _("Referral in their own system")
    NONE = "none", _("No referrals")


class Capacity(models.TextChoices):
    """Whether a service takes people now."""

    ACCEPTING = "accepting", _("Taking new people")
    WAITLIST = "waitlist", _("Waiting list")
    FULL = "full", _("Full")
    NO_FUNDS = "no_funds", _("Funds used up")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    UNKNOWN = "unknown", _("Not known")


class ConfirmedHow(models.TextChoices):
    """How a human made sure that a listing is right."""

    WEB = "web", _("on the web")
    PHONE = "phone", _("by phone")
    VISIT = "visit", _("by a visit")


class CheckHow(models.TextChoices):
    """How somebody got in touch with an organization in the community."""

    PHONE = "phone", _("Phone call")
    VISIT = "visit", _("Visit")
    WEB = "web", _("Looked it up on the web")
    MEETING = "meeting", _("Meeting or event")
    MAIL = "mail", _("E-mail or letter")


class CheckResult(models.TextChoices):
    """What came of getting in touch."""

    REACHED = "reached", _("Reached somebody")
    NOBODY = "nobody", _("Reached nobody")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    CLOSED = "closed", _("It has closed for good")


class FaultKind(models.TextChoices):
    """What somebody says is wrong with a listing."""

    CLOSED = "closed", _("It has closed")
    PHONE = "phone", _("The phone number is wrong")
    ADDRESS = "address", _("The address is wrong")
    HOURS = "hours", _("The hours are wrong")
    NOT_THIS = "not_this", _("It does not help with this")
    OTHER = "other", _("Something else")


class FaultOutcome(models.TextChoices):
    """What came of a report."""

    MENDED = "mended", _("We mended the listing")
    RIGHT = "right", _("We checked: the listing is right")
    CANNOT_TELL = "cannot_tell", _("We could not find out")
    NOT_A_FAULT = "not_a_fault", _("This was not about the listing")


class FactOf(models.TextChoices):
    """What kind of row a field belongs to."""

    ORGANIZATION = "organization", _("Organization")
    SERVICE = "service", _("Service")
    LOCATION = "location", _("Location")


class HiddenWhy(models.TextChoices):
    """Why a row is kept but shown nowhere: no page, search, API, export or map."""

    MERGED = "merged", _("Merged into another listing")
    DO_NOT_LIST = "do_not_list", _("Asked not to be listed")
    EXPIRED = "expired", _("Expired")
    GONE = "gone", _("No longer in its feed")
    REMOVED = "removed", _("Deleted by its keeper")


class LikenessStatus(models.TextChoices):
    """What somebody decided about two listings that look alike."""

    OPEN = "open", _("To decide")
    LATER = "later", _("Later")
    MERGED = "merged", _("Merged")
    DIFFERENT = "different", _("Different")


class ConflictStatus(models.TextChoices):
    """What somebody decided where two sources differ."""

    OPEN = "open", _("To decide")
    KEPT = "kept", _("Kept ours")
    TAKEN = "taken", _("Took theirs")


class MatchStatus(models.TextChoices):
    """Whether a listing is the one that asked not to be listed."""

    OPEN = "open", _("To decide")
    SAME = "same", _("The same")
    OTHER = "other", _("Another one")


class SharedWith(models.TextChoices):
    """Who else in the organization sees a saved search or a list."""

    NOBODY = "nobody", _("Only me")
    TEAM = "team", _("My team")
    EVERYBODY = "everybody", _("Everybody in our organization")


class GapStatus(models.TextChoices):
    """How a request to find a service stands."""

    OPEN = "open", _("Being looked for")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class CoordinatesStatus(models.TextChoices):
    """What the feed said about a place on the map."""

    GIVEN = "given", _("Given")
    MISSING = "missing", _("Missing")
    IMPLAUSIBLE = "implausible", _("Not plausible")


# HSDS 3.2 service.status; other words of a feed are kept as they came. These are not shown in a search.
NOT_OFFERED = ("inactive", "defunct", "closed", "permanently closed")


class WordKind(models.TextChoices):
    """What leads to a need: the name of a taxonomy term, or a word in one of the languages."""

    TERM = "term", _("Taxonomy term")
    EN = "en", _("English word")
    ES = "es", _("Spanish word")


class WordList(models.TextChoices):
    """The lists that the network edits."""

    NEED = "need", _("Needs")
    SYNONYM = "synonym", _("Synonyms")
    TAXONOMY = "taxonomy", _("Taxonomies")
    CADENCE = "cadence", _("Cadences")


class ExportForm(models.TextChoices):
    """In which form the directory is written to a file."""

    TABULAR = "tabular", _("Tables (CSV) in a zip")
    JSON = "json", _("One JSON file")
    NDJSON = "ndjson", _("One JSON object a line")


class ExportState(models.TextChoices):
    """How far an export is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being written")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CLEARED = "cleared", _("Cleared away")


class NewcomerStatus(models.TextChoices):
    """How such a request stands."""

    ASKED = "asked", _("To be proved")
    PROVED = "proved", _("Proved")
    INVITED = "invited", _("Let in")
    REFUSED = "refused", _("Refused")
