"""What the clinic keeps about Rosa besides her record, so that every address finds something real."""

from datetime import timedelta
from uuid import UUID

from tests.community import FOOD
from tests.web.access.rows import ROLES
from waypost.consent import services as consents
from waypost.consent.models import Form, KeptFile
from waypost.coordination import services as coordination
from waypost.guarding.models import Disposal
from waypost.guarding.services import amendments, copies, demands, emergency, incidents, retention
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.ids import uuid7
from waypost.kernel.transaction import acting
from waypost.messaging.models import Notice
from waypost.network import covering
from waypost.network.services import invite

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


def guarded(ana: Actor, lee: Actor, person: UUID) -> dict[str, object]:
    """Ids by the name of the parameter. Ana took all of it in; ``lee`` lets people in.

    The follow-up is Ana's, so is the emergency, which opened nothing; the copy is asked for and not made.
    """
    clinic = ana.organization
    with acting(ana):
        coordination.open_episode(actor=ana, person_id=person)
        opened = emergency.open_emergency(
            actor=ana,
            facts=emergency.Facts(phone="206-555-0143"),
            reason="medical",
            words="Rosa Delgado fell, and Grace called.",
        )
        found: dict[str, object] = {
            "emergency_id": opened,
            "incident_id": incidents.report_incident(actor=ana, words="A letter to Rosa went to Grace."),
            "demand_id": demands.take_in_demand(
                actor=ana, kind="subpoena", asked_by="Rosa's landlord", asked_for="All about Rosa Delgado"
            ),
            "amendment_id": amendments.take_in_amendment(
                actor=ana, person_id=person, what="Rosa's name", why="Grace misheard", asked_on=today()
            ),
            "copy_id": copies.take_in_copy(actor=ana, person_id=person, asked_on=today(), asked_by=""),
            "hold_id": retention.place_hold(actor=ana, person_id=person, reason="Rosa Delgado sues"),
        }
        [consent] = consents.record_form(
            actor=ana,
            person_id=person,
            parts=[
                consents.Part(
                    topics=frozenset({"identity", "contact", FOOD}),
                    recipient_class="partners",
                    wanted=frozenset({"consent", "written"}),
                )
            ],
            paper=consents.Paper(captured="scan", signed_by="Rosa Delgado", file=PDF),
            ends_at=now() + timedelta(days=365),
        )
        form = Form.objects.get(person_id=person)
        found |= {"form_id": form.id, "file_id": KeptFile.objects.get(form=form).id}
        found["notice_id"] = _notice(clinic, person)
    found["disposal_id"] = _disposal(clinic, person)
    with acting(lee):
        found["invitation_id"] = invite(
            actor=lee, organization_id=clinic, email="grace.kim@cedar.example", role="coordinator"
        )
        found["cover_id"] = _cover(lee, ana)
    return found


def _notice(clinic: UUID, person: UUID) -> UUID:
    """To everybody at the clinic."""
    row = Notice(
        held_by_id=clinic,
        roles=list(ROLES.values()),
        kind="demand.taken_in",
        subject_id=person,
        url="/home/",
        event_id=uuid7(),
    )
    Notice.objects.bulk_create([row])
    return row.id


def _disposal(clinic: UUID, person: UUID) -> UUID:
    """Her record, as if its time were over."""
    row = Disposal(
        reference="V-2611-K7QX",
        held_by_id=clinic,
        person_id=person,
        last_contact_on=today() - timedelta(days=4000),
        due_on=today(),
    )
    Disposal.objects.bulk_create([row])
    return row.id


def _cover(lee: Actor, ana: Actor) -> UUID:
    """Lee stands in for Ana."""
    if lee.user_id is None or ana.user_id is None:
        raise AssertionError("both are users")
    made: object = covering.set_cover(
        actor=lee,
        covered_id=ana.user_id,
        by_id=lee.user_id,
        starts_on=today(),
        ends_on=today() + timedelta(days=7),
    )
    return UUID(str(made))
