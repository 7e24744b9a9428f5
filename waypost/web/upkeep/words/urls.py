"""Addresses of the words."""

from django.urls import path

from waypost.web.upkeep.words import cadences, files, needs, synonyms, taxonomies, terms, trying

urlpatterns = [
    path("", needs.needs, name="words_needs"),
    path("need/", needs.need, name="words_need"),
    path("need/remove/", needs.need_word_remove, name="words_need_remove"),
    path("need/back/", needs.need_word_back, name="words_need_back"),
    path("need/reset/", needs.need_reset, name="words_need_reset"),
    path("synonyms/", synonyms.synonyms, name="words_synonyms"),
    path("synonyms/word/", synonyms.synonym, name="words_synonym"),
    path("synonyms/remove/", synonyms.synonym_remove, name="words_synonym_remove"),
    path("synonyms/reset/", synonyms.synonym_reset, name="words_synonym_reset"),
    path("taxonomies/", taxonomies.taxonomies, name="words_taxonomies"),
    path("taxonomies/tree/", taxonomies.taxonomy, name="words_taxonomy"),
    path("taxonomies/download/", taxonomies.taxonomy_download, name="words_taxonomy_download"),
    path("taxonomies/term/", terms.term, name="words_term"),
    path("taxonomies/term/new/", terms.term_new, name="words_term_new"),
    path("taxonomies/term/change/", terms.term_change, name="words_term_change"),
    path("cadences/", cadences.cadences, name="words_cadences"),
    path("cadences/need/", cadences.cadence, name="words_cadence"),
    path("cadences/end/", cadences.cadence_end, name="words_cadence_end"),
    path("file/", files.words_file, name="words_file"),
    path("download/", files.words_download, name="words_download"),
    path("try/", trying.try_words, name="words_try"),
]
