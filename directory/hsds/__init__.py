"""The tables: HSDS 3.1 nouns and this project's profile, one noun a file."""

from directory.hsds.accessibility import Accessibility
from directory.hsds.address import Address
from directory.hsds.attribute import Attribute
from directory.hsds.capacity import Capacity
from directory.hsds.change import Change
from directory.hsds.cost_option import CostKind, CostOption
from directory.hsds.doubt import Doubt, DoubtKind
from directory.hsds.eligibility_rule import Effect, EligibilityRule
from directory.hsds.language import Language, LanguageBy
from directory.hsds.location import Location, LocationType, Visibility
from directory.hsds.organization import Organization, OrganizationKind
from directory.hsds.phone import AnsweredBy, Phone, PhoneType
from directory.hsds.redirect import Redirect
from directory.hsds.required_document import RequiredDocument
from directory.hsds.row import Basis, Evidence, Record, Row
from directory.hsds.schedule import Schedule
from directory.hsds.service import (
    Coverage,
    Focus,
    OutOfCounty,
    Service,
    ServiceRole,
    ServiceStatus,
)
from directory.hsds.service_area import AreaType, ServiceArea
from directory.hsds.service_at_location import ServiceAtLocation
from directory.hsds.taxonomy import Taxonomy, TaxonomyTerm
from directory.hsds.verification import Fact, Verification

__all__ = [
    "Accessibility",
    "Address",
    "AnsweredBy",
    "AreaType",
    "Attribute",
    "Basis",
    "Capacity",
    "Change",
    "CostKind",
    "CostOption",
    "Coverage",
    "Doubt",
    "DoubtKind",
    "Effect",
    "EligibilityRule",
    "Evidence",
    "Fact",
    "Focus",
    "Language",
    "LanguageBy",
    "Location",
    "LocationType",
    "Organization",
    "OrganizationKind",
    "OutOfCounty",
    "Phone",
    "PhoneType",
    "Record",
    "Redirect",
    "RequiredDocument",
    "Row",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceRole",
    "ServiceStatus",
    "Taxonomy",
    "TaxonomyTerm",
    "Verification",
    "Visibility",
]
