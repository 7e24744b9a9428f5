"""Addresses of members and invitations, and of one's own account."""

from django.urls import path

from waypost.web.members import inviting, joining, member, roles, second_step, team, training

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
    path("members/second-step/", second_step.policy, name="member_second_step"),
    path("account/training/", training.training, name="training"),
]
