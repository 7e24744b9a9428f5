"""What makes a password easy to guess, beyond Django's own list: no rules on kinds of signs (ASVS 2.1.9)."""

import re
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
SWAPPED = str.maketrans("013457@$!", "oleastasi")
KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
OURS = ("waypost",)
HALF = 0.5
SHORTEST = 12
PIECE = 3


class NotGuessable:
    """Refuses a common word with digits round it, the same again and again, and runs of the keyboard."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError in words."""
        plain = password.lower()
        if self._dressed_up(plain) or _repeated(plain) or _runs(plain) > HALF:
            raise ValidationError(
                _("This password is easy to guess. Take three or four words that do not belong together."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """What the form may say beforehand."""
        return _("Three or four words that do not belong together are hard to guess.")

    @staticmethod
    def _dressed_up(plain: str) -> bool:
        bare = AROUND.sub("", plain)
        for word in {bare, AROUND.sub("", plain.translate(SWAPPED))}:
            if len(word) < SHORTEST and (word in OURS or word in _common()):
                return True
        return False


def _common() -> set[str]:
    return _LIST.passwords


_LIST = CommonPasswordValidator()


def _repeated(plain: str) -> bool:
    """Whether it is one short piece written again and again."""
    return any(
        plain == (plain[:size] * (len(plain) // size + 1))[: len(plain)]
        for size in range(1, len(plain) // 2 + 1)
    )


def _runs(plain: str) -> float:
    """The share of signs that follow the one before in the alphabet, in counting or on the keyboard."""
    if len(plain) < PIECE:
        return 0.0
    steps = sum(1 for one, two in pairwise(plain) if abs(ord(two) - ord(one)) == 1 or _beside(one, two))
    return steps / (len(plain) - 1)


def _beside(one: str, two: str) -> bool:
    return any(one + two in row or two + one in row for row in KEYBOARDS)
