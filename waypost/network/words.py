"""What roles and actions are called: the same words on the members' page and in the table of roles."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.network.roles import Action, Role

ROLE_NAMES: dict[str, object] = {
    Role.COORDINATOR: pgettext_lazy("member", "Coordinator"),
    Role.REFERRER: pgettext_lazy("member", "Referrer"),
    Role.INTAKE: pgettext_lazy("member", "Intake worker"),
    Role.SUPERVISOR: pgettext_lazy("member", "Supervisor"),
    Role.INTEGRATOR: pgettext_lazy("member", "Integrator"),
    Role.PRIVACY_OFFICER: pgettext_lazy("member", "Privacy officer"),
}

ROLE_SENTENCES: dict[str, object] = {
    Role.COORDINATOR: _("Works with people from the first talk until they have what they need."),
    Role.REFERRER: _("Asks a coordinator for help for somebody, and reads what became of it."),
    Role.INTAKE: _("Takes in referrals, works with people, and keeps the listing right."),
    Role.SUPERVISOR: _("All that a coordinator does, and shares out work, lets people in, guards privacy."),
    Role.INTEGRATOR: _("Runs the network and its directory. Sees nobody's records."),
    Role.PRIVACY_OFFICER: _("Guards privacy: reads who looked and why, checks forms, answers requests."),
}

ACTION_NAMES: dict[str, object] = {
    Action.ASK_COORDINATION: _("Ask a coordinator for help for somebody"),
    Action.WORK_CASELOAD: _("Have people in hand, with a day of one's own"),
    Action.SEE_PEOPLE: _("See the people of one's organization"),
    Action.EDIT_PEOPLE: _("Register people and change what is written"),
    Action.SCREEN: _("Ask about needs"),
    Action.RECORD_CONSENT: _("Write down what somebody agrees to"),
    Action.SEND_REFERRAL: _("Send referrals"),
    Action.ANSWER_REFERRAL: _("Answer referrals that come in"),
    Action.LOG_SERVICE: _("Write down services given"),
    Action.EDIT_LISTING: _("Keep the organization's listing"),
    Action.SEE_TEAM: _("See the whole team's work"),
    Action.SEE_FIGURES: _("See figures"),
    Action.SEE_NETWORK: _("See who takes part in the network"),
    Action.KEEP_DIRECTORY: _("Look after the directory"),
    Action.CHECK_LISTING: _("Check listings by phone"),
    Action.NOTE_LISTING: _("Keep notes and lists of services"),
    Action.MANAGE_MEMBERS: _("Invite people, change roles, end access"),
    Action.SET_UP_NETWORK: _("Set up the network: organizations and agreements"),
    Action.GUARD_PRIVACY: _("Guard privacy: who looked, incidents, holds, whole records"),
    Action.VERIFY_FORM: _("Check signed forms"),
    Action.OPEN_EMERGENCY: _("Open a record in an emergency, with a reason"),
    Action.REPORT_INCIDENT: _("Report that something went wrong with privacy"),
    Action.SEE_SENSITIVE: _("See especially sensitive needs and services"),
}


def role_title(role: str) -> str:
    """What a role is called."""
    return str(ROLE_NAMES.get(role, role))


def role_sentence(role: str) -> str:
    """What a role is for, in one sentence."""
    return str(ROLE_SENTENCES.get(role, ""))
