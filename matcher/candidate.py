"""What the matcher knows of one service: its public projection and no more."""

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Effect(StrEnum):
    """What a rule does to those whom it names."""

    REQUIRES = "requires"
    EXCLUDES = "excludes"
    PREFERS = "prefers"


ANY = "any"
"""The value by which a listing says that everybody is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One recorded fact about whom a service takes.

    A rule that is not `firm` (an old bar, hearsay) closes no door: it makes the caller
    ask. It holds on the days from `effective_from` to `effective_to`, both included.
    """

    attribute: str
    effect: Effect
    values: frozenset[str] = frozenset()
    minimum: int | None = None
    maximum: int | None = None
    firm: bool = True
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the rule is in force on `day`."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


class OutOfCounty(StrEnum):
    """Whether people from outside the service area are taken."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where the people live whom a service takes; counties are FIPS codes.

    `complete` says that the list can be relied on. A list that is not complete never
    excludes anybody.
    """

    statewide: bool = False
    counties: frozenset[str] = frozenset()
    complete: bool = False
    out_of_county: OutOfCounty = OutOfCounty.ASK


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a service is given, as far as anybody may know.

    Only a public place has a point (latitude, longitude). A hidden place has at most
    the county that it chose to show.
    """

    county: str | None = None
    point: tuple[float, float] | None = None


class Spoken(IntEnum):
    """How a language is offered, worst first."""

    MATERIAL = 1
    INTERPRETER = 2
    STAFF = 3


EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """One span of opening hours, in minutes after midnight in the provider's zone.

    `weekdays` counts Monday as 0. A span that closes before it opens ends on the next
    day; `week_of_month` picks the first (1) to fifth, or the last (-1), such weekday.
    With `valid_from` and `valid_to` it is an exception that overrides the weekly hours
    on those days. `closed` says that nothing is open on them, `by_appointment` that one
    can come if one has agreed on it. Of a day that no hours name nothing is known.
    """

    weekdays: frozenset[int] = EVERY_DAY
    opens: int = 0
    closes: int = 24 * 60
    closed: bool = False
    by_appointment: bool = False
    week_of_month: int | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Room that a provider reported; it counts until `expires`."""

    available: int
    waitlist: bool | None
    as_of: dt.datetime
    expires: dt.datetime


class Focus(IntEnum):
    """How far a service is made for survivors of trafficking."""

    GENERAL = 0
    INCLUDES_TRAFFICKING = 1
    TRAFFICKING = 2


class Doubt(StrEnum):
    """Why a listing is trusted less than others."""

    CLOSED = "closed"
    WRONG_NUMBER = "wrong_number"
    NO_ANSWER = "no_answer"
    REFUSES = "refuses"
    """It does not offer what is listed."""
    BOUNCE = "bounce"
    """Mail to it does not arrive."""
    SILENCE = "silence"
    """It answers no letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One service. `remote` and `comes_to_you` are ways of delivery.

    `languages` maps BCP 47 tags to how they are offered; `mul` stands for any language.
    `can_be_called` is false where no number of it is known; `always_answered` says that
    somebody of it picks up day and night, whenever its doors are open.
    `verified` maps a fact (`record`, `hours`, `eligibility`) to the day on which
    somebody confirmed it; `sourced` is the day of the source it was taken from.
    `doubts` says how often each was told or seen; `doubtful_line` is true where that
    leaves none of its numbers in good standing.
    """

    id: str
    organization_id: str
    codes: frozenset[str]
    rules: tuple[Rule, ...] = ()
    area: Area = Area()
    sites: tuple[Site, ...] = ()
    remote: bool = False
    comes_to_you: bool = False
    in_person: bool = False
    languages: dict[str, Spoken] = field(default_factory=dict)
    always_open: bool = False
    hours: tuple[Hours, ...] = ()
    capacity: Capacity | None = None
    verified: dict[str, dt.date] = field(default_factory=dict)
    focus: Focus = Focus.GENERAL
    refers_only: bool = False
    can_be_called: bool = True
    always_answered: bool = False
    faith_based: bool | None = None
    sourced: dt.date | None = None
    doubts: dict[Doubt, int] = field(default_factory=dict)
    doubtful_line: bool = False

    @property
    def only_remote(self) -> bool:
        """Whether it is given by phone or online and in no other way."""
        return self.remote and not (self.in_person or self.comes_to_you)
