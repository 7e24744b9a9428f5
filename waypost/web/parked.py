"""A form that was being filled in when the session ended: kept, and offered again after sign-in."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

PARKED = "parked_form"
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
    """Keep it in the (now nobody's) session until the same user is back."""
    request.session[PARKED] = asdict(form)


def waiting(request: HttpRequest) -> Parked | None:
    """The kept form, for its own user only; somebody else who signs in here makes it go away."""
    kept: dict[str, Any] | None = request.session.get(PARKED)
    if not kept:
        return None
    if kept["user_id"] != str(request.user.pk):
        drop(request)
        return None
    return Parked(**kept | {"fields": [(name, value) for name, value in kept["fields"]]})


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(PARKED, None)
