"""Bodies with invented names, in the kinds of situation that are met."""

from dataclasses import dataclass

from directory.curation.duplicates import Body
from directory.projection import Place

WAKE, DURHAM, ASHE, BURKE = "37183", "37063", "37009", "37023"


def body(key: str, *names: str, county: str | None = WAKE, **more: object) -> Body:
    """Return a body in Wake County: `phone`, `web`, `mail`, `street`, `city`, `zip`."""
    given = {
        field: str(more[field]) for field in ("phone", "web", "mail") if field in more
    }
    place = Place(
        visibility="public",
        county=county,
        region=None,
        street=_text(more, "street"),
        city=_text(more, "city"),
        postal_code=_text(more, "zip"),
    )
    return Body(
        id=key,
        names=names,
        phones=frozenset({given["phone"]} if "phone" in given else ()),
        web_domains=frozenset({given["web"]} if "web" in given else ()),
        mail_domains=frozenset({given["mail"]} if "mail" in given else ()),
        places=(place,)
        if any(key in more for key in ("street", "city", "zip"))
        else (),
        counties=frozenset({county} if county else ()),
        parent_id=_text(more, "parent"),
    )


def _text(more: dict[str, object], field: str) -> str | None:
    return str(more[field]) if field in more else None


@dataclass(frozen=True, slots=True)
class Situation:
    """Two bodies, and others that there are besides."""

    what: str
    left: Body
    right: Body
    others: tuple[Body, ...] = ()


PHONE, OTHER_PHONE = "+19195550101", "+19195550102"


def _branches(county: str, key: str) -> Body:
    return body(
        key,
        f"Blackwater Family Network - {key.title()} House",
        county=county,
        web="blackwater.example",
    )


SHOWN = (
    Situation(
        "the same in other letters",
        body("a", "Steps to Morning"),
        body("b", "STEPS TO MORNING, Inc."),
    ),
    Situation(
        "a plain name twice in one county",
        body("a", "Family Services"),
        body("b", "Family Services"),
    ),
    Situation(
        "abbreviated",
        body("a", "Kestrel Family Violence Prevention Center"),
        body("b", "Kestrel Fam. Violence Prevention Ctr"),
    ),
    Situation(
        "mistyped",
        body("a", "Wolfberry Women's Shelter"),
        body("b", "Wolfbery Womens Shelter"),
    ),
    Situation(
        "words written as one",
        body("a", "Larkspur Safe Place"),
        body("b", "Larkspur SafePlace"),
    ),
    Situation(
        "an acronym, found by its number",
        body("a", "Kestrel Coalition Against Violence", phone=PHONE),
        body("b", "KCAV", phone=PHONE),
    ),
    Situation(
        "the former name is held as another name",
        body("a", "Tanager Alliance", "Oldbridge Family Services (former name)"),
        body("b", "Oldbridge Family Services"),
    ),
    Situation(
        "renamed, but number, website and county are the same",
        body("a", "Tanager Alliance", phone=PHONE, web="tanager.example"),
        body("b", "Oldbridge Mission", phone=PHONE, web="tanager.example"),
    ),
    Situation(
        "half a name and the number",
        body("a", "Tanager Alliance for Families", phone=PHONE),
        body("b", "Tanager", phone=PHONE),
    ),
    Situation(
        "mail at the other's website",
        body("a", "Tanager Alliance", web="tanager.example", phone=OTHER_PHONE),
        body("b", "Tanager", mail="tanager.example", phone=PHONE),
    ),
    Situation(
        "moved: another street, the same name and number",
        body("a", "Tanager Alliance", phone=PHONE, street="12 Oak St", city="Cary"),
        body("b", "Tanager Alliance", phone=PHONE, street="9 Elm Ave", city="Cary"),
    ),
    Situation(
        "one street written in two ways",
        body("a", "Tanager House", street="12 North Oak Street, Suite 4", city="Cary"),
        body("b", "The Tanager", street="12 N. Oak St.", city="Cary"),
    ),
    Situation(
        "another county, but the number is the same",
        body("a", "Tanager Alliance", phone=PHONE),
        body("b", "Tanager Alliance", phone=PHONE, county=DURHAM),
    ),
    Situation(
        "another county, but the street is the same",
        body("a", "Tanager Alliance", street="12 Oak St", zip="27513"),
        body("b", "Tanager Alliance", street="12 Oak St", zip="27513", county=DURHAM),
    ),
)
"""A coordinator should look at these."""

