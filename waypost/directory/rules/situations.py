"""Situations of people, and helps at a place, as regular expressions over the words of a listing.

A listing in which none of them stands says nothing about situations: unknown, never no.
"""

SITUATIONS = {
    "veterans": r"\m(veterans?|military)\M",
    "seniors": r"\m(seniors?|older adults?|elderly|60\+|65\+)\M",
    "families": r"\m(famil(y|ies)|parents?|mothers?|fathers?)\M",
    "children": r"\m(child(ren)?|youths?|teens?|minors|infants?)\M",
    "pregnant": r"\m(pregnan(t|cy)|expectant|prenatal)\M",
    "disability": r"\m(disabled|disabilit(y|ies))\M",
    "homeless": r"\m(homeless(ness)?|unhoused)\M",
    "immigrants": r"\m(immigrants?|refugees?|asylum|undocumented)\M",
    "lgbtq": r"\m(lgbtq?\w*|gay|lesbian|transgender)\M",
    "reentry": r"\m(re-?entry|formerly incarcerated|ex-offenders?|parole(es)?|probation)\M",
    "low_income": r"\m(low[- ]incomes?|poverty)\M",
}
ACCESSIBLE = {
    "wheelchair": r"\m(wheel ?chairs?|ada|ramps?|elevators?|physical(ly)?)\M",
    "deaf": r"\m(deaf|asl|sign language|tty|tdd|hearing)\M",
    "blind": r"\m(blind|braille|vision|visual(ly)?)\M",
    "parking": r"\m(disabled[_ ]parking|parking)\M",
    "restroom": r"\m(restrooms?|bathrooms?)\M",
}
