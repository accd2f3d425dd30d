"""Evidence: one thing that speaks for one body, or for two."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What the evidence is; a page has words for each.

    The values are those that agree: numbers, domains, streets as they are written, FIPS
    codes of counties, codes of needs. Of names, they are that of the left and that of
    the right. `SAME_MAIL_DOMAIN` is also mail at what is the other's website.
    """

    SAME_NAME = "same_name"
    LIKE_NAME = "like_name"
    SAME_PHONE = "same_phone"
    SAME_DOMAIN = "same_domain"
    SAME_MAIL_DOMAIN = "same_mail_domain"
    SAME_STREET = "same_street"
    SAME_ZIP = "same_zip"
    SAME_CITY = "same_city"
    SAME_COUNTY = "same_county"
    SAME_PLACE = "same_place"
    SAME_NEEDS = "same_needs"
    OTHER_NAME = "other_name"
    OTHER_PART = "other_part"
    OTHER_PHONE = "other_phone"
    OTHER_STREET = "other_street"
    OTHER_PLACE = "other_place"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A code, its points (below 0 against), and the values that agree or differ."""

    code: Code
    points: float
    values: tuple[str, ...] = ()