NOT_SHOWN = (
    Situation(
        "the same name in another county",
        body("a", "Safe Tanager"),
        body("b", "Safe Tanager", county=DURHAM),
    ),
    Situation(
        "the same name in another city, the counties not known",
        body("a", "Safe Tanager", county=None, city="Cary"),
        body("b", "Safe Tanager", county=None, city="Boone"),
    ),
    Situation(
        "branches of one body in different counties",
        _branches(ASHE, "ashe"),
        _branches(BURKE, "burke"),
    ),
    Situation(
        "programmes of one body, at one number",
        body("a", "Tanager Services - New Neighbors", phone=PHONE, web="t.example"),
        body("b", "Tanager Services - Rooftops", phone=PHONE, web="t.example"),
    ),
    Situation(
        "one is recorded as a part of the other",
        body("a", "Tanager Alliance", phone=PHONE),
        body("b", "Tanager Alliance", phone=PHONE, parent="a"),
    ),
    Situation(
        "only the number is shared",
        body("a", "Tanager Alliance", phone=PHONE),
        body("b", "Oldbridge Mission", phone=PHONE),
    ),
    Situation(
        "a switchboard that many share, with half a name",
        body("a", "Kestrel Hospital Clinic", phone=PHONE),
        body("b", "Kestrel Hospital Lab for Sleep and Breath", phone=PHONE),
        tuple(
            body(f"o{n}", f"{word} Ward", phone=PHONE)
            for n, word in enumerate(["Umber", "Ochre", "Sienna", "Indigo", "Madder"])
        ),
    ),
    Situation(
        "only the website is shared",
        body("a", "Tanager Alliance", web="tanager.example"),
        body("b", "Oldbridge Mission", web="tanager.example"),
    ),
    Situation(
        "two departments under the domain of a county",
        body("a", "Ashe County Health Department", web="co.ashe.nc.us", county=ASHE),
        body("b", "Ashe County Social Services", web="co.ashe.nc.us", county=ASHE),
    ),
    Situation(
        "two other names at the switchboard and domain of a county",
        body("a", "Oldbridge Library", phone=PHONE, web="co.ashe.nc.us", city="Cary"),
        body("b", "Tanager Clinic", phone=PHONE, web="co.ashe.nc.us", city="Cary"),
    ),
    Situation(
        "two departments in the house of a county",
        body(
            "a",
            "Ashe County Health Department",
            street="12 Oak St",
            city="Jefferson",
            phone=PHONE,
            county=ASHE,
        ),
        body(
            "b",
            "Ashe County Department of Social Services",
            street="12 Oak St",
            city="Jefferson",
            phone=OTHER_PHONE,
            county=ASHE,
        ),
    ),
    Situation(
        "pages on a site that is anybody's, with half a name",
        body("a", "Tanager Dance Haven", web="facebook.com", phone=PHONE),
        body("b", "Tanager Legal Clinic", web="facebook.com", phone=OTHER_PHONE),
    ),
    Situation(
        "only the house is shared",
        body("a", "Tanager Alliance", phone=PHONE, street="12 Oak St", city="Cary"),
        body(
            "b", "Oldbridge Mission", phone=OTHER_PHONE, street="12 Oak St", city="Cary"
        ),
    ),
    Situation(
        "12 Oak Street of two towns",
        body("a", "Tanager Alliance", county=None, street="12 Oak St", city="Cary"),
        body("b", "Tanager House", county=None, street="12 Oak St", city="Boone"),
    ),
    Situation(
        "names of the field in one county",
        body("a", "Family Crisis Center"),
        body("b", "Family Health Center"),
    ),
    Situation(
        "a college and a clinic named after one place",
        body("a", "Tanager Ridge Community College"),
        body("b", "Tanager Ridge Community Health Center"),
    ),
    Situation(
        "schools that differ in a number",
        body("a", "Tanager House 2"),
        body("b", "Tanager House 3"),
    ),
    Situation(
        "nothing in common",
        body("a", "Tanager Alliance"),
        body("b", "Oldbridge Mission"),
    ),
)
"""These are two bodies, or too little speaks for one."""
