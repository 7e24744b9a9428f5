"""Addresses of what keeps listings true: what is due, checks, reports, calls and visits."""

from django.urls import path

from waypost.web.upkeep import ad_hoc, check, contacts, due, faults, hours

urlpatterns = [
    path("due/", due.due, name="upkeep_due"),
    path("due/<uuid:service_id>/take/", due.take, name="upkeep_take"),
    path("due/<uuid:service_id>/leave/", due.leave, name="upkeep_leave"),
    path("due/<uuid:service_id>/check/", check.check, name="upkeep_check"),
    path("due/<uuid:service_id>/hours/", hours.hours, name="upkeep_hours"),
    path(
        "due/<uuid:service_id>/hours/<uuid:location_id>/",
        hours.hours_at_place,
        name="upkeep_hours_at_place",
    ),
    path("checked/<uuid:contacted_id>/", check.checked, name="upkeep_checked"),
    path("faults/", faults.faults, name="upkeep_faults"),
    path("faults/<uuid:fault_id>/", faults.fault, name="upkeep_fault"),
    path("contacts/", contacts.contacts, name="upkeep_contacts"),
    path("contacts/new/", contacts.contact_new, name="upkeep_contact_new"),
    path("for-a-while/", ad_hoc.ad_hoc, name="upkeep_ad_hoc"),
    path("for-a-while/<uuid:service_id>/", ad_hoc.longer, name="upkeep_longer"),
]
