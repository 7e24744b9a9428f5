"""Addresses of imports and feeds."""

from django.urls import path

from waypost.web.upkeep import imports, imports_columns, imports_run

urlpatterns = [
    path("", imports.feeds, name="imports"),
    path("new/", imports.upload, name="import_new"),
    path("feeds/new/", imports.feed_new, name="feed_new"),
    path("feeds/<uuid:feed_id>/", imports.feed, name="feed"),
    path("feeds/<uuid:feed_id>/rank/", imports.feed_rank, name="feed_rank"),
    path("feeds/<uuid:feed_id>/fetch/", imports.feed_fetch, name="feed_fetch"),
    path("<uuid:run_id>/", imports_run.run, name="import"),
    path("<uuid:run_id>/progress/", imports_run.progress, name="import_progress"),
    path("<uuid:run_id>/columns/", imports_columns.columns, name="import_columns"),
    path("<uuid:run_id>/mapping/", imports_columns.mapping_file, name="import_mapping"),
    path("<uuid:run_id>/confirm/", imports_run.decide, {"what": "confirm"}, name="import_confirm"),
    path("<uuid:run_id>/drop/", imports_run.decide, {"what": "drop"}, name="import_drop"),
    path("<uuid:run_id>/undo/", imports_run.decide, {"what": "undo"}, name="import_undo"),
    path("<uuid:run_id>/set-aside/", imports_run.set_aside, name="import_set_aside"),
    path("<uuid:run_id>/changes/", imports_run.changes, name="import_changes"),
]
