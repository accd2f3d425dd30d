"""Reads a request to the matcher from JSON, and says what is wrong with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from directory.errors import FieldError, InvalidRequestError
from directory.places import Gazetteer
from directory.vocabulary import Term
from matcher import criteria
from matcher import needs as m
from matcher.taxonomy import Phase

_E = TypeVar("_E")

ZONE = ZoneInfo("America/New_York")
MAX_NEEDS = criteria.MAX_NEEDS
MAX_OPTIONS = 100
_MAX_LIST = 20
_MAX_MILES = 1000

_Tag = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")
]
_Place = Annotated[str, StringConstraints(min_length=1, max_length=60)]
# Weeks and zones are added to a moment: the ends of the calendar are no moments.
_Moment = Annotated[
    AwareDatetime,
    Field(
        ge=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        le=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
    ),
]
_AgeBand = Literal["under_13", "13_17", "18_24", "25_59", "60_over"]
_IncomeBand = Literal[
    "under_100", "100_150", "151_200", "201_250", "251_300", "over_300"
]


class _Strict(BaseModel):
    """Names that are not known are refused; values are in no error and no `repr`."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, frozen=True, strict=False
    )

    def __repr__(self) -> str:
        """Hide every value."""
        return f"{type(self).__name__}(...)"

    def __str__(self) -> str:
        """Hide every value."""
        return repr(self)


class NeedIn(_Strict):
    """One need, by its code."""

    code: str
    urgency: m.Urgency = m.Urgency.NOW


class PersonIn(_Strict):
    """What the person chose to say; everything is optional."""

    age: Annotated[int, Field(ge=0, le=120)] | None = None
    age_band: _AgeBand | None = None
    gender: m.Gender | None = None
    exploitation: m.Exploitation | None = None
    immigration: Annotated[list[m.Immigration], Field(max_length=_MAX_LIST)] | None = (
        None
    )
    children: Annotated[int, Field(ge=0, le=_MAX_LIST)] | None = None
    pregnant: bool | None = None
    pets: bool | None = None
    photo_id: bool | None = None
    police_report: m.PoliceReport | None = None
    using_substances: bool | None = None
    partner_was_trafficker: bool | None = None
    insurance: m.Insurance | None = None
    income_band: _IncomeBand | None = None
    disability: Annotated[list[m.Disability], Field(max_length=_MAX_LIST)] | None = None
    justice_involved: Annotated[list[m.Justice], Field(max_length=_MAX_LIST)] | None = (
        None
    )
    tribal_member: bool | None = None
    faith_based_ok: bool | None = None
    household: m.Household | None = None


class MatchIn(_Strict):
    """One request to the matcher, as JSON gives it."""

    needs: Annotated[list[NeedIn], Field(min_length=1, max_length=MAX_NEEDS)]
    county: _Place | None = None
    zip: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None = None
    avoid_counties: Annotated[list[_Place], Field(max_length=100)] = []
    min_miles: Annotated[int, Field(ge=0, le=_MAX_MILES)] | None = None
    reach: m.Travel | None = None
    languages: Annotated[list[_Tag], Field(max_length=_MAX_LIST)] = []
    interpreter_ok: bool | None = None
    person: PersonIn = PersonIn()
    phase: Phase | None = None
    at: _Moment | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_OPTIONS)] = 10

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unsaid(cls, data: Any) -> Any:  # noqa: ANN401 - JSON of any shape
        """Treat "prefer not to say", in whatever form it comes, as not said."""
        return _without_blanks(data)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MatchRequest:
    """A request that can be answered, and how many options it wants."""

    needs: m.Needs
    limit: int

    def __repr__(self) -> str:
        """Hide every value."""
        return "MatchRequest(...)"


def read_request(
    data: object,
    *,
    terms: Mapping[str, Term],
    gazetteer: Gazetteer,
    now: dt.datetime,
) -> MatchRequest:
    """Return the request that `data` (parsed JSON) holds.

    Raises `InvalidRequestError` that names each field that is wrong, never its value.
    """
    try:
        given = MatchIn.model_validate(data)
    except ValidationError as error:
        raise InvalidRequestError(_field_errors(error)) from None
    errors: list[FieldError] = []
    needs = _needs(given, terms, errors)
    county, point = _place(given, gazetteer, errors)
    avoid = _avoided(given, gazetteer, errors)
    if errors:
        raise InvalidRequestError(errors)
    return MatchRequest(
        needs=m.Needs(
            needs=needs,
            at=given.at or now,
            county=county,
            point=point,
            avoid_counties=avoid,
            min_miles=given.min_miles,
            travel=given.reach,
            languages=tuple(given.languages),
            interpreter_ok=given.interpreter_ok,
            person=_person(given.person),
            phase=given.phase,
        ),
        limit=given.limit,
    )


