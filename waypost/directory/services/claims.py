"""Claiming a listing: asked, proved by the listed phone or the organization's own e-mail, or looked at."""

import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from waypost.directory.claim_links import read_link
from waypost.directory.machine import CLAIM, CLAIMANT, OPEN, STAFF, SYSTEM
from waypost.directory.models import Claim, ClaimEvent, ClaimWay, Organization
from waypost.directory.rules.proof import (
    CODE_DIGITS,
    CODE_LIFE,
    LINKS_COUNTED,
    MOST_CODES,
    MOST_LINKS,
    MOST_OPEN,
    Code,
    CodeAnswer,
    answer_to,
    proves,
)
from waypost.directory.selectors.proof import proof_offered
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.events import emit
from waypost.kernel.ids import reference
from waypost.kernel.lifecycle import apply, locked
from waypost.kernel.machine import IllegalMove
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations


def ask_claim(*, actor: Actor, organization_id: UUID, words: str = "") -> UUID:
    """Say that a listed organization is one's own; an open claim for it is taken up again.

    Where somebody else keeps the listing it is a dispute: it needs ``words``, goes to the network's staff,
    and the present keeper is told.
    """
    if not may(actor.role, Action.EDIT_LISTING):
        raise Refused(_("You cannot claim a listing for your organization."))
    row = Organization.objects.select_for_update().filter(pk=organization_id, hidden_why="").first()
    if row is None:
        raise NotVisible
    if row.claimed_by_id == actor.organization:
        raise Refused(_("Your organization keeps this listing already."))
    mine = Claim.objects.filter(participant_id=actor.organization, status__in=OPEN)
    known = mine.filter(organization_id=organization_id).first()
    if known is not None:
        return known.id
    if mine.count() >= MOST_OPEN:
        raise Refused(_("Your organization has five open claims. Finish or withdraw one first."))
    disputed = row.claimed_by_id is not None
    if disputed and not _tidy(words):
        raise Refused(_("Somebody else keeps this listing. Say why it is yours."), field="words")
    claim = Claim.objects.create(
        reference=reference("C", today()),
        organization=row,
        participant_id=actor.organization,
        user_id=actor.user_id,
        user_name=actor.name,
        disputed=disputed,
    )
    _record("directory.claim_asked", actor, claim, disputed=disputed)
    if disputed:
        _to_review(actor, claim, words)
        if row.claimed_by_id:
            _tell("claim.disputed", actor, claim, to=row.claimed_by_id, url="/listing/")
    return claim.id


def prove_by_phone(*, actor: Actor, claim_id: UUID) -> None:
    """Ask for a call: the network's staff ring the listed number and say a code to whoever answers."""
    claim = _own(actor, claim_id)
    number = proof_offered(claim.organization_id, claim.participant_id).phone
    if not number:
        raise Refused(_("No number is listed on which we could call."), field="way")
    _move(actor, claim, "prove", side=CLAIMANT, way=ClaimWay.PHONE)
    claim.way, claim.contact = ClaimWay.PHONE, number
    _forget_proof(claim)
    claim.save()
    _tell_staff("claim.waiting", actor, claim)


def prove_by_email(*, actor: Actor, claim_id: UUID, email: str) -> None:
    """Send a link, good once and for two days, to an address at the organization's own domain."""
    claim = _own(actor, claim_id)
    offered = proof_offered(claim.organization_id, claim.participant_id).domains
    if not proves(email, offered):
        raise Refused(
            _("This address does not belong to the organization. It has to end in: %(domains)s.")
            % {"domains": ", ".join(f"@{each}" for each in offered)}
            if offered
            else _("The listing names no e-mail or website of its own, so a link proves nothing."),
            field="email",
        )
    if _links_lately(claim) >= MOST_LINKS:
        raise Refused(_("Five links were sent already. Choose another way."), field="email")
    _move(actor, claim, "prove", side=CLAIMANT, way=ClaimWay.EMAIL)
    _forget_proof(claim)
    claim.way, claim.contact = ClaimWay.EMAIL, email.strip().lower()
    claim.link_key, claim.links_made = secrets.token_hex(16), claim.links_made + 1
    claim.save()
    emit("claim.link_asked", actor=actor, claim_id=claim.id)


