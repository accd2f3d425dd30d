"""Two worlds that show the same and hide different things.

The public part is always the same, down to the ids. The secrets are drawn anew for each
number: listings whose existence is hidden, whereabouts that are held against the rules
as only a fault could, names and notes that staff may read, sources of hidden places,
and the order in which everything was written.
"""

import datetime as dt
import functools
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, connect

from sqlalchemy import Engine, text
from sqlmodel import select

from directory.cli.setup import make_tables
from directory.database import reading, writing
from directory.hsds import (
    Accessibility,
    AnsweredBy,
    Attribute,
    CostKind,
    CostOption,
    Coverage,
    Effect,
    Fact,
    Focus,
    Language,
    LanguageBy,
    Location,
    Organization,
    OrganizationKind,
    PhoneType,
    Record,
    Redirect,
    RequiredDocument,
    Service,
    ServiceRole,
    ServiceStatus,
    Verification,
    Visibility,
)
from directory.interchange.load import load_package
from directory.interchange.package import (
    Package,
    read_package,
    table_name,
    write_package,
)
from directory.interchange.table import TABLES
from directory.paths import shipped
from directory.settings import Settings, load_settings
from directory.vocabulary import Term, read_terms
from tests.builders import rows

WAKE, DURHAM, BUNCOMBE, ROBESON = "37183", "37063", "37021", "37155"
COUNTIES = (WAKE, DURHAM, BUNCOMBE, ROBESON, "37119", "37051", "37129")
HIDDEN_SERVICE, HIDDEN_ORGANIZATION = "hidden-service", "hidden-organization"
OLD_SERVICE, OLD_ORGANIZATION = "old-service", "old-organization"
"""Ids of listings that went up in hidden ones."""
HIDDEN_WORDS = ("zanzibar", "quokka", "marzipan", "lighthouse")
"""Words that stand in hidden records and nowhere else."""

CODES = (
    *("emergency_shelter", "transitional_housing", "immigration_legal", "crisis_line"),
    *("mental_health", "food", "child_protection", "job_training", "case_management"),
)
_WORDS = (
    *("shelter", "safe", "house", "legal", "women", "harbor", "asylum", "counseling"),
    *("food", "bank", "night", "advocates", "Raleigh", "Durham", "refuge"),
)
_WRITTEN = {table.model: place for place, table in enumerate(TABLES)}
_PAPER = "https://paper.example.org/the-house-on"
_VALUES = {
    "gender": ("woman", "man", "nonbinary"),
    "exploitation": ("sex", "labor"),
    "pets": ("yes",),
    "police_report": ("made",),
}


def public_records() -> list[Record]:
    """Return the public part: every kind of place, state and owner once."""
    harbor = rows.organization(id="harbor", name="Harbor House", county_label="Wake")
    law = rows.organization(
        id="law", name="Asylum Law Center", alternate_name="ALC", faith_based=True
    )
    county = rows.organization(
        id="county",
        name="Wake County Social Services",
        kind=OrganizationKind.PUBLIC_AGENCY,
    )
    branch = rows.organization(id="branch", name="Harbor House Durham")
    union = rows.organization(
        id="union", name="Coalition", kind=OrganizationKind.COALITION
    )
    return [
        *(harbor, law, county, branch, union),
        *_offer(harbor, "shelter", Visibility.COUNTY, codes=CODES[:2], beds=2),
        *_offer(harbor, "refuge", Visibility.REGION, codes=CODES[:1]),
        *_offer(harbor, "line", Visibility.STATEWIDE, codes=("crisis_line",)),
        *_offer(law, "legal", Visibility.PUBLIC, codes=("immigration_legal",)),
        *_offer(law, "clinic", codes=("mental_health", "case_management")),
        *_offer(county, "children", Visibility.PUBLIC, codes=("child_protection",)),
        *_offer(branch, "pantry", Visibility.PUBLIC, codes=("food", "job_training")),
        *_offer(branch, "gone", Visibility.COUNTY, status=ServiceStatus.DEFUNCT),
        *_offer(
            branch, "paused", Visibility.REGION, status=ServiceStatus.TEMPORARILY_CLOSED
        ),
        *_offer(law, "asleep", Visibility.PUBLIC, status=ServiceStatus.INACTIVE),
        *_offer(union, "signpost", codes=CODES[:3], role=ServiceRole.REFERRAL),
        Redirect(id="old-pantry", entity="service", to_id="pantry"),
        rows.phone(harbor, id="phone-harbor"),
        rows.phone(
            county, id="phone-county", answered_by=AnsweredBy.SHERIFF, number="911"
        ),
        rows.phone(law, id="phone-law", number="+19195550123", extension="4"),
    ]


