"""How long there is: the clocks of the Privacy Rule and the breach rule, in days.

All were seen in published texts of the regulation, none in the official edition itself (``checked`` as in
law.json: "published").
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Days to answer, and days of the one extension, for which a reason is given in writing."""

    days: int
    extension: int
    citation: str
    checked: str = "published"

    def due(self, asked_on: date, *, extended: bool = False) -> date:
        """The last day."""
        return asked_on + timedelta(days=self.days + (self.extension if extended else 0))


ACCESS = Clock(30, 30, "45 CFR 164.524(b)(2)")
AMENDMENT = Clock(60, 30, "45 CFR 164.526(b)(2)")
BREACH = Clock(60, 0, "45 CFR 164.404(b)")
