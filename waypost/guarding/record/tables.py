"""Every table that may hold something about a person: what goes into the whole record, and what does not.

A test walks all tables and fails when one of them is not here.
"""

from dataclasses import dataclass

OWN = "t.person_id = %(person)s AND t.held_by_id = %(holder)s"
REFERRALS = (
    "SELECT r.id FROM referrals_referral r WHERE ((r.person_id = %(person)s AND r.held_by_id = %(holder)s)"
    " OR (r.recipient_id = %(holder)s AND r.recipient_person_id = %(person)s AND r.withdrawn_at IS NULL))"
    " AND (NOT %(representative)s OR NOT 'minor_consented' = ANY (r.sensitivities))"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Where it stands in the record. ``like``: the FHIR R4 resource that it resembles, and is not."""

    name: str
    section: str
    like: str
    where: str = OWN
    order: str = "id"
    sensitive: bool = False
    stays: bool = False  # when the record is destroyed


TABLES: tuple[Table, ...] = (
    Table("people_person", "identity", "Patient", "t.id = %(person)s AND t.held_by_id = %(holder)s"),
    Table("people_contactpoint", "contacts", "Patient.telecom, Patient.address", sensitive=True),
    Table("people_link", "links", "Patient.link"),
    Table("screening_response", "answers", "QuestionnaireResponse", order="asked_at", sensitive=True),
    Table("screening_need", "needs", "Condition", order="found_on", sensitive=True),
    Table("screening_needevent", "need_history", "Provenance", order="at", sensitive=True),
    Table("consent_consent", "consents", "Consent", order="starts_at"),
    Table("consent_form", "forms", "DocumentReference", order="recorded_at", sensitive=True),
    Table("consent_keptfile", "scans", "DocumentReference.content", order="added_at"),
    Table("consent_copy", "copies_of_forms", "DocumentReference", order="given_at"),
    Table(
        "referrals_referral",
        "referrals",
        "ServiceRequest, Task",
        f"t.id IN ({REFERRALS})",  # noqa: S608 - a constant of this module
        "created_at",
    ),
    Table(
        "referrals_referralevent",
        "referral_history",
        "Task (history)",
        f"t.referral_id IN ({REFERRALS})",  # noqa: S608
        "at",
    ),
    Table(
        "referrals_report",
        "referral_reports",
        "Task.output, Procedure",
        f"t.referral_id IN ({REFERRALS})",  # noqa: S608
        "at",
    ),
    Table("coordination_request", "requests", "ServiceRequest", order="asked_at", sensitive=True),
    Table("coordination_episode", "follow_up", "EpisodeOfCare", order="opened_at", sensitive=True),
    Table("coordination_contactlog", "notes", "Encounter, Communication", order="at", sensitive=True),
    Table("coordination_servicelog", "services_given", "Procedure", order="logged_at", sensitive=True),
    Table(
        "disclosure_access",
        "who_may_look",
        "Consent.provision",
        "t.person_id = %(person)s AND t.holder_id = %(holder)s",
        "starts_at",
    ),
    Table("disclosure_disclosure", "accounting", "AuditEvent", order="at", stays=True),
    Table("guarding_amendment", "corrections", "Task", order="taken_at"),
    Table("guarding_copy", "requests_for_copies", "Task", order="taken_at"),
    Table(
        "kernel_auditentry",
        "who_looked",
        "AuditEvent",
        "t.held_by = %(holder)s AND t.subject_ids @> ARRAY[%(person)s]::uuid[]",
        "at",
        stays=True,
    ),
    Table("guarding_hold", "holds", "Flag", order="placed_at"),
    Table("guarding_disposal", "destroying", "Task", order="found_at", stays=True),
)

LEFT_OUT: dict[str, str] = {
    "accounts_user": "people who work here, not people who are served",
    "guarding_demand": "who asked with the law behind them; not about a person's care, kept for the officer",
    "guarding_incident": "what went wrong here; whoever it concerns is told by letter",
    "guarding_step": "what was done about incidents and demands",
    "guarding_copyfile": "earlier copies of this record",
    "guarding_emergency": "what others did stands in the accounting; what we did is about others' records",
    "guarding_emergencymatch": "read by nobody",
    "held_contacted": "calls with organizations about their listings",
    "held_favourite": "which services a worker likes",
    "held_gaprequest": "services that were looked for and not found, for nobody in particular",
    "held_listitem": "services on a worker's list",
    "held_newcomer": "people who ask for the listing of their organization",
    "held_savedsearch": "a worker's searches for services",
    "held_servicelist": "lists of services",
    "held_servicenote": "what workers noted about services",
    "kernel_event": "ids of what is told in the other sections",
    "messaging_delivery": "e-mails to workers, without anything personal",
    "messaging_notice": "notices to workers, without anything personal",
    "messaging_noticeread": "which worker opened which notice",
    "network_membership": "people who work here, not people who are served",
    "people_frontdesk": "whether lists show initials; a choice of the organization",
    "people_nameword": "the words of the name again, made from the record and gone with it",
    "referrals_tombstone": "that a referral was taken back, without anything about the person",
    "reporting_referralfact": "numbers for figures, without anything personal",
}

# Ids of workers, keys within Waypost, and what is derived: names and words stand beside them.
COLUMNS_LEFT_OUT = frozenset(
    {
        "held_by_id", "held_by", "holder_id", "person_id", "search_words", "actor_id", "user_id", "lead_id",
        "referrer_id", "team_id", "by_id", "asked_by_id", "recorded_by_id", "registered_by_id", "taken_by_id",
        "created_by_id", "taken_by", "worker_id", "other_person_id", "recipient_person_id", "subject_ids",
        "subject_type", "detail", "status_before", "sealed", "verified_by_id",
    }
)  # fmt: skip
