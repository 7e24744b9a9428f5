"""E-mail says that something waits, and nothing about anybody."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail

from tests.community import Community, sent_referral
from tests.rooms.messaging.told import deliver_all, last, send_all
from waypost.accounts.services import choose_language
from waypost.kernel import clock
from waypost.kernel.transaction import acting
from waypost.messaging import jobs
from waypost.messaging.models import Delivery, Notice
from waypost.referrals import services as referrals

pytestmark = pytest.mark.django_db


def test_subject_and_body_name_nobody_and_nothing(community: Community) -> None:
    _person, referral, _consent = sent_referral(community)
    with acting(community.sam):
        referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    with acting(community.ana):
        referrals.note(actor=community.ana, referral_id=referral, words="Rosa comes by bus.")
    deliver_all()
    send_all()
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        text = f"{message.subject}\n{message.body}".lower()
        for word in ("rosa", "delgado", "555", "0143", "food", "grocer", "bus", "cedar", "spanish", "98144"):
            assert word not in text.replace(settings.BASE_URL, ""), word


def test_it_says_what_waits_and_where(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    send_all()
    notice = Notice.objects.get()
    (message,) = mail.outbox
    assert message.subject == f"A new referral {notice.reference} is waiting in Waypost."
    assert f"{settings.BASE_URL}/notices/{notice.id}/" in message.body
    assert message.to == ["sam@bank.example"]
    event = last("referral.sent")
    assert message.extra_headers["Message-ID"] == f"<{event.id}.{community.sam.user_id}@127.0.0.1>"


def test_members_with_a_fitting_role_are_written_to_but_not_the_one_who_did_it(community: Community) -> None:
    from waypost.coordination.services import Ask, request_coordination  # noqa: PLC0415

    ask = Ask(person_name="Minh Tran", reason="food-insecurity")
    with acting(community.ana):
        request_coordination(actor=community.ana, ask=ask)
    deliver_all()
    assert send_all() == []  # Ana is the clinic's only coordinator
    with acting(community.ito):
        request_coordination(actor=community.ito, ask=ask)
    deliver_all()
    send_all()
    assert [message.to for message in mail.outbox] == [["ana@cedar.example"]]


def test_a_message_is_sent_once_however_often_its_job_runs(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    (delivery,) = send_all()
    jobs.send(delivery_id=str(delivery))
    assert len(mail.outbox) == 1
    assert Delivery.objects.get().attempts == 1


def test_a_mail_server_that_fails_leaves_the_message_to_be_sent(community: Community) -> None:
    sent_referral(community)
    deliver_all()
    delivery = Delivery.objects.get()
    with (
        patch("django.core.mail.EmailMessage.send", side_effect=ConnectionRefusedError),
        pytest.raises(ConnectionRefusedError),
    ):
        jobs.send(delivery_id=str(delivery.id))
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.sent_at) == (1, None)
    send_all()
    delivery.refresh_from_db()
    assert delivery.attempts == 2 and delivery.sent_at is not None
    assert len(mail.outbox) == 1


def test_a_crash_between_notice_and_queue_is_mended_by_the_repetition(community: Community) -> None:
    sent_referral(community)
    event = last("referral.sent")
    with patch.object(jobs.send, "defer", side_effect=RuntimeError), pytest.raises(RuntimeError):
        jobs.announce(event)
    with patch.object(jobs.send, "defer") as queue:
        jobs.announce(event)
    queue.assert_called_once_with(delivery_id=str(Delivery.objects.get().id))


def test_it_is_written_in_the_language_of_the_reader(community: Community) -> None:
    choose_language(user_id=community.sam.user_id, language="es")  # type: ignore[arg-type]
    sent_referral(community)
    deliver_all()
    send_all()
    assert mail.outbox[0].extra_headers["Content-Language"] == "es"


def test_what_happened_long_ago_is_not_mailed_any_more(community: Community) -> None:
    with clock.at(clock.now() - timedelta(days=3)):
        sent_referral(community)
    deliver_all()
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()
