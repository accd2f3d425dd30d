"""The languages of the site: the path says which, and no cookie does."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

import phonenumbers
from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel import Babel
from jinja2 import StrictUndefined
from markupsafe import Markup

import directory
from directory.projection import Line, Listing, Provenance
from directory.referral.answer import call_lines
from directory.referral.wording import language_name
from directory.web import labels
from directory.web.room import room_line
from directory.web.site import the_site
from directory.web.texts import format_date, gettext
from directory.web.texts import lazy_gettext as _

Language = Literal["en", "es"]

_TRANSLATIONS = Path(directory.__file__).resolve().parent / "translations"
_YEAR, _MONTH = len("2019"), len("2019-03")
_MANY = 4
_TOLD = {
    "provider": _("From the provider, %(month)s"),
    "staff": _("Told to our staff, %(month)s"),
}
_AREAS = {
    "complete": _("Serves %(counties)s"),
    "partial": _("Serves %(counties)s, maybe others: ask"),
    "site_only": _("In %(counties)s. Ask whom it serves"),
}


def speak(app: Flask) -> None:
    """Let `app` answer in English and, below `/es/`, in Spanish."""
    Babel(
        app,
        default_locale="en",
        default_timezone="America/New_York",
        default_translation_directories=str(_TRANSLATIONS),
        locale_selector=current_language,
    )
    # A misspelt name in a template is an error, not an empty place on a page.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        area_text=area_text,
        call_lines=call_lines,
        county_name=county_name,
        current_language=current_language,
        day_text=day_text,
        english=english,
        host_of=host_of,
        in_language=in_language,
        labels=labels,
        lay_name=lay_name,
        name_of_language=name_of_language,
        names_of=names_of,
        number_link=number_link,
        number_text=number_text,
        room_line=room_line,
        source_text=source_text,
        term_name=term_name,
    )


def current_language() -> Language:
    """Return the language of this request."""
    if not has_request_context():
        return "en"
    path = request.path
    return "es" if path == "/es" or path.startswith("/es/") else "en"


def english() -> Markup:
    """Return the mark of a text that is English on a page of another language."""
    return Markup("") if current_language() == "en" else Markup(' lang="en"')


def in_language(language: Language) -> str:
    """Return the address of this page in `language`; a sent form starts anew."""
    endpoint = request.endpoint
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(
        endpoint, "lang"
    ):
        return url_for("public.home", lang="es" if language == "es" else None)
    values: dict[str, object] = {**(request.view_args or {})}
    if endpoint == "public.search":
        values.update(request.args.to_dict(flat=False))
    values["lang"] = "es" if language == "es" else None
    return url_for(endpoint, **values)  # type: ignore[arg-type]


def term_name(code: str) -> str:
    """Return the name of a need or service."""
    term = the_site().terms.get(code)
    return term.name(current_language()) if term else code


def names_of(codes: Iterable[str]) -> str:
    """Return the names of several needs, joined by commas."""
    return ", ".join(term_name(code) for code in codes)


def lay_name(code: str) -> str:
    """Return a need in the words of the person who has it."""
    term = the_site().terms.get(code)
    return term.lay(current_language()) or term_name(code) if term else code


def name_of_language(code: str) -> str:
    """Return the name of a language."""
    return language_name(code, current_language())


def county_name(fips: str) -> str:
    """Return `Wake County`."""
    name = the_site().gazetteer.by_fips(fips).name
    return gettext("%(name)s County", name=name)


def number_text(number: str) -> str:
    """Return a number as people write it: `919-828-7740`, `988`."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    text = phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return text.removeprefix("+1 ").replace(" ", "-")


def number_link(line: Line) -> str:
    """Return the `tel:` or `sms:` address that dials `line`."""
    scheme = "sms" if line.kind == "text" else "tel"
    # A comma makes a telephone wait, and dial the extension when somebody answers.
    wait = f",{quote(line.extension)}" if line.extension else ""
    return f"{scheme}:{line.number}{wait}"


def day_text(day: dt.date) -> str:
    """Return a day as it is written in the language of the page."""
    return format_date(day, "long")


def host_of(link: str) -> str:
    """Return the name of the site that a link leads to."""
    return (urlsplit(link).hostname or link).removeprefix("www.")


def source_text(provenance: Provenance) -> str:
    """Return where a fact comes from and how old it is."""
    if provenance.told_by is not None:
        # The month is enough: it says how old it is.
        date = provenance.date or provenance.read_on.isoformat()
        month = partial_date(date[:_MONTH])
        return str(_TOLD[provenance.told_by]) % {"month": month}
    hosts = ", ".join(provenance.hosts[:2])
    if not hosts:
        if provenance.date is None:
            return gettext("Source held by staff")
        return gettext(
            "Source held by staff, %(date)s", date=partial_date(provenance.date)
        )
    if provenance.date is not None:
        return gettext(
            "From %(hosts)s, %(date)s",
            hosts=hosts,
            date=partial_date(provenance.date),
        )
    return gettext(
        "From %(hosts)s, a page without a date, read in %(month)s",
        hosts=hosts,
        month=format_date(provenance.read_on, "MMMM y"),
    )


def area_text(listing: Listing, county: str | None = None) -> str:
    """Return whom a service serves by place, as seen from `county` if one was asked."""
    if listing.is_statewide:
        return gettext("Serves all of North Carolina")
    if listing.tribal_area and not listing.counties:
        return gettext("Serves %(area)s", area=listing.tribal_area)
    if not listing.counties:
        return gettext("Where it serves is not recorded: ask")
    names = _county_names(listing, county)
    return str(_AREAS[listing.coverage]) % {"counties": names}


def _county_names(listing: Listing, county: str | None) -> str:
    count = len(listing.counties)
    if county in listing.counties and county is not None:
        others = count - 1
        if not others:
            return county_name(county)
        return gettext(
            "%(county)s and %(others)s more", county=county_name(county), others=others
        )
    if count == 1:
        return county_name(listing.counties[0])
    if count > _MANY:
        return gettext("%(count)s counties", count=count)
    names = [the_site().gazetteer.by_fips(fips).name for fips in listing.counties]
    return gettext(
        "%(some)s and %(last)s counties", some=", ".join(names[:-1]), last=names[-1]
    )


def partial_date(text: str) -> str:
    """Return `2019`, `2019-03` or `2019-03-13` as it is read out."""
    if len(text) == _YEAR:
        return text
    if len(text) == _MONTH:
        return format_date(dt.date.fromisoformat(f"{text}-01"), "MMMM y")
    return day_text(dt.date.fromisoformat(text))