def _offer(
    of: Organization,
    name: str,
    *places: Visibility,
    codes: Sequence[str] = (),
    beds: int = 0,
    **given: object,
) -> list[Record]:
    """Return a service with everything that can hang on one, by ids made of `name`."""
    service = rows.service(
        of,
        id=name,
        **{
            "name": f"{name.title()} of {of.name}",
            "description": f"A {name} for women, safe day and night.",
            "always_open": name == "line",
            "coverage": Coverage.STATEWIDE if name == "line" else Coverage.COMPLETE,
            "focus": Focus.TRAFFICKING if name == "shelter" else Focus.GENERAL,
            "last_modified": rows.DAY,
            **given,
        },
    )
    sites = [
        rows.location(of, place, id=f"{name}-at-{number}")
        for number, place in enumerate(places)
    ]
    kept: list[Record] = [service, *sites]
    kept += [rows.given_at(service, site, id=f"link-{site.id}") for site in sites]
    kept += [
        rows.address(site, id=f"address-{site.id}", address_1=f"{len(name)} Elm Ave")
        for site in sites
        if site.visibility is Visibility.PUBLIC
    ]
    kept += [
        rows.area(service, fips, id=f"area-{name}-{fips}")
        for fips in (COUNTIES[:3] if name != "line" else ())
    ]
    kept += [_bears(service, code) for code in codes]
    kept += [
        rows.phone(service, id=f"phone-{name}", number=f"+1919555{len(name):04}"),
        rows.rule(service, id=f"rule-{name}"),
        rows.schedule(service, id=f"hours-{name}"),
        Language(id=f"es-{name}", service_id=name, code="es", by=LanguageBy.STAFF),
        CostOption(id=f"cost-{name}", service_id=name, option=CostKind.FREE),
    ]
    if beds:
        kept.append(rows.capacity(service, id=f"room-{name}", available=beds))
        kept.append(_confirmed(service))
    return kept


@functools.cache
def term_of(code: str) -> Term:
    """Return a term of the vocabulary."""
    return read_terms(shipped("seed_data"))[code]


def _bears(service: Service, code: str) -> Attribute:
    term = term_of(code)
    return Attribute(
        id=f"{service.id}-{code}"[:36], service_id=service.id, taxonomy_term_id=term.id
    )


def _confirmed(service: Service) -> Verification:
    return Verification(
        id=f"confirmed-{service.id}"[:36],
        service_id=service.id,
        fact=Fact.RECORD,
        verified_on=rows.DAY,
        verified_by="the provider",
    )


def secret_records(draw: random.Random, owners: Sequence[str]) -> list[Record]:
    """Return listings that only approved staff may know of.

    `owners` are ids of public organizations, some of which run a hidden service too.
    """
    made: list[Record] = []
    for number in range(draw.randint(1, 7)):
        made.extend(_hidden_listing(draw, number, owners))
    return made


