"""Whether a phone number, an e-mail or a web address can be right, from its form alone.

Results: ``ok``, or what is wrong. A number that cannot be dialled may still be words for humans.
"""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

SHORT = re.compile(r"(?:[2-9]11|988)\Z")  # 2-1-1, 9-1-1, 988
LOCAL, NATIONAL = 7, 10
# North American Numbering Plan: area code and exchange begin with 2 to 9.
PLAN = re.compile(r"[2-9]\d{2}[2-9]\d{6}\Z")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63})\Z")


def phone_result(number: str) -> str:
    """``ok``, ``not_dialable`` (words, too few or too many digits), ``not_in_plan``."""
    if re.search(r"[A-Za-z]{3}", re.split(r"(?i)\s*(?:x|ext|extension)\.?\s*\d", number)[0]):
        return "not_dialable"
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*(?:x|ext|extension)\.?\s*\d", number)[0])
    if SHORT.match(digits) or len(digits) == LOCAL:
        return "ok"
    if len(digits) == NATIONAL + 1 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) != NATIONAL:
        return "not_dialable"
    return "ok" if PLAN.match(digits) else "not_in_plan"


def email_result(address: str) -> str:
    """``ok``, ``not_an_address``."""
    found = EMAIL.match(address.strip())
    if not found or ".." in address or any(part.startswith("-") or part.endswith("-") for part in
                                          found.group(1).split(".")):  # fmt: skip
        return "not_an_address"
    return "ok"


def web_result(address: str) -> str:
    """``ok``, ``not_an_address``, ``not_public`` (this machine, a private network, a name without a dot)."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return "not_an_address"
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", address.strip()):
        return "not_an_address"
    try:
        return "ok" if ip_address(host).is_global else "not_public"
    except ValueError:
        pass
    if "." not in host or host.endswith((".local", ".internal", ".localhost", ".invalid", ".test")):
        return "not_public"
    return "ok"
