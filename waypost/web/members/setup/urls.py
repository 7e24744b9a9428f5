"""Addresses of the set-up."""

from django.urls import path

from waypost.web.members.setup import agreements, duties, organizations, overview

urlpatterns = [
    path("", overview.set_up, name="set_up"),
    path("mail/", overview.test_mail, name="set_up_mail"),
    path("checklist/", duties.checklist_page, name="set_up_checklist"),
    path("checklist/<str:duty_key>/", duties.tick, name="set_up_tick"),
    path("organizations/new/", organizations.new, name="set_up_organization_new"),
    path("organizations/<uuid:organization_id>/", organizations.edit, name="set_up_organization"),
    path("organizations/<uuid:organization_id>/site/", organizations.site, name="set_up_site"),
    path("organizations/<uuid:organization_id>/team/", organizations.team, name="set_up_team"),
    path("agreements/", agreements.agreements, name="set_up_agreements"),
    path("agreements/new/", agreements.new, name="set_up_agreement_new"),
    path("agreements/<uuid:agreement_id>/", agreements.one, name="set_up_agreement"),
    path("agreements/<uuid:agreement_id>/end/", agreements.end, name="set_up_agreement_end"),
    path("agreements/copies/<uuid:copy_id>/withdraw/", agreements.withdraw, name="set_up_copy_withdraw"),
]
