"""The reads of coordination."""

from waypost.coordination.selectors.caseload import caseload, episode, episode_by_id, my_day
from waypost.coordination.selectors.contacts import contacts, services_given
from waypost.coordination.selectors.requests import (
    my_requests,
    open_requests,
    request,
    request_facts,
    requests_of,
)
from waypost.coordination.selectors.workload import leads_of, led_people, workloads

__all__ = [
    "caseload",
    "contacts",
    "episode",
    "episode_by_id",
    "leads_of",
    "led_people",
    "my_day",
    "my_requests",
    "open_requests",
    "request",
    "request_facts",
    "requests_of",
    "services_given",
    "workloads",
]
