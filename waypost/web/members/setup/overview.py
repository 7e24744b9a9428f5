"""The first page of the set-up: what is there, what is missing, whether it works."""

from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.kernel.clock import today
from waypost.network.duties import MAIL_TEST, checklist
from waypost.network.roles import Action
from waypost.network.selectors import kind_name, members, organizations, status_name, terms
from waypost.network.services import tick
from waypost.web.access import StaffRequest, wants
from waypost.web.members.setup.health import health
from waypost.web.members.setup.missing import missing_pairs


@require_safe
@wants(Action.SET_UP_NETWORK)
def set_up(request: StaffRequest) -> HttpResponse:
    """Counts and states, each with the way to its page."""
    everybody, lines = organizations(), checklist(get_language() or "en")
    context = {
        "name": settings.NETWORK_NAME,
        "health": health(),
        "organizations": [
            (each, kind_name(each.kind), status_name(each.legal_status), len(members(each.id)))
            for each in everybody
        ],
        "agreements": len(terms(on=today())),
        "missing": missing_pairs(request.actor),
        "duties": len(lines),
        "due": sum(1 for each in lines if each.due),
    }
    return render(request, "web/setup/overview.html", context)


@require_POST
@wants(Action.SET_UP_NETWORK)
def test_mail(request: StaffRequest) -> HttpResponse:
    """A mail to oneself, now and not by the worker, so that the mail server's answer is seen."""
    message = EmailMessage(
        subject=_("Waypost: a test mail"),
        body=_("If you read this, mail from Waypost arrives.") + f"\n\n{settings.BASE_URL}\n",
        to=[request.user.email],  # type: ignore[union-attr]
        headers={"Auto-Submitted": "auto-generated"},
    )
    trouble = ""
    try:
        message.send()
    except (OSError, SMTPException) as error:
        trouble = type(error).__name__
    tick(actor=request.actor, key=MAIL_TEST, note=trouble, fine=not trouble)
    if trouble:
        said = _("The mail server did not take it (%(trouble)s). Check WAYPOST_EMAIL_URL.")
        messages.error(request, said % {"trouble": trouble})
    else:
        messages.success(request, _("The test mail is on its way to you. Look whether it arrives."))
    return redirect("set_up")
