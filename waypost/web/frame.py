"""What every page needs for its frame."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from waypost.kernel.clock import now
from waypost.messaging.selectors import unread
from waypost.network.roles import Action, may
from waypost.network.selectors import organization
from waypost.web.menu import menu

COVERABLE = (Action.WORK_CASELOAD, Action.ANSWER_REFERRAL, Action.ASK_COORDINATION, Action.MANAGE_MEMBERS)


@dataclass(frozen=True, slots=True)
class PeopleWord:
    """The organization's own word for the people it serves."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class OtherOrganization:
    """Another organization for which the user may act."""

    name: str
    switch_url: str


def people_word(code: str) -> PeopleWord:
    """The word in the reader's language."""
    words = {
        "patient": PeopleWord(_("patient"), _("patients")),
        "client": PeopleWord(_("client"), _("clients")),
        "member": PeopleWord(_("member"), _("members")),
        "customer": PeopleWord(_("customer"), _("customers")),
        "neighbor": PeopleWord(_("neighbor"), _("neighbors")),
    }
    return words.get(code, words["client"])


def _emergency(request: HttpRequest) -> dict[str, Any] | None:
    """The emergency access that this session opened, until its clock runs out; asks no database."""
    kept = request.session.get("emergency")
    if not kept:
        return None
    until = datetime.fromtimestamp(kept["until"], UTC)
    left = int((until - now()).total_seconds()) // 60
    return {"id": kept["id"], "until": until, "minutes": left} if until > now() else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for the layout."""
    actor = getattr(request, "actor", None)
    common = {
        "exit_url": settings.QUICK_EXIT_URL,
        "desk": getattr(request, "desk", None),
        "actor": actor,
        "demo": settings.DEMO,
        "network_name": settings.NETWORK_NAME,
        "search_url": "/search/",
    }
    if actor is None:
        return common | {
            "menu": [],
            "public_menu": menu(None, request.path),
            "people_word": people_word("client"),
        }
    own = organization(actor.organization)
    others = [
        OtherOrganization(each.organization_name, f"/act-for/{each.organization_id}/")
        for each in getattr(request, "memberships", [])
        if each.organization_id != actor.organization_id
    ]
    return common | {
        "emergency": _emergency(request),
        "menu": menu(actor.role, request.path, {"/notices/": unread(actor)}),
        "people_word": people_word(own.person_word),
        "other_organizations": others,
        "second_step_from": own.second_step_from,
        "may_set_up": may(actor.role, Action.SET_UP_NETWORK),
        "cover": getattr(request, "cover", None),
        "may_cover": any(may(actor.role, each) for each in COVERABLE),
        "may_manage": may(actor.role, Action.MANAGE_MEMBERS),
    }