def _hidden_listing(
    draw: random.Random, number: int, owners: Sequence[str]
) -> Iterator[Record]:
    owner = _hidden_owner(draw, number)
    if number and draw.random() < 0.5:
        owner_id = draw.choice(owners)
    else:
        owner_id = owner.id
        yield owner
        yield rows.phone(owner, number=_number(draw))
    service = rows.service(
        rows.organization(id=owner_id),
        id=f"{HIDDEN_SERVICE}{number or ''}",
        name=_phrase(draw),
        alternate_name=_phrase(draw),
        description=_phrase(draw, 30),
        alert=_phrase(draw),
        url=f"https://{draw.choice(HIDDEN_WORDS)}.example.org/",
        # One at least is active, so that there is something to leak.
        status=draw.choice(list(ServiceStatus)) if number else ServiceStatus.ACTIVE,
        focus=draw.choice(list(Focus)),
        coverage=draw.choice(list(Coverage)),
        always_open=draw.random() < 0.5,
    )
    place = hidden_place(draw, owner_id, name=_phrase(draw))
    yield from (service, place, rows.given_at(service, place, id=_id(draw)))
    yield from _hung_on(draw, service)
    old = OLD_SERVICE if not number else _id(draw)
    yield Redirect(id=old, entity="service", to_id=service.id)
    if not number:
        yield Redirect(id=OLD_ORGANIZATION, entity="organization", to_id=owner.id)


def _hidden_owner(draw: random.Random, number: int) -> Organization:
    return rows.organization(
        id=f"{HIDDEN_ORGANIZATION}{number or ''}",
        name=_phrase(draw),
        alternate_name=_phrase(draw),
        description=_phrase(draw, 20),
        website=f"https://{draw.choice(HIDDEN_WORDS)}.example.org",
        history=_phrase(draw, 20),
        source=f"{_PAPER}-{draw.choice(HIDDEN_WORDS)}",
    )


def _hung_on(draw: random.Random, service: Service) -> Iterator[Record]:
    """Yield numbers, areas, terms, rules, languages, hours: what a search can meet."""
    for code in draw.sample(CODES, draw.randint(1, 5)):
        term = term_of(code)
        yield Attribute(id=_id(draw), service_id=service.id, taxonomy_term_id=term.id)
    for fips in draw.sample(COUNTIES, draw.randint(1, 4)):
        yield rows.area(service, fips, id=_id(draw))
    for _ in range(draw.randint(0, 3)):
        kind = draw.choice(list(PhoneType))
        yield rows.phone(service, id=_id(draw), number=_number(draw), type=kind)
    for attribute in draw.sample(sorted(_VALUES), draw.randint(0, 3)):
        yield rows.rule(
            service,
            id=_id(draw),
            attribute=attribute,
            effect=draw.choice(list(Effect)),
            values=(draw.choice(_VALUES[attribute]),),
            note=_phrase(draw),
        )
    tongue = draw.choice(("km", "tl", "es", "mul", "so"))
    yield Language(
        id=_id(draw), service_id=service.id, code=tongue, by=LanguageBy.STAFF
    )
    yield rows.schedule(service, id=_id(draw), opens_at=f"0{draw.randint(0, 9)}:00")
    yield rows.capacity(service, id=_id(draw), available=draw.randint(0, 90))
    yield CostOption(id=_id(draw), service_id=service.id, option=CostKind.FEE)
    yield RequiredDocument(id=_id(draw), service_id=service.id, document=_phrase(draw))
    yield Accessibility(id=_id(draw), service_id=service.id, description=_phrase(draw))
    if draw.random() < 0.5:
        yield Verification(
            id=_id(draw),
            service_id=service.id,
            fact=Fact.RECORD,
            verified_on=rows.DAY - dt.timedelta(days=draw.randint(0, 900)),
            verified_by="staff",
        )


def hidden_doors(
    draw: random.Random, services: Sequence[tuple[str, str]]
) -> Iterator[Record]:
    """Yield hidden places of public services, given as ids of service and owner.

    The existence of the second place is what is hidden; it has hours of its own.
    """
    for service_id, owner_id in services:
        place = hidden_place(draw, owner_id)
        service = rows.service(rows.organization(id=owner_id), id=service_id)
        link = rows.given_at(service, place, id=_id(draw), description=_phrase(draw))
        opens = f"0{draw.randint(0, 9)}:30"
        yield from (place, link)
        yield rows.schedule(
            service, id=_id(draw), service_at_location_id=link.id, opens_at=opens
        )


