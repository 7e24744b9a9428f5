"""Addresses of what the privacy officer looks after."""

from django.urls import path

from waypost.web.guarding import (
    amendments,
    chain,
    copies,
    demands,
    emergencies,
    hub,
    incidents,
    looks,
    retention,
)

urlpatterns = [
    path("", hub.hub, name="privacy"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/open/", emergencies.emergency_open, name="emergency_open"),
    path("emergencies/<uuid:emergency_id>/", emergencies.emergency, name="emergency"),
    path("emergencies/<uuid:emergency_id>/end/", emergencies.emergency_end, name="emergency_end"),
    path("emergencies/<uuid:emergency_id>/review/", emergencies.emergency_review, name="emergency_review"),
    path("copies/", copies.copy_list, name="copies"),
    path("copies/<uuid:copy_id>/", copies.copy_page, name="copy"),
    path("copies/<uuid:copy_id>/make/", copies.copy_make, name="copy_make"),
    path("copies/<uuid:copy_id>/json/", copies.copy_json, name="copy_json"),
    path("copies/<uuid:copy_id>/pdf/", copies.copy_pdf, name="copy_pdf"),
    path("people/<uuid:person_id>/copy/", copies.copy_new, name="copy_new"),
    path("incidents/", incidents.incident_list, name="incidents"),
    path("incidents/report/", incidents.incident_new, name="incident_new"),
    path("incidents/<uuid:incident_id>/", incidents.incident, name="incident"),
    path("demands/", demands.demand_list, name="demands"),
    path("demands/new/", demands.demand_new, name="demand_new"),
    path("demands/<uuid:demand_id>/", demands.demand, name="demand"),
    path("amendments/", amendments.amendment_list, name="amendments"),
    path("amendments/<uuid:amendment_id>/", amendments.amendment, name="amendment"),
    path("people/<uuid:person_id>/amendment/", amendments.amendment_new, name="amendment_new"),
    path("retention/", retention.retention_list, name="retention"),
    path("retention/<uuid:disposal_id>/", retention.disposal, name="disposal"),
    path("people/<uuid:person_id>/hold/", retention.hold_new, name="hold_new"),
    path("holds/<uuid:hold_id>/lift/", retention.hold_lift, name="hold_lift"),
    path("looks/", looks.looks_page, name="privacy_looks"),
    path("audit/", chain.audit_page, name="privacy_audit"),
]
