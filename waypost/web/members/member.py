"""One member: what he or she may do, and the end of it with handing over."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from waypost.accounts.selectors import at_the_door
from waypost.coordination.services import InHand, end_access, in_hand
from waypost.coordination.services.episodes import LEADS
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.network.cards import MembershipCard, OrganizationCard
from waypost.network.roles import Action
from waypost.network.selectors import members, membership, organization
from waypost.network.services import change_role
from waypost.network.words import role_title
from waypost.people import selectors as people
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.members.forms import EndForm, RoleForm
from waypost.web.members.whose import query_of


@require_http_methods(["GET", "POST"])
@wants(Action.MANAGE_MEMBERS)
def member_page(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Role and team; a change counts from the next page that the member opens."""
    card, whose = _managed(request, membership_id)
    given = {"role": card.role, "team": str(card.team_id or "")}
    form = RoleForm(request.POST if request.method == "POST" else None, whose=whose, initial=given)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            change_role(
                actor=request.actor,
                membership_id=card.id,
                role=form.cleaned_data["role"],
                team_id=form.team_id(),
            )
        if tried.worked:
            said = _("%(name)s is %(role)s now.") % {
                "name": card.user_name,
                "role": role_title(form.cleaned_data["role"]),
            }
            messages.success(request, said)
            return redirect(f"{reverse('members')}{query_of(request, whose)}")
    door = at_the_door([card.user_id]).get(card.user_id)
    context = {
        "card": card,
        "whose": whose,
        "of": query_of(request, whose),
        "form": form,
        "door": door,
        "trained": bool(door and door.training and door.training.counts(today())),
        "myself": card.user_id == request.actor.user_id,
    }
    return render(request, "web/members/member.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
@wants(Action.MANAGE_MEMBERS)
def end(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Shows what is in this member's hands and who takes it; then ends the access at once."""
    card, whose = _managed(request, membership_id)
    own = card.organization_id == request.actor.organization_id
    work = in_hand(request.actor, card.user_id) if own else InHand(0, 0, 0, 0)
    choices = colleagues(card.organization_id, but=card.user_id)
    form = EndForm(request.POST if request.method == "POST" else None, colleagues=choices)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as tried:
            done = end_access(actor=request.actor, membership_id=card.id, to_id=form.to_id())
        if tried.worked:
            if done.kept_back:
                to = dict(choices)[str(form.to_id())]
                messages.warning(request, stayed_behind(request.actor, done.kept_back, to))
            said = _("%(name)s no longer works here. Access ended at once.") % {"name": card.user_name}
            messages.success(request, said)
            return redirect(f"{reverse('members')}{query_of(request, whose)}")
    context = {
        "card": card,
        "whose": whose,
        "of": query_of(request, whose),
        "own": own,
        "work": work,
        "lines": work_lines(work),
        "form": form,
    }
    return render(request, "web/members/end.html", context, status=REFUSED if form.errors else 200)


def _managed(request: StaffRequest, membership_id: UUID) -> tuple[MembershipCard, OrganizationCard]:
    """The member and the organization; NotVisible for who has no say in it (the policies hide the row)."""
    card = membership(membership_id)
    return card, organization(card.organization_id)


def colleagues(organization_id: UUID, *, but: UUID) -> list[tuple[str, str]]:
    """Who may take over work, for a choice: user id, name with role."""
    found = members(organization_id, roles=LEADS)
    return [
        (str(each.user_id), f"{each.user_name} ({role_title(each.role)})")
        for each in found
        if each.user_id != but
    ]


def stayed_behind(actor: Actor, ids: Iterable[UUID], colleague: str) -> str:
    """Whose work was not handed over because they want this colleague kept out, and what to do."""
    known = people.names(actor, ids)
    return _(
        "Not handed over: %(people)s. They want %(colleague)s kept out. Hand this over to somebody else: "
        "it stands on the team page until then."
    ) % {"people": ", ".join(sorted(known.values())), "colleague": colleague}


def work_lines(work: InHand) -> list[str]:
    """What lies in somebody's hands, a line for each kind of work that there is."""
    said = (
        (
            work.people,
            ngettext("%(count)s person in the caseload", "%(count)s people in the caseload", work.people),
        ),
        (work.referrals, ngettext("%(count)s open referral", "%(count)s open referrals", work.referrals)),
        (work.requests, ngettext("%(count)s request taken", "%(count)s requests taken", work.requests)),
        (work.checks, ngettext("%(count)s listing to check", "%(count)s listings to check", work.checks)),
    )
    return [words % {"count": count} for count, words in said if count]
