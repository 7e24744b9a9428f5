"""Addresses of the directory for staff, and of what one keeps about services."""

from django.urls import path

from waypost.web.staff import directory, gaps, kept, paper, service_lists

urlpatterns = [
    path("directory/", directory.directory, name="directory"),
    path("directory/paper/", paper.services_paper, name="services_paper"),
    path("directory/favorites/", kept.favourites, name="favourites"),
    path("directory/searches/", kept.saved_searches, name="saved_searches"),
    path("directory/searches/save/", kept.search_save, name="search_save"),
    path("directory/searches/<uuid:search_id>/forget/", kept.search_forget, name="search_forget"),
    path("directory/lists/", service_lists.service_lists, name="service_lists"),
    path("directory/lists/<uuid:list_id>/", service_lists.service_list, name="service_list"),
    path("directory/lists/<uuid:list_id>/delete/", service_lists.list_delete, name="list_delete"),
    path("directory/items/<uuid:item_id>/", service_lists.list_item, name="list_item"),
    path("directory/requests/", gaps.gaps, name="gaps"),
    path("directory/requests/new/", gaps.gap_new, name="gap_new"),
    path("directory/requests/<uuid:gap_id>/close/", gaps.gap_close, name="gap_close"),
    path("directory/notes/<uuid:note_id>/remove/", kept.note_remove, name="note_remove"),
    path("services/<uuid:service_id>/favorite/", kept.favourite, name="favourite"),
    path("services/<uuid:service_id>/list/", service_lists.list_add, name="list_add"),
    path("services/<uuid:service_id>/note/", kept.note_add, name="note_add"),
]
