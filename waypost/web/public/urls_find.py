"""Addresses of the pages for anybody who looks for help."""

from django.urls import path

from waypost.web import quick_exit
from waypost.web.public import about, check, find, listing, ours, robots

urlpatterns = [
    path("", find.find_help, name="find_help"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap/<uuid:service_id>/", robots.sitemap_piece, name="sitemap_piece"),
    path("leaving/", quick_exit.leaving, name="leaving"),
    path("about/", about.about, name="about"),
    path("services/<uuid:service_id>/", listing.service, name="service"),
    path("services/<uuid:service_id>/ours/", ours.ours, name="service_ours"),
    path("ours/<str:token>/", ours.link, name="newcomer_link"),
    path("services/<uuid:service_id>/check/", check.check, name="check_service"),
]
