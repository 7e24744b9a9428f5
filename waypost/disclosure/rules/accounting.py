"""Which disclosures the accounting of 45 CFR 164.528(a)(1) has to list; Waypost keeps and shows them all."""

from waypost.disclosure.rules.facts import TPO, Basis

TREATMENT_PAYMENT_OPERATIONS = "tpo"
TO_THE_INDIVIDUAL = "individual"
OWN_RECORD = "own"


def exemption(basis: str, purpose: str) -> str:
    """The exemption by which a disclosure need not be listed; '' when it has to be.

    (i) treatment, payment and operations; (ii) to the individual. An authorization (iv) is not told apart
    from a consent here, so what stood on one is listed.
    """
    if basis == Basis.OWN:
        return OWN_RECORD
    if basis == Basis.EMERGENCY:
        return ""
    if basis == Basis.OWN_REQUEST and purpose not in TPO:
        return TO_THE_INDIVIDUAL
    return TREATMENT_PAYMENT_OPERATIONS if purpose in TPO else ""
