"""Addresses of the day, of requests and of referrals."""

from django.urls import path

from waypost.web.staff import choose, moving, my_day, referral, referral_lists, requests, sending

urlpatterns = [
    path("my-day/", my_day.my_day, name="my_day"),
    path("ask/", requests.ask, name="ask"),
    path("my-requests/", requests.mine, name="my_requests"),
    path("requests/<uuid:request_id>/", requests.take, name="request_take"),
    path("needs/<uuid:need_id>/services/", choose.choose, name="choose"),
    path("referrals/", referral_lists.referral_list, name="referrals"),
    path("referrals/<uuid:referral_id>/", referral.referral, name="referral"),
    path("referrals/<uuid:referral_id>/handoff/", sending.handoff, name="handoff"),
    path("referrals/<uuid:referral_id>/check/", sending.check, name="check"),
    path("referrals/<uuid:referral_id>/send/", sending.send, name="referral_send"),
    path("referrals/<uuid:referral_id>/discard/", sending.discard, name="referral_discard"),
    path("referrals/<uuid:referral_id>/move/", moving.move, name="referral_move"),
    path("referrals/<uuid:referral_id>/report/", moving.report, name="referral_report"),
    path("referrals/<uuid:referral_id>/note/", referral.note, name="referral_note"),
    path("referrals/<uuid:referral_id>/undo/", referral.undo, name="referral_undo"),
    path("referrals/<uuid:referral_id>/take/", moving.take, name="referral_take"),
    path("referrals/<uuid:referral_id>/another/", referral.another, name="referral_another"),
]