def build(folder: Path, number: int) -> Settings:
    """Make an installation with the public part, and the secrets of `number`.

    The world of number 0 hides nothing but what its public places do not tell.
    """
    settings = settings_in(folder)
    engine = make_tables(settings)
    load_terms(engine)
    draw = random.Random(number)  # noqa: S311 - a number must give one world
    records = public_records()
    if number:
        records += secret_records(draw, ["harbor", "law", "county"])
        doors = [("legal", "law"), ("pantry", "branch"), ("shelter", "harbor")]
        records += hidden_doors(draw, draw.sample(doors, draw.randint(1, 3)))
        records.append(hidden_place(draw, "law", draw.choice(list(Visibility))))
        draw.shuffle(records)
    save(engine, records)
    engine.dispose()
    if number:
        hold_what_may_not_be_held(folder / "aftercare.db", draw)
    return settings


def add_secrets(settings: Settings, number: int) -> None:
    """Put the secrets of `number` into an installation that holds something else."""
    draw = random.Random(number)  # noqa: S311 - a number must give one world
    engine = make_tables(settings)
    with reading(engine) as session:
        public = session.execute(
            text(
                "SELECT s.id, s.organization_id FROM service s"
                " JOIN service_at_location sl ON sl.service_id = s.id"
                " JOIN location l ON l.id = sl.location_id"
                " WHERE l.visibility = 'public' ORDER BY s.id"
            )
        ).all()
    doors = [(service, owner) for service, owner in draw.sample(public, 5)]
    owners = [owner for _service, owner in doors]
    records = [*secret_records(draw, owners), *hidden_doors(draw, doors)]
    records.append(hidden_place(draw, owners[0]))
    save(engine, records)
    engine.dispose()
    hold_what_may_not_be_held(settings.data_dir / "aftercare.db", draw)


def hidden_place(
    draw: random.Random,
    owner_id: str,
    visibility: Visibility = Visibility.NETWORK,
    **given: object,
) -> Location:
    """Return a place of an organization that is known by its id."""
    owner = rows.organization(id=owner_id)
    return rows.location(owner, visibility, id=_id(draw), **given)


def settings_in(folder: Path) -> Settings:
    """Return the settings of an installation in `folder`, without limits."""
    return load_settings({"AFTERCARE_DATA_DIR": str(folder), "AFTERCARE_LIMITS": "no"})


def write_out(settings: Settings, folder: Path) -> None:
    """Write all that an installation holds as a data package, secrets included."""
    engine = make_tables(settings)
    with reading(engine) as session:
        write_package(folder, lambda model: session.exec(select(model)).all())
    engine.dispose()


def read_in(package: Path, folder: Path) -> Settings:
    """Make an installation that holds a data package, checked or not."""
    settings = settings_in(folder)
    engine = make_tables(settings)
    load_package(engine, read_package(package), read_terms(shipped("seed_data")))
    engine.dispose()
    return settings


def load_terms(engine: Engine) -> None:
    """Write the vocabulary, and nothing else."""
    nothing = Package(rows={table_name(table): [] for table in TABLES})
    load_package(engine, nothing, read_terms(shipped("seed_data")))


def save(engine: Engine, records: Sequence[Record]) -> None:
    """Write records in the order that they have, as far as parents come first."""
    with writing(engine) as session:
        for record in sorted(records, key=lambda r: _WRITTEN.get(type(r), 99)):
            session.add(record)
            session.flush()


