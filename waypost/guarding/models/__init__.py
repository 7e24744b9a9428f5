"""Tables of what the privacy officer looks after."""

from waypost.guarding.models.amendment import Amendment, DenialReason
from waypost.guarding.models.copy import Copy, CopyFile
from waypost.guarding.models.emergency import Emergency, EmergencyMatch, EmergencyReason
from waypost.guarding.models.incident import Demand, DemandKind, Incident, IncidentSource, Step
from waypost.guarding.models.retention import Disposal, Hold

__all__ = [
    "Amendment",
    "Copy",
    "CopyFile",
    "Demand",
    "DemandKind",
    "DenialReason",
    "Disposal",
    "Emergency",
    "EmergencyMatch",
    "EmergencyReason",
    "Hold",
    "Incident",
    "IncidentSource",
    "Step",
]
