"""The tables of the directory, by the names of HSDS 3.2."""

from waypost.directory.models.change import ServiceChange
from waypost.directory.models.claim import Claim, ClaimEvent, ClaimStatus, ClaimWay
from waypost.directory.models.details import Contact, Language, Phone, Schedule, ServiceArea
from waypost.directory.models.export import Export
from waypost.directory.models.fact import FieldFact
from waypost.directory.models.feed import Feed, ImportChange, ImportRun
from waypost.directory.models.finding import Finding, FindingDue, Word
from waypost.directory.models.kept import (
    Favourite,
    GapRequest,
    ListItem,
    SavedSearch,
    ServiceList,
    ServiceNote,
)
from waypost.directory.models.likeness import Likeness, Merge, Moved, Trait, TraitKey
from waypost.directory.models.location import Accessibility, Address, Location, ServiceAtLocation
from waypost.directory.models.newcomer import Newcomer, NewcomerPerson
from waypost.directory.models.organization import (
    Funding,
    Organization,
    OrganizationIdentifier,
    Program,
    Url,
)
from waypost.directory.models.proposal import Proposal, ProposalStatus
from waypost.directory.models.safety import SafetyDecision, SafetyHold
from waypost.directory.models.service import (
    CostOption,
    RequiredDocument,
    Service,
    ServiceCapacity,
    Unit,
)
from waypost.directory.models.sources import (
    Conflict,
    DoNotList,
    DoNotListMatch,
    Precedence,
    Seen,
    SettleDue,
)
from waypost.directory.models.taxonomy import (
    Attribute,
    Metadata,
    MetaTableDescription,
    Taxonomy,
    TaxonomyTerm,
    TermName,
)
from waypost.directory.models.unmet import UnmetNeed
from waypost.directory.models.upkeep import Cadence, CheckDue, Contacted, Fault, ServiceUse
from waypost.directory.models.words import NeedWord, Synonym, WordChange, WordsState

__all__ = [
    "Newcomer",
    "NewcomerPerson",
    "Accessibility",
    "Address",
    "Attribute",
    "Cadence",
    "CheckDue",
    "Conflict",
    "Claim",
    "ClaimEvent",
    "ClaimStatus",
    "ClaimWay",
    "Contact",
    "Contacted",
    "CostOption",
    "DoNotList",
    "DoNotListMatch",
    "Export",
    "Fault",
    "Favourite",
    "Feed",
    "FieldFact",
    "Finding",
    "FindingDue",
    "Funding",
    "GapRequest",
    "ImportChange",
    "ImportRun",
    "Language",
    "Likeness",
    "ListItem",
    "Location",
    "Merge",
    "MetaTableDescription",
    "Metadata",
    "Moved",
    "NeedWord",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Precedence",
    "Program",
    "RequiredDocument",
    "Proposal",
    "ProposalStatus",
    "SafetyDecision",
    "SafetyHold",
    "SavedSearch",
    "Schedule",
    "Seen",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceChange",
    "ServiceList",
    "ServiceNote",
    "ServiceUse",
    "SettleDue",
    "Synonym",
    "Taxonomy",
    "TaxonomyTerm",
    "TermName",
    "Trait",
    "TraitKey",
    "Unit",
    "UnmetNeed",
    "Url",
    "Word",
    "WordChange",
    "WordsState",
]