def _links_lately(claim: Claim) -> int:
    """Links for this listing to this claimant, whether the claim was begun anew in between or not."""
    rows = Claim.objects.filter(
        organization_id=claim.organization_id,
        participant_id=claim.participant_id,
        asked_at__gt=now() - LINKS_COUNTED,
    )
    number: int = rows.aggregate(number=Sum("links_made"))["number"] or 0
    return max(number, claim.links_made)


def ask_review(*, actor: Actor, claim_id: UUID, words: str) -> None:
    """Neither phone nor e-mail can prove it: the network's staff look at it, with a reason."""
    claim = _own(actor, claim_id)
    if not _tidy(words):
        raise Refused(_("Say why the listing is yours."), field="words")
    _to_review(actor, claim, words)


def withdraw_claim(*, actor: Actor, claim_id: UUID) -> None:
    """Take the claim back; nothing about the listing changes."""
    claim = _own(actor, claim_id)
    _move(actor, claim, "withdraw", side=CLAIMANT)
    _forget_proof(claim)
    claim.save()


def new_code(*, actor: Actor, claim_id: UUID) -> str:
    """A fresh code for whoever rings the listed number; shown this once, kept as a keyed hash only."""
    _keeps_directory(actor)
    claim = _locked(claim_id)
    if claim.status != "proving" or claim.way != ClaimWay.PHONE:
        raise Refused(_("This claim does not wait for a call any more."))
    if claim.participant_id == actor.organization_id:
        raise Refused(_("Somebody of another organization has to call."))
    if claim.codes_made >= MOST_CODES:
        raise Refused(_("Five codes were made already. Decide the claim by looking at it."))
    code = "".join(secrets.choice("0123456789") for _digit in range(CODE_DIGITS))
    claim.code_hash, claim.code_expires_at, claim.code_tries = _hashed(claim, code), now() + CODE_LIFE, 0
    claim.codes_made += 1
    claim.save()
    _record("directory.claim_code", actor, claim)
    return code


def enter_code(*, actor: Actor, claim_id: UUID, code: str) -> CodeAnswer:
    """Type in the code that was said on the phone. Wrong ones are counted, so this refuses nothing."""
    claim = _own(actor, claim_id)
    if claim.status != "proving" or claim.way != ClaimWay.PHONE:
        return CodeAnswer.NONE
    digits = "".join(each for each in code if each in "0123456789")
    same = bool(claim.code_hash) and constant_time_compare(claim.code_hash, _hashed(claim, digits))
    found = answer_to(Code(claim.code_expires_at, claim.code_tries), same=same, now=now())
    if found == CodeAnswer.RIGHT:
        _succeed(actor, claim)
    elif found == CodeAnswer.WRONG:
        claim.code_tries += 1
        claim.save(update_fields=["code_tries"])
        _record("directory.claim_code_wrong", actor, claim)
    return found


def open_link(*, actor: Actor, token: str) -> UUID:
    """Whoever asked opened the link from the organization's own mailbox: that proves it. Good once."""
    link = read_link(token)
    claim = _own(actor, link.claim_id)
    waiting = claim.status == "proving" and claim.way == ClaimWay.EMAIL and claim.link_key
    if not waiting or not constant_time_compare(claim.link_key, link.key):
        raise Refused(_("This link was used, or a newer one was sent."))
    _succeed(actor, claim)
    return claim.id


