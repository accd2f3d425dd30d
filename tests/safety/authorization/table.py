"""The matrix itself: who may open each route of the site.

A route that stands here under no name fails the tests, and so does a name here that is
no route.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tests.safety.authorization.cast import Part

EVERYBODY = frozenset(Part)
SIGNED_IN = EVERYBODY - {Part.ANYBODY, Part.DISABLED}
COORDINATORS = frozenset({Part.COORDINATOR})
ADMINISTRATORS = frozenset({Part.ADMINISTRATOR})
NETWORK = frozenset({Part.ADVOCATE, Part.HOTLINE, Part.COORDINATOR})
PROVIDERS = frozenset({Part.PROVIDER, Part.OTHER_PROVIDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who may open a route, and with what.

    `theirs` are those who may open what is their own and nothing else. `values` names
    the thing to put into the address where it is not called as the argument is.
    """

    who: frozenset[Part]
    theirs: frozenset[Part] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    unsaid: bool = False
    """Whether a stranger is not even led to where one signs in."""
    form: Mapping[str, str] = field(default_factory=dict)
    """What a form must hold to be looked at; the name of a thing stands for its id."""


_PUBLIC = Entry(who=EVERYBODY)
_ACCOUNT = Entry(who=SIGNED_IN)
_STEP = Entry(who=frozenset())
"""A step of signing in: it opens to nobody who has not taken the one before."""
_DESK = Entry(who=COORDINATORS)
_ACCOUNTS = Entry(who=ADMINISTRATORS)
_OWN = Entry(who=PROVIDERS, theirs=PROVIDERS)
_CONFIRM = Entry(who=EVERYBODY, values={"token": "confirm"})
"""Whoever holds the link speaks for the organization that it was sent to."""
_PAIR = Entry(
    who=COORDINATORS, values={"left_id": "organization_id", "right_id": "twin"}
)

TABLE: Mapping[str, Entry] = MappingProxyType(
    {
        "static": Entry(who=EVERYBODY, values={"filename": "site.css"}),
        "operations.healthz": _PUBLIC,
        "operations.readyz": _PUBLIC,
        "match_api.match": _PUBLIC,
        "match_api.openapi": _PUBLIC,
        "public.about": _PUBLIC,
        "public.counties": _PUBLIC,
        "public.county": _PUBLIC,
        "public.favicon": _PUBLIC,
        "public.home": _PUBLIC,
        "public.leave": _PUBLIC,
        "public.match": _PUBLIC,
        "public.organization": _PUBLIC,
        "public.privacy": _PUBLIC,
        "public.robots": _PUBLIC,
        "public.safety": _PUBLIC,
        "public.search": _PUBLIC,
        "public.service": _PUBLIC,
        "public.suggest": _PUBLIC,
        "report.report": _PUBLIC,
        "claim.ask": _PUBLIC,
        "claim.answer": Entry(who=EVERYBODY, values={"token": "claim"}),
        "join.join": _PUBLIC,
        # What opens an account, and what keeps it.
        "security.login": _PUBLIC,
        "security.forgot_password": _PUBLIC,
        "security.logout": _PUBLIC,
        "security.verify": _ACCOUNT,
        "security.change_password": _ACCOUNT,
        "security.two_factor_setup": _ACCOUNT,
        "security.two_factor_setup_validate": _STEP,
        "security.two_factor_token_validation": _STEP,
        "security.two_factor_rescue": _STEP,
        "security.tf_select": _STEP,
        "security.reset_password": _STEP,
        "security.mf_recovery": _STEP,
        "security.mf_recovery_codes": _ACCOUNT,
        "account.join": Entry(who=EVERYBODY, values={"token": "invitation"}),
        "account.home": _ACCOUNT,
        "account.sessions": _ACCOUNT,
        "accounts.everybody": _ACCOUNTS,
        "accounts.one": _ACCOUNTS,
        "accounts.roles": _ACCOUNTS,
        "accounts.disable": _ACCOUNTS,
        "accounts.enable": _ACCOUNTS,
        "accounts.sign_out": _ACCOUNTS,
        "accounts.reset_totp": _ACCOUNTS,
        # Providers, by an account and by the link of a letter.
        "portal.index": Entry(who=PROVIDERS),
        "portal.confirm_own": _OWN,
        "portal.organization": _OWN,
        "portal.service": _OWN,
        "portal.proposal": _OWN,
        "portal.room": Entry(who=PROVIDERS | COORDINATORS, theirs=PROVIDERS),
        "portal_link.confirm": _CONFIRM,
        "portal_link.organization": _CONFIRM,
        "portal_link.service": _CONFIRM,
        "portal_link.proposal": Entry(
            who=EVERYBODY, values={"token": "confirm", "proposal_id": "of_contact"}
        ),
        "portal_link.room_by_link": _CONFIRM,
        "portal_link.objection": Entry(who=EVERYBODY, values={"token": "object"}),
        # Listings whose very existence is hidden: whoever may not see them is told that
        # there is no such page, also where they have not signed in.
        "network.index": Entry(who=NETWORK, unsaid=True),
        "network.match": Entry(who=NETWORK, unsaid=True),
        "network.service": Entry(
            who=NETWORK, values={"service_id": "hidden"}, unsaid=True
        ),
        # The desk.
        "staff.agree": _DESK,
        "staff.alert": _DESK,
        "staff.confirmed": _DESK,
        "staff.dead_ends": _DESK,
        "staff.disagree": _DESK,
        "staff.duplicates": _DESK,
        "staff.distinguish_pair": _PAIR,
        "staff.event": _DESK,
        "staff.merge_pair": _PAIR,
        "staff.pair": _PAIR,
        "staff.gaps": _DESK,
        "staff.history": _DESK,
        "staff.imports": _DESK,
        "staff.index": _DESK,
        "staff.letters": _DESK,
        "staff.organization": _DESK,
        "staff.place": Entry(who=COORDINATORS, form={"place": "location_id"}),
        "staff.proposal": _DESK,
        "staff.put_back": _DESK,
        "staff.queue": _DESK,
        "staff.reports": _DESK,
        "staff.service": _DESK,
        "staff.settled": Entry(
            who=COORDINATORS, form={"kind": "closed", "as": "dismissed"}
        ),
        "staff.stale": _DESK,
        "staff.trust": Entry(who=COORDINATORS, form={"address": "a@example.org"}),
        "staff.undo": _DESK,
        "staff.claims": _DESK,
        "staff.claim": _DESK,
        "staff.answer_claim": _DESK,
        "staff.refuse_claims": _DESK,
    }
)
