"""Addresses of duplicates, conflicts and hidden listings."""

from django.urls import path

from waypost.web.upkeep import conflicts, duplicates, hidden

urlpatterns = [
    path("duplicates/", duplicates.duplicates, name="upkeep_duplicates"),
    path("duplicates/<uuid:likeness_id>/", duplicates.duplicate, name="upkeep_duplicate"),
    path("duplicates/<uuid:likeness_id>/merge/", duplicates.merge, name="upkeep_duplicate_merge"),
    path("duplicates/<uuid:likeness_id>/decide/", duplicates.decide, name="upkeep_duplicate_decide"),
    path("conflicts/", conflicts.conflicts, name="upkeep_conflicts"),
    path("conflicts/all/", conflicts.decide_all, name="upkeep_conflicts_all"),
    path("conflicts/<uuid:conflict_id>/", conflicts.decide, name="upkeep_conflict"),
    path("conflicts/trusted/<uuid:precedence_id>/", conflicts.stop_trusting, name="upkeep_stop_trusting"),
    path("hidden/", hidden.hidden_listings, name="upkeep_hidden"),
    path("hidden/new/", hidden.never_list, name="upkeep_never_list"),
    path("hidden/<slug:kind>/<uuid:row_id>/", hidden.do_not_list, name="upkeep_do_not_list"),
    path("hidden/<slug:kind>/<uuid:row_id>/show/", hidden.show_again, name="upkeep_show_again"),
    path("hidden/merges/<uuid:merge_id>/undo/", hidden.unmerge, name="upkeep_unmerge"),
    path("hidden/asked/<uuid:entry_id>/lift/", hidden.list_again, name="upkeep_list_again"),
    path("hidden/asked/matches/<uuid:match_id>/", hidden.decide_match, name="upkeep_match"),
]
