"""How people come to a service, in the words of whoever keeps it: "our website", not "their website"."""

from django.utils.translation import gettext_lazy

from waypost.directory.choices import HowToReach

OURS = {
    HowToReach.LINK: gettext_lazy("On our website"),
    HowToReach.OWN_SYSTEM: gettext_lazy("Referral in our own system"),
}
OWN_REACH = [(each.value, OURS.get(each, each.label)) for each in HowToReach]


def own_reach(how: str) -> str:
    """One of them."""
    return str(dict(OWN_REACH)[how])
