"""Lifecycles of what the privacy officer looks after."""

from waypost.kernel.machine import Machine, move

OPENER, OFFICER = "opener", "officer"
NOTHING, OPEN, ENDED, JUSTIFIED, NOT_JUSTIFIED = "nothing", "open", "ended", "justified", "not_justified"

# Its hour ends by the clock without any move; a review may come during it, and then ends it.
EMERGENCY = Machine(
    name="emergency",
    states=(NOTHING, OPEN, ENDED, JUSTIFIED, NOT_JUSTIFIED),
    initial=NOTHING,
    final=frozenset({JUSTIFIED, NOT_JUSTIFIED}),
    transitions=(
        move("open", [NOTHING], OPEN, side=[OPENER], emits="emergency.opened"),
        move("end", [OPEN], ENDED, side=[OPENER, OFFICER], emits="emergency.ended"),
        move(
            "justify",
            [OPEN, ENDED],
            JUSTIFIED,
            side=[OFFICER],
            requires=["words"],
            emits="emergency.justified",
        ),
        move(
            "refuse",
            [OPEN, ENDED],
            NOT_JUSTIFIED,
            side=[OFFICER],
            requires=["words"],
            emits="emergency.not_justified",
        ),
    ),
)

WORKER, CLOCKWORK = "worker", "clockwork"
ASKED, MAKING, MADE, HANDED, WITHDRAWN = "asked", "making", "made", "handed_over", "withdrawn"

# A person's request for a copy of the whole record, 45 CFR 164.524.
COPY = Machine(
    name="copy",
    states=(ASKED, MAKING, MADE, HANDED, WITHDRAWN),
    initial=ASKED,
    final=frozenset({HANDED, WITHDRAWN}),
    transitions=(
        move("make", [ASKED, MADE, HANDED], MAKING, side=[WORKER], emits="copy.asked_for"),
        move("done", [MAKING], MADE, side=[CLOCKWORK], emits="copy.made"),
        move("hand_over", [MADE], HANDED, side=[WORKER], requires=["how"], emits="copy.handed_over"),
        move("withdraw", [ASKED, MADE], WITHDRAWN, side=[WORKER], requires=["words"], emits="copy.withdrawn"),
    ),
)

REPORTED, LOOKED_INTO, ASSESSED, TOLD, CLOSED = "reported", "looked_into", "assessed", "told", "closed"
FACTORS = ("nature", "who", "acquired", "mitigated")

# A privacy incident; the four factors of 45 CFR 164.402(2) stand between looking and telling.
INCIDENT = Machine(
    name="incident",
    states=(REPORTED, LOOKED_INTO, ASSESSED, TOLD, CLOSED),
    initial=REPORTED,
    final=frozenset({CLOSED}),
    transitions=(
        move(
            "look_into",
            [REPORTED],
            LOOKED_INTO,
            side=[OFFICER],
            requires=["words"],
            emits="incident.looked_into",
        ),
        move(
            "assess",
            [LOOKED_INTO, ASSESSED],
            ASSESSED,
            side=[OFFICER],
            requires=FACTORS,
            emits="incident.assessed",
        ),
        move(
            "tell",
            [ASSESSED, TOLD],
            TOLD,
            side=[OFFICER],
            requires=["words", "told_on"],
            emits="incident.told",
        ),
        move(
            "close",
            [LOOKED_INTO, ASSESSED, TOLD],
            CLOSED,
            side=[OFFICER],
            requires=["words"],
            emits="incident.closed",
        ),
        move("reopen", [CLOSED], LOOKED_INTO, side=[OFFICER], requires=["words"], emits="incident.reopened"),
    ),
)

TAKEN_IN, IN_HAND = "taken_in", "in_hand"

# A subpoena, a warrant, somebody at the door: taken in by anybody, answered by the privacy officer alone.
DEMAND = Machine(
    name="demand",
    states=(TAKEN_IN, IN_HAND, CLOSED),
    initial=TAKEN_IN,
    final=frozenset({CLOSED}),
    transitions=(
        move("take", [TAKEN_IN], IN_HAND, side=[OFFICER], requires=["words"], emits="demand.in_hand"),
        move("close", [TAKEN_IN, IN_HAND], CLOSED, side=[OFFICER], requires=["words"], emits="demand.closed"),
    ),
)

ACCEPTED, DENIED, DISPUTED = "accepted", "denied", "disputed"

# A person's request to correct the record, 45 CFR 164.526.
AMENDMENT = Machine(
    name="amendment",
    states=(ASKED, ACCEPTED, DENIED, DISPUTED),
    initial=ASKED,
    final=frozenset({ACCEPTED}),
    transitions=(
        move("accept", [ASKED], ACCEPTED, side=[OFFICER], requires=["words"], emits="amendment.accepted"),
        move("deny", [ASKED], DENIED, side=[OFFICER], requires=["words", "reason"], emits="amendment.denied"),
        move("disagree", [DENIED], DISPUTED, side=[OFFICER], requires=["words"], emits="amendment.disputed"),
        move("rebut", [DISPUTED], DISPUTED, side=[OFFICER], requires=["words"], emits="amendment.rebutted"),
    ),
)

DUE, DONE, LAPSED = "due", "done", "lapsed"

# Destroying a record whose time is over: one person asks, another confirms. The nightly look lets go of
# what is not due any more.
DISPOSAL = Machine(
    name="disposal",
    states=(DUE, ASKED, DONE, LAPSED),
    initial=DUE,
    final=frozenset({DONE, LAPSED}),
    transitions=(
        move("ask", [DUE], ASKED, side=[OFFICER], requires=["words"], emits="disposal.asked"),
        move("send_back", [ASKED], DUE, side=[OFFICER], requires=["words"], emits="disposal.sent_back"),
        move("confirm", [ASKED], DONE, side=[OFFICER], emits="disposal.done"),
        move("lapse", [DUE, ASKED], LAPSED, side=[CLOCKWORK], emits="disposal.lapsed"),
    ),
)
