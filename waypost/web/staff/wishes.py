"""What a person is asked to agree to: from it come the words to read and the instruments to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from waypost.consent.services import Part
from waypost.disclosure.instruments import instruments, wants_signature
from waypost.disclosure.rules.facts import TPO
from waypost.kernel.actors import Actor
from waypost.network.cards import OrganizationCard
from waypost.network.selectors import organization, organizations
from waypost.web.staff import form_words
from waypost.web.staff.forms.consents import ALWAYS, AgreementForm
from waypost.web.staff.forms.each import EachForm

STRICT = frozenset({"part2_program", "school"})  # whose answer is only lawful where a signed form names them


@dataclass(frozen=True, slots=True)
class Group:
    """Recipients of whom the same is said. ``topics``: with who and how to reach them."""

    recipients: tuple[UUID, ...]
    topics: frozenset[str]
    purposes: frozenset[str]
    reply: bool
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, with whom it concerns. ``groups``: one, or one for each answer that differs."""

    terms: form_words.Terms
    recipients: tuple[OrganizationCard, ...]
    tellers: tuple[OrganizationCard, ...]
    status: str
    groups: tuple[Group, ...]

    @property
    def named(self) -> bool:
        """Whether the recipients are named one by one."""
        return bool(self.recipients)

    def wanted(self, *, back: bool = False, purposes: frozenset[str] | None = None) -> frozenset[str]:
        """The instruments of one direction."""
        statuses = [each.legal_status for each in self.tellers] if back else [self.status]
        aims = frozenset(self.terms.purposes) if purposes is None else purposes
        return instruments(statuses, purposes=aims, sensitive=self.terms.sensitive, named=self.named or back)

    @property
    def needs_signature(self) -> bool:
        """Whether a spoken yes serves nothing at all, beyond leaving sensitive matters out."""
        ways = [self.wanted(), *([self.wanted(back=True)] if self.tellers else [])]
        return any(wants_signature(each - ({"written"} if self.terms.sensitive else set())) for each in ways)


def wish_of(actor: Actor, form: AgreementForm, each: Sequence[EachForm]) -> Wish:
    """Named recipients whose answer wants a signed form become tellers, where answers are wanted.

    ``each``: what was said of the organizations one by one; empty where it is the same for all.
    """
    recipients = tuple(organizations(ids=form.chosen_recipients())) if form.chosen_recipients() else ()
    groups = _groups(form, each)
    answering = {one for group in groups if group.reply for one in group.recipients}
    asked = set(form.chosen_tellers())
    strict = {one.id for one in recipients if one.id in answering and one.legal_status in STRICT}
    tellers = tuple(organizations(ids=asked | strict)) if asked | strict else ()
    status = organization(actor.organization).legal_status
    everybody = {status, *(one.legal_status for one in (*recipients, *tellers))}
    names = {one.id: one.name for one in recipients}
    terms = form_words.Terms(
        organization=actor.organization_name,
        topics=tuple(form.chosen_topics()),
        recipient_ids=tuple(one.id for one in recipients),
        recipient_names=tuple(one.name for one in recipients),
        ends_on=form.cleaned_data["ends_on"],
        reply=form.cleaned_data["reply"],
        sensitive=tuple(form.covered()),
        tellers=tuple(one.name for one in tellers if one.id in asked),
        purposes=tuple(form.chosen_purposes()),
        program="part2_program" in everybody,
        of_each=tuple(_words_of(group, names) for group in groups) if each else (),
    )
    return Wish(terms, recipients, tellers, status, groups)


def parts_of(actor: Actor, wish: Wish, recipient_class: str, *, signed: bool) -> list[Part]:
    """One instrument a direction and group, and one for what is not care: each is taken back on its own."""

    def uses(found: frozenset[str]) -> frozenset[str]:
        return found | {"written"} if signed else frozenset({"consent"})

    parts = [
        Part(
            topics=group.topics,
            recipient_class=recipient_class,
            recipients=group.recipients,
            covers=group.covers if signed else frozenset(),
            purposes=purposes,
            reply=group.reply and purposes <= TPO,
            wanted=uses(wish.wanted(purposes=purposes)),
        )
        for group in wish.groups
        for purposes in (group.purposes & TPO, group.purposes - TPO)
        if purposes
    ]
    aims = frozenset(wish.terms.purposes)
    care = aims & TPO or aims
    for tellers, topics, covers in _telling(wish):
        parts.append(
            Part(
                topics=topics,
                recipient_class="named",
                recipients=(actor.organization,),
                disclosers=tellers,
                covers=covers if signed else frozenset(),
                purposes=care,
                reply=False,
                wanted=uses(wish.wanted(back=True, purposes=care)),
            )
        )
    return parts


Told = tuple[frozenset[str], frozenset[str]]


def _telling(wish: Wish) -> list[tuple[tuple[UUID, ...], frozenset[str], frozenset[str]]]:
    """Who tells us of what: a recipient of what it is told itself, anybody else of all."""
    whole = (frozenset(wish.terms.topics), frozenset(wish.terms.sensitive))
    own = {one: (group.topics, group.covers) for group in wish.groups for one in group.recipients}
    found: dict[Told, tuple[UUID, ...]] = {}
    for teller in wish.tellers:
        said = own.get(teller.id, whole)
        found[said] = (*found.get(said, ()), teller.id)
    return [(tellers, topics, covers) for (topics, covers), tellers in found.items()]


def _groups(form: AgreementForm, each: Sequence[EachForm]) -> tuple[Group, ...]:
    topics, aims = frozenset(form.chosen_topics()), frozenset(form.chosen_purposes())
    if not each:
        covers = frozenset(form.covered())
        return (Group(tuple(form.chosen_recipients()), topics, aims, form.cleaned_data["reply"], covers),)
    always = topics & frozenset(ALWAYS)
    same: dict[tuple[frozenset[str], frozenset[str], bool, frozenset[str]], list[UUID]] = {}
    for one in each:
        said = (always | frozenset(one.needs()), frozenset(one.aims()), one.may_answer(), one.covered())
        same.setdefault(said, []).append(one.card.id)
    return tuple(Group(tuple(ids), *said) for said, ids in same.items())


def _words_of(group: Group, names: dict[UUID, str]) -> form_words.OfEach:
    return form_words.OfEach(
        names=tuple(names[one] for one in group.recipients if one in names),
        needs=tuple(sorted(group.topics)),
        purposes=tuple(sorted(group.purposes)),
        reply=group.reply,
        sensitive=tuple(sorted(group.covers)),
    )
