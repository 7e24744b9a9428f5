"""Addresses of the team's, the network's and everybody's overview: figures, notices, search."""

from django.urls import path

from waypost.web.staff import figures, network, notices, search, team

urlpatterns = [
    path("team/", team.team, name="team"),
    path("network/", network.network, name="network"),
    path("figures/", figures.figures, name="figures"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("search/", search.search, name="search"),
]
