"""Addresses of the pages about one's own people."""

from django.urls import path

from waypost.web.staff import (
    agreements,
    consents,
    contacts,
    needs,
    paper,
    papers,
    people,
    person,
    screening,
    seen,
)

urlpatterns = [
    path("people/", people.people_list, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<uuid:person_id>/", person.person, name="person"),
    path("people/<uuid:person_id>/change/", people.person_change, name="person_change"),
    path("people/<uuid:person_id>/happened/", person.happened, name="happened"),
    path("people/<uuid:person_id>/agree/", consents.agree, name="agree"),
    path("people/<uuid:person_id>/without-sharing/", consents.without_sharing, name="without_sharing"),
    path("people/<uuid:person_id>/agreements/", agreements.agreements, name="agreements"),
    path("people/<uuid:person_id>/seen/", seen.seen, name="seen"),
    path("people/<uuid:person_id>/keep-out/", agreements.keep_out, name="keep_out"),
    path("agreements/<uuid:consent_id>/take-back/", agreements.take_back, name="take_back"),
    path("forms/<uuid:form_id>/", agreements.agreement, name="agreement"),
    path("forms/<uuid:form_id>/copy/", agreements.agreement_copy, name="agreement_copy"),
    path("forms/waiting/", papers.papers, name="papers"),
    path("forms/<uuid:form_id>/check/", papers.paper_check, name="paper_check"),
    path("forms/files/<uuid:file_id>/", papers.paper_file, name="paper_file"),
    path("people/<uuid:person_id>/screen/", screening.screen, name="screen"),
    path("people/<uuid:person_id>/screen/<uuid:instrument_id>/", screening.screen_with, name="screen_with"),
    path("screenings/<uuid:response_id>/", screening.screening_seen, name="screening"),
    path("people/<uuid:person_id>/needs/new/", needs.need_new, name="need_new"),
    path("needs/<uuid:need_id>/status/", needs.need_status, name="need_status"),
    path("people/<uuid:person_id>/contact/", contacts.contact_new, name="contact_new"),
    path("people/<uuid:person_id>/next-move/", contacts.next_move, name="next_move"),
    path("people/<uuid:person_id>/follow-up/", contacts.follow_up_start, name="follow_up_start"),
    path("people/<uuid:person_id>/follow-up/end/", contacts.follow_up_end, name="follow_up_end"),
    path("people/<uuid:person_id>/service/", contacts.service_log, name="service_log"),
    path("people/<uuid:person_id>/list/", paper.list_paper, name="list_paper"),
]
