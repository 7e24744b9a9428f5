"""Addresses for saying that a listing is wrong."""

from django.urls import path

from waypost.web.public import fault

urlpatterns = [
    path("services/<uuid:service_id>/wrong/", fault.report, name="report_fault"),
    path("reported/<str:key>/", fault.fault_reported, name="fault_reported"),
]
