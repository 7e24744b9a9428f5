"""Who lands where, and what stands in the main menu (one row a role)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from waypost.network.roles import Role


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the main menu."""

    label: object
    url: str
    current: bool = False
    badge: int = 0


HOME: dict[str, str] = {
    Role.COORDINATOR: "/my-day/",
    Role.REFERRER: "/ask/",
    Role.INTAKE: "/inbox/",
    Role.SUPERVISOR: "/team/",
    Role.INTEGRATOR: "/network/",
    Role.PRIVACY_OFFICER: "/privacy/",
}

_PEOPLE = (_("People"), "/people/")
_REFERRALS = (_("Referrals"), "/referrals/")
_DIRECTORY = (_("Directory"), "/directory/")
_MESSAGES = (_("Messages"), "/notices/")
_FIGURES = (_("Figures"), "/figures/")
_INBOX = (_("Inbox"), "/inbox/")
_LISTING = (_("Our listing"), "/listing/")
_PRIVACY = (_("Privacy"), "/privacy/")

MENUS: dict[str, tuple[tuple[object, str], ...]] = {
    Role.COORDINATOR: (
        (_("My day"), "/my-day/"),
        _PEOPLE,
        _REFERRALS,
        _INBOX,
        _DIRECTORY,
        _MESSAGES,
        _FIGURES,
    ),
    Role.INTAKE: (
        _INBOX,
        (_("Our people"), "/people/"),
        _REFERRALS,
        _DIRECTORY,
        _LISTING,
        _MESSAGES,
        _FIGURES,
    ),
    Role.SUPERVISOR: (
        (_("Team"), "/team/"),
        _PEOPLE,
        _REFERRALS,
        _INBOX,
        _DIRECTORY,
        _MESSAGES,
        _FIGURES,
        _PRIVACY,
    ),
    Role.INTEGRATOR: (
        (_("Network"), "/network/"),
        _DIRECTORY,
        (_("Directory upkeep"), "/upkeep/"),
        _MESSAGES,
        _FIGURES,
        _PRIVACY,
    ),
    Role.PRIVACY_OFFICER: (_PRIVACY, _PEOPLE, _MESSAGES, _FIGURES),
    Role.REFERRER: ((_("Ask"), "/ask/"), (_("My requests"), "/my-requests/"), _DIRECTORY),
}
PUBLIC = ((_("Find help"), "/"), (_("Your rights"), "/your-rights/"), (_("About"), "/about/"))


def menu(role: str | None, path: str, badges: dict[str, int] | None = None) -> list[Item]:
    """The menu of a role with the present page marked; ``badges`` counts by address."""
    lines = MENUS.get(role, PUBLIC) if role else PUBLIC
    counted = badges or {}
    return [
        Item(
            label=label,
            url=url,
            current=path == url or (url != "/" and path.startswith(url)),
            badge=counted.get(url, 0),
        )
        for label, url in lines
    ]
