"""A form that was being filled in when the session ended: kept, and offered again after sign-in.

Sessions lie in a table that row level security does not guard, so the form is sealed there, for its own user.
"""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.http import HttpRequest

from waypost.kernel.sealing import Unsealable, seal, unseal

PARKED = "parked_form"
KEPT_FOR = timedelta(hours=12)  # as long as a session
LARGEST = 100_000
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"})


@dataclass(frozen=True, slots=True)
class Parked:
    """Where the form was going, what it held, whose it is, and for which organization it was filled in."""

    path: str
    fields: list[tuple[str, str]]
    user_id: str
    organization_id: str = ""


def take_from(request: HttpRequest) -> Parked | None:
    """The form of this request, if it is one that can be kept."""
    if request.method != "POST" or request.path.startswith("/accounts/"):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in LEFT_OUT
        for value in values
        if isinstance(value, str)
    ]
    if sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return None
    actor = getattr(request, "actor", None)
    return Parked(
        path=request.get_full_path(),
        fields=fields,
        user_id=str(request.user.pk),
        organization_id=str(actor.organization_id) if actor else "",
    )


def keep(request: HttpRequest, form: Parked) -> None:
    """Keep it, sealed, in the (now nobody's) session until the same user is back."""
    sealed = seal(json.dumps(asdict(form)).encode(), context=_context(form.user_id))
    request.session[PARKED] = sealed.decode("ascii")


def waiting(request: HttpRequest) -> Parked | None:
    """The kept form, for its own user and for twelve hours; another one's, or an old one, goes away."""
    kept = request.session.get(PARKED)
    if not kept:
        return None
    try:
        opened = unseal(str(kept).encode(), context=_context(request.user.pk), within=KEPT_FOR)
    except Unsealable:
        drop(request)
        return None
    found = json.loads(opened)
    return Parked(**found | {"fields": [(name, value) for name, value in found["fields"]]})


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(PARKED, None)


def _context(user_id: object) -> str:
    return f"parked:{user_id}"
