"""The life of a claim: an organization says that a listing is its own, proves it, and then keeps it."""

from waypost.kernel.machine import Machine, move

REQUESTED, PROVING, PROVEN, REVIEW = "requested", "proving", "proven", "review"
GRANTED, REFUSED, WITHDRAWN = "granted", "refused", "withdrawn"
CLAIMANT, STAFF, SYSTEM = "claimant", "staff", "system"
OPEN = (REQUESTED, PROVING, PROVEN, REVIEW)

CLAIM = Machine(
    name="claim",
    states=(REQUESTED, PROVING, PROVEN, REVIEW, GRANTED, REFUSED, WITHDRAWN),
    initial=REQUESTED,
    final=frozenset({GRANTED, REFUSED, WITHDRAWN}),
    transitions=(
        move(
            "prove", [REQUESTED, PROVING], PROVING, side=[CLAIMANT], requires=["way"], emits="claim.proving"
        ),
        move("succeed", [PROVING], PROVEN, side=[CLAIMANT], emits="claim.proven"),
        move(
            "ask_review",
            [REQUESTED, PROVING],
            REVIEW,
            side=[CLAIMANT],
            requires=["words"],
            emits="claim.review",
        ),
        move("hand_over", [PROVEN], GRANTED, side=[SYSTEM], emits="claim.granted"),
        move("grant", [PROVEN, REVIEW], GRANTED, side=[STAFF], requires=["words"], emits="claim.granted"),
        move("refuse", OPEN, REFUSED, side=[STAFF], requires=["words"], emits="claim.refused"),
        move("withdraw", OPEN, WITHDRAWN, side=[CLAIMANT], emits="claim.withdrawn"),
    ),
)
