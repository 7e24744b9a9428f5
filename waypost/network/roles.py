"""Roles, and what each may do: one table, role × action."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in an organization (requirements, section P)."""

    COORDINATOR = "coordinator"
    REFERRER = "referrer"
    INTAKE = "intake_worker"
    SUPERVISOR = "supervisor"
    INTEGRATOR = "integrator"
    PRIVACY_OFFICER = "privacy_officer"


class Action(StrEnum):
    """What a page or form lets somebody do."""

    ASK_COORDINATION = "ask_coordination"
    WORK_CASELOAD = "work_caseload"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    SCREEN = "screen"
    RECORD_CONSENT = "record_consent"
    SEND_REFERRAL = "send_referral"
    ANSWER_REFERRAL = "answer_referral"
    LOG_SERVICE = "log_service"
    EDIT_LISTING = "edit_listing"
    SEE_TEAM = "see_team"
    SEE_FIGURES = "see_figures"
    SEE_NETWORK = "see_network"
    KEEP_DIRECTORY = "keep_directory"
    CHECK_LISTING = "check_listing"
    NOTE_LISTING = "note_listing"
    MANAGE_MEMBERS = "manage_members"
    SET_UP_NETWORK = "set_up_network"
    GUARD_PRIVACY = "guard_privacy"
    VERIFY_FORM = "verify_form"
    OPEN_EMERGENCY = "open_emergency"
    REPORT_INCIDENT = "report_incident"
    SEE_SENSITIVE = "see_sensitive"


_CARE = {
    Action.ASK_COORDINATION,
    Action.WORK_CASELOAD,
    Action.SEE_PEOPLE,
    Action.EDIT_PEOPLE,
    Action.SCREEN,
    Action.RECORD_CONSENT,
    Action.SEND_REFERRAL,
    Action.ANSWER_REFERRAL,
    Action.SEE_FIGURES,
    Action.CHECK_LISTING,
    Action.NOTE_LISTING,
    Action.VERIFY_FORM,
    Action.OPEN_EMERGENCY,
    Action.REPORT_INCIDENT,
    Action.SEE_SENSITIVE,
}

MAY: dict[Role, frozenset[Action]] = {
    Role.COORDINATOR: frozenset(_CARE),
    Role.REFERRER: frozenset({Action.ASK_COORDINATION, Action.NOTE_LISTING, Action.REPORT_INCIDENT}),
    Role.INTAKE: frozenset((_CARE - {Action.WORK_CASELOAD}) | {Action.LOG_SERVICE, Action.EDIT_LISTING}),
    Role.SUPERVISOR: frozenset(
        _CARE
        | {
            Action.SEE_TEAM,
            Action.LOG_SERVICE,
            Action.EDIT_LISTING,
            Action.MANAGE_MEMBERS,
            Action.GUARD_PRIVACY,
        }
    ),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Action.SEE_PEOPLE,
            Action.GUARD_PRIVACY,
            Action.VERIFY_FORM,
            Action.REPORT_INCIDENT,
            Action.SEE_FIGURES,
        }
    ),
    Role.INTEGRATOR: frozenset(
        {
            Action.SEE_NETWORK,
            Action.SEE_FIGURES,
            Action.KEEP_DIRECTORY,
            Action.CHECK_LISTING,
            Action.NOTE_LISTING,
            Action.MANAGE_MEMBERS,
            Action.SET_UP_NETWORK,
            Action.REPORT_INCIDENT,
        }
    ),
}


def sees_sensitive(role: str) -> bool:
    """Whether especially sensitive needs, services and recipients (design § 3) are shown to this role."""
    return may(role, Action.SEE_SENSITIVE)


def may(role: str, action: Action) -> bool:
    """Whether this role holds this action; an unknown role holds none."""
    return role in MAY and action in MAY[Role(role)]
