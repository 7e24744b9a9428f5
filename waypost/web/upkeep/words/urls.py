"""Addresses of the words."""

from django.urls import path

from waypost.web.upkeep.words import cadences, files, needs, synonyms, trying

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
    path("cadences/", cadences.cadences, name="words_cadences"),
    path("cadences/need/", cadences.cadence, name="words_cadence"),
    path("cadences/end/", cadences.cadence_end, name="words_cadence_end"),
    path("file/", files.words_file, name="words_file"),
    path("download/", files.words_download, name="words_download"),
    path("try/", trying.try_words, name="words_try"),
]
