"""The confidentiality training: pages as data, who took which, and until when it counts."""

from waypost.accounts.training.pages import Page, Question, current_page
from waypost.accounts.training.taking import Standing, standing, standings, take, wrong_answers

__all__ = ["Page", "Question", "Standing", "current_page", "standing", "standings", "take", "wrong_answers"]
