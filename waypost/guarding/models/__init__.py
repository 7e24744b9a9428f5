"""Tables of what the privacy officer looks after."""

from waypost.guarding.models.copy import Copy, CopyFile
from waypost.guarding.models.emergency import Emergency, EmergencyMatch, EmergencyReason

__all__ = ["Copy", "CopyFile", "Emergency", "EmergencyMatch", "EmergencyReason"]
