"""Tables of what the privacy officer looks after."""

from waypost.guarding.models.emergency import Emergency, EmergencyMatch, EmergencyReason

__all__ = ["Emergency", "EmergencyMatch", "EmergencyReason"]
