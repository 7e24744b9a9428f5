"""The lifecycle of a referral: FHIR Task's statuses as the Gravity guide (SDOH Clinical Care) uses them."""

from waypost.kernel.machine import BACK, Machine, move

SENDER = "sender"
RECIPIENT = "recipient"
PROXY = "proxy"  # the sender, writing down what a service outside the network said
SIDES = (SENDER, RECIPIENT, PROXY)

DRAFT, REQUESTED, ACCEPTED, REJECTED = "draft", "requested", "accepted", "rejected"
IN_PROGRESS, ON_HOLD, COMPLETED, FAILED = "in-progress", "on-hold", "completed", "failed"
CANCELLED, ENTERED_IN_ERROR = "cancelled", "entered-in-error"

STATES = (
    DRAFT,
    REQUESTED,
    ACCEPTED,
    REJECTED,
    IN_PROGRESS,
    ON_HOLD,
    COMPLETED,
    FAILED,
    CANCELLED,
    ENTERED_IN_ERROR,
)
FINAL = frozenset({REJECTED, COMPLETED, FAILED, CANCELLED, ENTERED_IN_ERROR})
UNDERWAY = (ACCEPTED, IN_PROGRESS, ON_HOLD)
ANSWERING = (RECIPIENT, PROXY)

REFERRAL = Machine(
    name="referral",
    states=STATES,
    initial=DRAFT,
    final=FINAL,
    transitions=(
        move("send", [DRAFT], REQUESTED, side=[SENDER], emits="referral.sent"),
        move("accept", [REQUESTED], ACCEPTED, side=ANSWERING, emits="referral.accepted"),
        move("reject", [REQUESTED], REJECTED, side=ANSWERING, requires=["reason"], emits="referral.rejected"),
        move("start", [ACCEPTED], IN_PROGRESS, side=ANSWERING, emits="referral.started"),
        move(
            "pause",
            [ACCEPTED, IN_PROGRESS],
            ON_HOLD,
            side=ANSWERING,
            requires=["reason"],
            emits="referral.paused",
        ),
        move("resume", [ON_HOLD], BACK, side=ANSWERING, emits="referral.resumed"),
        move("complete", UNDERWAY, COMPLETED, side=ANSWERING, emits="referral.completed"),
        move("fail", UNDERWAY, FAILED, side=ANSWERING, requires=["reason"], emits="referral.failed"),
        move(
            "cancel",
            [REQUESTED, *UNDERWAY],
            CANCELLED,
            side=[SENDER],
            requires=["reason"],
            emits="referral.cancelled",
        ),
        move(
            "mistake",
            [state for state in STATES if state != ENTERED_IN_ERROR],
            ENTERED_IN_ERROR,
            side=[SENDER],
            emits="referral.entered_in_error",
        ),
    ),
)
