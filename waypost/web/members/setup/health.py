"""Whether the installation works: each line says what was found, and what to do where it is not well."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.kernel.chain import last_check
from waypost.kernel.clock import now
from waypost.kernel.worker import work
from waypost.network.duties import last_mail_test
from waypost.web.presenting import day, when

QUIET = timedelta(minutes=2)  # a worker is heard of every ten seconds
A_DAY = timedelta(hours=26)  # a daily backup, and some time for it
WELL, LOOK, BAD = "good", "wait", "stop"


@dataclass(frozen=True, slots=True)
class Line:
    """``kind``: good, wait (not told, look at it) or stop (not well); ``found`` and ``todo`` in words."""

    name: str
    kind: str
    found: str
    todo: str = ""


def health() -> list[Line]:
    """All lines, in the order of the page."""
    return [_mail(), _worker(), _chain(), _backup(), _https(), _proxy(), _secrets()]


def _mail() -> Line:
    test, name = last_mail_test(), _("E-mail")
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        found = _("E-mails are written to files on this machine and leave it by no way.")
        return Line(name, BAD, found, _("Set WAYPOST_EMAIL_URL."))
    if test is None:
        return Line(name, LOOK, _("Nobody has tried it yet."), _("Send a test mail to yourself."))
    facts = {"who": test.by, "day": day(test.on)}
    if not test.fine:
        return Line(name, BAD, _("The test by %(who)s on %(day)s failed.") % facts, test.note)
    return Line(name, WELL, _("%(who)s sent a test mail on %(day)s; the mail server took it.") % facts)


def _worker() -> Line:
    found, name = work(), _("Background work")
    if found.heard_at is None or found.heard_at < now() - QUIET:
        said = _("No worker is heard of. E-mails and notices wait.")
        return Line(name, BAD, said, _("Start the worker."))
    if found.failed:
        said = ngettext(
            "A worker runs. %(count)s job has failed.",
            "A worker runs. %(count)s jobs have failed.",
            found.failed,
        )
        return Line(name, LOOK, said % {"count": found.failed}, _("Look at the worker's log."))
    return Line(name, WELL, _("A worker runs; heard of %(when)s.") % {"when": when(found.heard_at)})


def _chain() -> Line:
    check, name = last_check(), _("The log that nobody can change")
    if check is None:
        return Line(name, LOOK, _("It was not checked yet."), _("Check it under “Privacy”."))
    facts = {"when": when(check.at), "count": check.sealed}
    if check.findings:
        said = _("Checked %(when)s: something does not hold.") % facts
        return Line(name, BAD, said, _("Call the privacy officer. The page “Privacy” names the lines."))
    return Line(name, WELL, _("Checked %(when)s: all %(count)s lines hold.") % facts)


def _backup() -> Line:
    name, stamp = _("Backups"), settings.BACKUP_STAMP
    if not stamp:
        said = _("Not told. Waypost does not know whether backups are made.")
        return Line(name, LOOK, said, _("Let the backup touch a file, and name it in WAYPOST_BACKUP_STAMP."))
    try:
        at = datetime.fromtimestamp(Path(stamp).stat().st_mtime, tz=UTC)
    except OSError:
        return Line(name, BAD, _("The file that a backup should touch is not there."), stamp)
    if at < now() - A_DAY:
        return Line(name, BAD, _("The last one was made %(when)s.") % {"when": when(at)}, _("Look why."))
    return Line(name, WELL, _("The last one was made %(when)s.") % {"when": when(at)})


def _https() -> Line:
    if settings.SESSION_COOKIE_SECURE and settings.BASE_URL.startswith("https://"):
        return Line("HTTPS", WELL, _("Pages are sent by HTTPS alone."))
    said = _("Pages are sent without encryption. Not for real people's data.")
    return Line("HTTPS", BAD, said, _("Set WAYPOST_MODE=production and an address that begins with https."))


def _proxy() -> Line:
    """Limits by address (sign-in, reports, the API) count everybody as one where a proxy is not named."""
    name = _("Proxy")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return Line(name, WELL, _("Visitors are told apart by the address that the proxy passes on."))
    said = _("No proxy is named. Behind one, all visitors share the limits of a single address.")
    return Line(name, LOOK, said, _("Set WAYPOST_TRUSTED_PROXIES to the number of proxies in front."))


def _secrets() -> Line:
    name = _("Secrets")
    if settings.OWN_SECRET:
        return Line(name, WELL, _("They are this installation's own, from the environment."))
    said = _("The demo's secret is in use. Everybody can know it.")
    return Line(name, BAD, said, _("Set WAYPOST_SECRET_KEY. Production does not start without."))
