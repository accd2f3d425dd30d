"""What can be wrong with something that was typed."""

from enum import StrEnum


class Fault(StrEnum):
    """Why a field cannot be taken; the page says it in a sentence."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    """It holds a character that nobody sees."""
    CHOICE = "choice"
    NUMBER = "number"
    EXTENSION = "extension"
    LINK = "link"
    MAIL = "mail"
    TIME = "time"
    HALF_TIME = "half_time"
    """It opens and never closes, or the other way round."""
    MORNING_OR_EVENING = "morning_or_evening"
    NO_TIME = "no_time"
    """It closes when it opens."""
    OVERLAP = "overlap"
    COUNTY = "county"
    NO_COUNTY = "no_county"
    AGE = "age"
    NO_TERM = "no_term"
    ORDER = "order"
