"""The writes of coordination: requests, episodes, contacts, services given."""

from waypost.coordination.services.contacts import log_contact, log_service
from waypost.coordination.services.episodes import close_episode, hand_over, open_episode, set_next_move
from waypost.coordination.services.leaving import (
    InHand,
    end_access,
    hand_over_everything,
    in_hand,
    left_with_work,
)
from waypost.coordination.services.requests import Ask, close_request, request_coordination, take_request

__all__ = [
    "Ask",
    "InHand",
    "close_episode",
    "close_request",
    "end_access",
    "hand_over",
    "hand_over_everything",
    "in_hand",
    "left_with_work",
    "log_contact",
    "log_service",
    "open_episode",
    "request_coordination",
    "set_next_move",
    "take_request",
]
