"""What a listing says of the doubts about it: what was told, how often and when."""

from directory.projection import Doubt, Listing, OrganizationListing
from directory.web import labels
from directory.web.language import number_text
from directory.web.site import the_site
from directory.web.texts import format_date, gettext


def flags_of(listing: Listing | OrganizationListing) -> list[str]:
    """Return a sentence for each doubt that everybody may know of today.

    It never says who told, and of the day only the month.
    """
    today = the_site().now().date()
    told = [d for d in listing.doubts if d.is_public and d.holds_on(today)]
    dead = {doubt.number for doubt in told}
    living = {
        line.number
        for line in listing.lines
        if line.kind in {"voice", "crisis"} and line.number not in dead
    }
    return [_sentence(doubt, has_another=bool(living)) for doubt in told]


def _sentence(doubt: Doubt, *, has_another: bool) -> str:
    words = {
        "count": doubt.count,
        "number": number_text(doubt.number) if doubt.number else "",
        "when": _months(doubt),
    }
    said = str(labels.DOUBTS[doubt.kind]) % words
    if doubt.number is None:
        return said
    another = gettext("Call another number first.")
    advice = another if has_another else gettext("If it does not work, dial 211.")
    return f"{said} {advice}"


def _months(doubt: Doubt) -> str:
    """Return the month, or the two, between which it was told."""
    first, last = (format_date(day, "MMMM y") for day in (doubt.since, doubt.last))
    return last if first == last else f"{first} – {last}"
