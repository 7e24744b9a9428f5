"""Addresses of all pages, by whom they serve."""

from django.urls import include, path

from waypost.web import desk_pages, guides, home

urlpatterns = [
    path("healthz", home.healthz, name="healthz"),
    path("home/", home.home, name="home"),
    path("resume/", home.resume, name="resume"),
    path("act-for/<uuid:organization_id>/", home.act_for, name="act_for"),
    path("what-may-be-shared/", guides.fact_sheet, name="fact_sheet"),
    path("what-to-say/", guides.spoken, name="spoken"),
    path("front-desk/", desk_pages.page, name="front_desk"),
    path("front-desk/switch/", desk_pages.switch, name="front_desk_switch"),
    path("front-desk/moment/", desk_pages.moment, name="front_desk_moment"),
    path("i18n/setlang/", home.set_language, name="set_language"),
    path("", include("waypost.web.members.urls")),
    path("set-up/", include("waypost.web.members.setup.urls")),
    path("", include("waypost.web.staff.urls")),
    path("", include("waypost.web.partner.urls")),
    path("hsds/v3/", include("waypost.web.api.urls")),
    path("privacy/", include("waypost.web.guarding.urls")),
    path("upkeep/", include("waypost.web.upkeep.urls")),
    path("", include("waypost.web.public.urls")),
]