def hold_what_may_not_be_held(database: Path, draw: random.Random) -> None:
    """Put secrets where the database would refuse them, and change what staff see.

    What is held is then different in each world; what is shown must not be.
    """
    with closing(connect(database)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        _hold_whereabouts(connection, draw)
        _hold_notes(connection, draw)
        _hold_sources(connection, draw)
        _hold_doubts(connection, draw)
        # The numbers of changes count secret changes as well.
        for _ in range(draw.randint(1, 40)):
            connection.execute(
                "INSERT INTO change (at, entity, record_id, action)"
                " VALUES ('2026-01-01', 'location', ?, 'update')",
                (_id(draw),),
            )


def _hold_whereabouts(connection: Connection, draw: random.Random) -> None:
    hidden = connection.execute(
        "SELECT id, visibility FROM location WHERE visibility <> 'public'"
    ).fetchall()
    for place, visibility in hidden:
        connection.execute(
            "UPDATE location SET latitude = ?, longitude = ?, name = ? WHERE id = ?",
            (draw.uniform(34, 36.5), draw.uniform(-84, -76), _phrase(draw), place),
        )
        if visibility != "county":
            connection.execute(
                "UPDATE location SET county_fips = ? WHERE id = ?",
                (draw.choice(COUNTIES), place),
            )
        if visibility in {"statewide", "network"}:
            connection.execute(
                "UPDATE location SET region = ? WHERE id = ?",
                (draw.choice(("Piedmont", "Mountains")), place),
            )
        connection.execute(
            "INSERT INTO address (id, location_id, location_visibility, address_1,"
            " city, state_province, postal_code, country)"
            " VALUES (?, ?, 'public', ?, 'Zanzibar', 'NC', '27999', 'US')",
            (_id(draw), place, f"{draw.randint(1, 999)} {_phrase(draw)} St"),
        )


def _hold_notes(connection: Connection, draw: random.Random) -> None:
    for (owner,) in connection.execute("SELECT id FROM organization").fetchall():
        connection.execute(
            "UPDATE organization SET history = ? WHERE id = ?", (_phrase(draw), owner)
        )
    connection.execute(
        "UPDATE service_at_location SET description = ? WHERE location_id IN"
        " (SELECT id FROM location WHERE visibility <> 'public')",
        (_phrase(draw),),
    )
    # A public body may be a part of a hidden one.
    connection.execute(
        "UPDATE organization SET parent_organization_id = ? WHERE id = 'branch'",
        (draw.choice((None, HIDDEN_ORGANIZATION)),),
    )


def _hold_sources(connection: Connection, draw: random.Random) -> None:
    """Change what was read about services whose place is shown but not public."""
    hiding = (
        "SELECT s.id FROM service s JOIN service_at_location sl ON sl.service_id = s.id"
        " JOIN location l ON l.id = sl.location_id"
        " WHERE l.visibility IN ('county', 'region', 'statewide')"
    )
    owners = f"SELECT organization_id FROM service WHERE id IN ({hiding})"  # noqa: S608 - nothing comes from outside
    source = f"{_PAPER}-{draw.choice(HIDDEN_WORDS)} ; {_phrase(draw)}"
    for table, key, ids in (
        ("service", "id", hiding),
        ("organization", "id", owners),
        ("phone", "service_id", hiding),
        ("phone", "organization_id", owners),
        ("eligibility_rule", "service_id", hiding),
    ):
        connection.execute(
            f"UPDATE {table} SET source = ? WHERE {key} IN ({ids})",  # noqa: S608 - nothing comes from outside
            (source,),
        )


def _hold_doubts(connection: Connection, draw: random.Random) -> None:
    """Let what is hidden be doubted: its owners, its services, and their numbers."""
    hidden = (f"{HIDDEN_ORGANIZATION}%", f"{HIDDEN_SERVICE}%")
    subjects = connection.execute(
        "SELECT id, NULL, NULL, NULL FROM organization WHERE id LIKE ?1"
        " UNION ALL SELECT NULL, id, NULL, NULL FROM service WHERE id LIKE ?2"
        " UNION ALL SELECT NULL, NULL, id, number FROM phone"
        " WHERE organization_id LIKE ?1 OR service_id LIKE ?2",
        hidden,
    ).fetchall()
    for subject in subjects:
        kind = draw.choice(("closed", "no_answer", "silence", "bounce"))
        connection.execute(
            "INSERT INTO doubt (id, organization_id, service_id, phone_id, number,"
            " kind, count, since, last)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, '2026-11-01', '2026-11-20')",
            (_id(draw), *subject, kind, draw.randint(3, 9)),
        )


def _phrase(draw: random.Random, words: int = 4) -> str:
    return " ".join(draw.choice((*_WORDS, *HIDDEN_WORDS)) for _ in range(words))


def _number(draw: random.Random) -> str:
    return f"+1919777{draw.randint(0, 9999):04}"


def _id(draw: random.Random) -> str:
    return f"{draw.getrandbits(128):032x}"
