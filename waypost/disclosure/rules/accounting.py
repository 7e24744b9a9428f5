"""Which disclosures the accounting of 45 CFR 164.528(a)(1) has to list; Waypost keeps and shows them all."""

from waypost.disclosure.rules.facts import TPO, Basis

TREATMENT_PAYMENT_OPERATIONS = "tpo"
TO_THE_INDIVIDUAL = "individual"
OWN_RECORD = "own"


def exemption(basis: str, purpose: str) -> str:
    """The exemption by which a disclosure need not be listed; '' when it has to be.

    Read in the text as amended at 67 FR 53271: (i) treatment, payment and operations; (ii) to the individual.
    An authorization (iv) is not told apart from a consent here, so what stood on one is listed. What went
    because of a threat, to a court or to the police (164.512) has no exemption and is listed. 42 USC 17935(c)
    takes (i) away from what goes through an electronic health record, three years back, once there are rules
    for it; none became final. As everything is kept and shown here, that would change this line alone.
    """
    if basis == Basis.OWN:
        return OWN_RECORD
    if basis == Basis.EMERGENCY:
        return ""
    if basis == Basis.OWN_REQUEST and purpose not in TPO:
        return TO_THE_INDIVIDUAL
    return TREATMENT_PAYMENT_OPERATIONS if purpose in TPO else ""
