"""Addresses of members and invitations, and of one's own account."""

from django.urls import path

from waypost.web.members import (
    agreed,
    cover,
    handing,
    inviting,
    joining,
    member,
    roles,
    second_step,
    sessions,
    sign_on,
    sign_on_policy,
    team,
    training,
)

urlpatterns = [
    path("members/", team.members_page, name="members"),
    path("members/roles/", roles.roles, name="member_roles"),
    path("members/invite/", inviting.invite, name="member_invite"),
    path(
        "members/invitations/<uuid:invitation_id>/again/", inviting.invite_again, name="member_invite_again"
    ),
    path("members/invitations/<uuid:invitation_id>/take-back/", inviting.take_back, name="member_take_back"),
    path("members/join/<str:token>/", joining.join, name="member_join"),
    path("members/<uuid:membership_id>/", member.member_page, name="member"),
    path("members/<uuid:membership_id>/end/", member.end, name="member_end"),
    path("members/<uuid:membership_id>/reset/", second_step.reset, name="member_reset"),
    path("members/agreements/", agreed.our_agreements, name="our_agreements"),
    path("members/agreements/copies/<uuid:copy_id>/", agreed.copy, name="agreement_copy_file"),
    path("members/hand-over/<uuid:worker_id>/", handing.hand_over, name="member_hand_over"),
    path("members/second-step/", second_step.policy, name="member_second_step"),
    path("account/cover/", cover.covers, name="covers"),
    path("account/cover/stop/", cover.stop, name="cover_stop"),
    path("account/cover/<uuid:cover_id>/begin/", cover.begin, name="cover_begin"),
    path("account/cover/<uuid:cover_id>/end/", cover.end, name="cover_end"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/others/", sessions.end_others, name="sessions_end_others"),
    path("account/sessions/<uuid:door_id>/end/", sessions.end_one, name="session_end"),
    path("accounts/organization/", sign_on.own_sign_on, name="own_sign_on"),
    path("accounts/organization/back/", sign_on.back, name="own_sign_on_back"),
    path("accounts/organization/again/", sign_on.once_more, name="own_sign_on_again"),
    path("members/sign-on/", sign_on_policy.sign_on, name="member_sign_on"),
    path("account/training/", training.training, name="training"),
]