def _without_blanks(data: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(data, dict):
        return {
            key: _without_blanks(value)
            for key, value in data.items()
            if value is not None and value != ""
        }
    if isinstance(data, list):
        return [_without_blanks(value) for value in data]
    return data


def _needs(
    given: MatchIn, terms: Mapping[str, Term], errors: list[FieldError]
) -> tuple[m.Need, ...]:
    allowed = tuple(term.code for term in terms.values() if not term.is_group)
    needs: dict[str, m.Need] = {}
    for place, need in enumerate(given.needs):
        if need.code not in allowed:
            errors.append(
                FieldError(
                    field=f"needs.{place}.code",
                    message="is not a code of a need",
                    allowed=allowed,
                )
            )
        elif need.code in needs:
            errors.append(
                FieldError(field=f"needs.{place}.code", message="stands twice")
            )
        else:
            needs[need.code] = m.Need(code=need.code, urgency=need.urgency)
    return tuple(needs.values())


def _place(
    given: MatchIn, gazetteer: Gazetteer, errors: list[FieldError]
) -> tuple[str | None, tuple[float, float] | None]:
    """Return the county and, if a ZIP was given, its point."""
    county = None
    if given.county is not None:
        found = gazetteer.county(given.county)
        if found is None:
            message = "is not a county of North Carolina"
            errors.append(FieldError(field="county", message=message))
        else:
            county = found.fips
    if given.zip is None:
        return county, None
    zip_place = gazetteer.zip_code(given.zip)
    if zip_place is None:
        message = "is not a ZIP code of North Carolina"
        errors.append(FieldError(field="zip", message=message))
        return county, None
    if county is not None and county != zip_place.county:
        # The county that was named is meant; a ZIP may cross its line.
        return county, None
    return zip_place.county, zip_place.point


def _avoided(
    given: MatchIn, gazetteer: Gazetteer, errors: list[FieldError]
) -> frozenset[str]:
    avoided = set()
    for place, name in enumerate(given.avoid_counties):
        found = gazetteer.county(name)
        if found is None:
            errors.append(
                FieldError(
                    field=f"avoid_counties.{place}",
                    message="is not a county of North Carolina",
                )
            )
        else:
            avoided.add(found.fips)
    return frozenset(avoided)


def _person(given: PersonIn) -> m.Person:
    return m.Person(
        age=given.age,
        age_band=given.age_band,
        gender=given.gender,
        exploitation=given.exploitation,
        immigration=_set(given.immigration),
        children=given.children,
        pregnant=given.pregnant,
        pets=given.pets,
        photo_id=given.photo_id,
        police_report=given.police_report,
        using_substances=given.using_substances,
        partner_was_trafficker=given.partner_was_trafficker,
        insurance=given.insurance,
        income_band=given.income_band,
        disability=_set(given.disability),
        justice_involved=_set(given.justice_involved),
        tribal_member=given.tribal_member,
        faith_based_ok=given.faith_based_ok,
        household=given.household,
    )


def _set(values: list[_E] | None) -> frozenset[_E] | None:
    return None if values is None else frozenset(values)


_MESSAGES: dict[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of the request",
    "string_pattern_mismatch": "does not have the right form",
    "timezone_aware": "needs a zone, such as -05:00",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be a text",
    "list_type": "must be a list",
    "too_short": "needs at least one entry",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}


def _field_errors(error: ValidationError) -> list[FieldError]:
    return [
        FieldError(
            field=".".join(str(part) for part in detail["loc"]) or "body",
            message=_message(detail["type"], detail.get("ctx", {})),
            allowed=_allowed(detail["type"], detail.get("ctx", {})),
        )
        for detail in error.errors(include_url=False, include_input=False)
    ]


def _message(kind: str, context: Mapping[str, Any]) -> str:
    if kind in {"enum", "literal_error"}:
        return "is not one of the allowed values"
    if kind in {"greater_than_equal", "less_than_equal"}:
        word = "at least" if "ge" in context else "at most"
        return f"must be {word} {context.get('ge', context.get('le'))}"
    if kind == "too_long":
        return f"has more than {context['max_length']} entries"
    return _MESSAGES.get(kind, "cannot be used")


def _allowed(kind: str, context: Mapping[str, Any]) -> tuple[str, ...]:
    if kind not in {"enum", "literal_error"}:
        return ()
    words = str(context["expected"]).replace(" or ", ", ").split(", ")
    return tuple(word.strip("'") for word in words)