def decide_claim(*, actor: Actor, claim_id: UUID, grant: bool, words: str) -> None:
    """The network's staff hand the listing over, or say why not; whoever kept it until now is told."""
    _keeps_directory(actor)
    claim = _locked(claim_id)
    if not _tidy(words):
        raise Refused(_("Say how you know, in a few words."), field="words")
    keeper = claim.organization.claimed_by_id
    _move(actor, claim, "grant" if grant else "refuse", side=STAFF, words=words)
    claim.decided_by, claim.decision_words = actor.name, _tidy(words)
    _forget_proof(claim)
    claim.save()
    if grant:
        _hand_over(claim)
        if keeper and keeper != claim.participant_id:
            _tell("claim.taken_over", actor, claim, to=keeper, url="/listing/")
    event = "claim.granted" if grant else "claim.refused"
    _tell(event, actor, claim, to=claim.participant_id, url=_page(claim))


def _succeed(actor: Actor, claim: Claim) -> None:
    """Proved. Handed over at once, unless somebody else came first: then the staff look at it."""
    _move(actor, claim, "succeed", side=CLAIMANT)
    _forget_proof(claim)
    keeper = Organization.objects.select_for_update().get(pk=claim.organization_id).claimed_by_id
    if keeper is None or keeper == claim.participant_id:
        _move(actor, claim, "hand_over", side=SYSTEM)
        claim.save()
        _hand_over(claim)
        return
    claim.disputed = True
    claim.save()
    _tell_staff("claim.waiting", actor, claim)
    _tell("claim.disputed", actor, claim, to=keeper, url="/listing/")


def _hand_over(claim: Claim) -> None:
    Organization.objects.filter(pk=claim.organization_id).update(claimed_by_id=claim.participant_id)


def _tidy(words: str) -> str:
    return words.replace("\x00", "").strip()


def _to_review(actor: Actor, claim: Claim, words: str) -> None:
    _move(actor, claim, "ask_review", side=CLAIMANT, words=words)
    _forget_proof(claim)
    claim.way, claim.words = ClaimWay.REVIEW, _tidy(words)
    claim.save()
    _tell_staff("claim.waiting", actor, claim)


def _forget_proof(claim: Claim) -> None:
    """No earlier code or link counts any more."""
    claim.code_hash, claim.code_expires_at, claim.code_tries, claim.link_key = "", None, 0, ""


def _move(actor: Actor, claim: Claim, name: str, *, side: str, **given: str) -> None:
    """One row of the machine, with its event; not saved yet."""
    try:
        done = apply(CLAIM, claim, name, side=side, given=given)
    except IllegalMove:
        raise Refused(_("This claim was decided or taken back in the meantime.")) from None
    ClaimEvent.objects.create(
        claim=claim,
        name=name,
        source=done.source,
        target=done.target,
        side=side,
        actor_id=actor.user_id,
        actor_name=actor.name,
        words=_tidy(given.get("words", "")),
    )
    _record(f"directory.claim_{name}", actor, claim)


def _own(actor: Actor, claim_id: UUID) -> Claim:
    claim = _locked(claim_id)
    if claim.participant_id != actor.organization or not may(actor.role, Action.EDIT_LISTING):
        raise NotVisible
    return claim


def _locked(claim_id: UUID) -> Claim:
    try:
        with transaction.atomic():
            return locked(Claim, claim_id)
    except Claim.DoesNotExist:
        raise NotVisible from None


def _hashed(claim: Claim, code: str) -> str:
    return salted_hmac("waypost.directory.claim.code", f"{claim.id}:{code}", algorithm="sha256").hexdigest()


def _page(claim: Claim) -> str:
    return f"/listing/claims/{claim.id}/"


def _tell(event: str, actor: Actor, claim: Claim, *, to: UUID, url: str) -> None:
    emit(
        event,
        actor=actor,
        to_organization=to,
        subject_id=claim.id,
        reference=claim.reference,
        url=url,
    )


def _tell_staff(event: str, actor: Actor, claim: Claim) -> None:
    for each in organizations(kind="integrator"):
        _tell(event, actor, claim, to=each.id, url=f"/upkeep/claims/{claim.id}/")


def _keeps_directory(actor: Actor) -> None:
    if not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can do this."))


def _record(action: str, actor: Actor, claim: Claim, **detail: bool) -> None:
    audit.record(action, actor=actor, subject_type="claim", subject_ids=[claim.id], **detail)
