"""One body that is listed twice, with everything that can hang on a listing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session

from directory.accounts import Membership, Role
from directory.curation.actor import Actor
from directory.curation.claims import Claim
from directory.curation.claims.claim import ClaimState
from directory.curation.history import Action
from directory.curation.history.reading import Asked, entries
from directory.curation.history.reverting import revert
from directory.curation.links import Purpose, issue
from directory.curation.merging import Side, merge, read_estate
from directory.curation.proposals import Draft, Proposal, Risk, State, propose
from directory.curation.proposals.review import approve
from directory.curation.records.dossier import read_dossier
from directory.curation.records.patch import Patch
from directory.curation.records.subject import (
    Subject,
    organization_subject,
    service_subject,
)
from directory.curation.reports import Report, ReportKind
from directory.curation.verification.reminder import Reminder
from directory.database import reading, writing
from directory.hsds import (
    Accessibility,
    CostKind,
    CostOption,
    Doubt,
    DoubtKind,
    Fact,
    Language,
    LanguageBy,
    Record,
    Redirect,
    RequiredDocument,
    Row,
    Verification,
    Visibility,
)
from directory.paths import shipped
from directory.vocabulary import read_terms
from tests.builders import rows
from tests.builders.changes import COORDINATOR, SECOND, the_lint
from tests.builders.people import person

LEFT, RIGHT = organization_subject("left"), organization_subject("right")
NEAR, FAR = service_subject("near"), service_subject("far")
NUMBER, OTHER = "+19195550101", "+19195550102"
DAY, NOON = rows.DAY, rows.NOON
LATER = NOON + dt.timedelta(days=1)

TERMS = read_terms(shipped("seed_data"))

_WRITTEN_BY_THE_MERGE = frozenset({"change", "event", "event_detail"})


def write_organizations(engine: Engine) -> None:
    """Write `left` and `right`: two organizations that are one."""
    left = rows.organization(
        id="left",
        name="Harbor House",
        alternate_name="HH; The Harbor",
        website="https://harbor.example.org",
        read_on=DAY,
    )
    right = rows.organization(
        id="right",
        name="Harbor House, Inc.",
        alternate_name="the harbor",
        email="desk@harbor.example.org",
        description="Helps in Wake County.",
        read_on=DAY - dt.timedelta(days=90),
    )
    branch = rows.organization(
        id="branch", name="Harbor House Durham", parent_organization_id="right"
    )
    shelter, advocacy = (
        rows.service(left, id="near", name="Shelter"),
        rows.service(right, id="far", name="Advocacy"),
    )
    place = rows.location(right, id="place")
    rows.save(
        engine,
        *(left, right, branch, shelter, advocacy, place),
        rows.address(place, id="street"),
        rows.given_at(advocacy, place, id="at"),
        rows.phone(left, id="left-1", number=NUMBER, position=0),
        rows.phone(right, id="right-1", number=OTHER, position=0),
        rows.phone(
            right, id="right-2", number=NUMBER, position=1, description="Front desk"
        ),
        Language(id="spoken-1", phone_id="right-1", code="es", by=LanguageBy.STAFF),
        Language(id="spoken-2", phone_id="right-2", code="fr", by=LanguageBy.STAFF),
        Redirect(id="older", entity="organization", to_id="right"),
        _doubt("silent", DoubtKind.SILENCE, 2, organization_id="right"),
        _doubt("silent-too", DoubtKind.SILENCE, 1, organization_id="left"),
        _doubt("bounced", DoubtKind.BOUNCE, 1, organization_id="right"),
        _doubt("wrong", DoubtKind.WRONG_NUMBER, 2, phone_id="right-2", number=NUMBER),
    )
    _write_papers(engine)


def _doubt(name: str, kind: DoubtKind, count: int, **about: str) -> Doubt:
    return Doubt(id=name, kind=kind, count=count, since=DAY, last=DAY, **about)


def _write_papers(engine: Engine) -> None:
    """Write what no patch knows: accounts, letters, claims, proposals."""
    both = person(engine, organization="left")
    only = person(engine, Role.PROVIDER)
    with writing(engine) as session:
        session.add(Membership(person_id=both.id, organization_id="right"))
        session.add(Membership(person_id=only.id, organization_id="right"))
        issue(session, Purpose.CONFIRM, "right", now=NOON)
        session.add(
            Reminder(
                organization_id="right",
                letter_id="l",
                reasons=("old",),
                written_at=NOON,
            )
        )
        session.add(
            Claim(
                organization_id="right",
                name="Ann Lee",
                email="ann@harbor.example.org",
                part="director",
                made_at=NOON,
                asked=False,
                state=ClaimState.WAITING,
            )
        )


def write_services(engine: Engine) -> None:
    """Write `near` and `far`: two services of one organization that are one."""
    owner = rows.organization(id="left")
    near = rows.service(
        owner,
        id="near",
        name="Shelter",
        url="https://harbor.example.org/shelter",
        read_on=DAY - dt.timedelta(days=30),
        hours_note="Call first",
    )
    far = rows.service(
        owner,
        id="far",
        name="Safe House",
        description="A safe place to sleep.",
        length_of_stay="90 days",
        read_on=DAY,
        always_open=True,
    )
    shared = rows.location(owner, Visibility.COUNTY, id="shared")
    second = rows.location(owner, Visibility.COUNTY, id="second")
    words = rows.taxonomy(id="words")
    bed, law = rows.term(words), rows.term(words, "immigration_legal")
    bed.id, law.id = (TERMS[term.code].id for term in (bed, law))
    rows.save(
        engine,
        *(owner, near, far, shared, second, words, bed, law),
        rows.given_at(near, shared, id="near-at"),
        rows.given_at(far, shared, id="far-at"),
        rows.given_at(far, second, id="far-at-2"),
        *_hours(),
        rows.phone(near, id="near-1", number=NUMBER),
        rows.phone(far, id="far-1", number=NUMBER, always_open=True),
        rows.phone(far, id="far-2", number=OTHER),
        Language(id="near-es", service_id="near", code="es", by=LanguageBy.STAFF),
        Language(id="far-es", service_id="far", code="es", by=LanguageBy.STAFF),
        Language(id="far-km", service_id="far", code="km", by=LanguageBy.INTERPRETER),
        Language(id="far-fr", phone_id="far-1", code="fr", by=LanguageBy.STAFF),
        rows.area(near, id="near-wake"),
        rows.area(far, id="far-wake"),
        rows.area(far, "37063", id="far-durham"),
        rows.attribute(near, bed),
        rows.attribute(far, bed),
        rows.attribute(far, law),
        rows.rule(near, id="near-gender"),
        rows.rule(far, id="far-gender", values=("woman", "man"), note="Adults"),
        rows.rule(far, id="far-pets", attribute="pets", values=("yes",), note="Pets"),
        CostOption(id="far-cost", service_id="far", option=CostKind.FREE),
        RequiredDocument(id="far-id", service_id="far", document="Photo ID"),
        Accessibility(id="far-ramp", service_id="far", description="A ramp"),
        *_volatile(),
    )
    with writing(engine) as session:
        session.add(
            Report(
                id="told",
                service_id="far",
                kind=ReportKind.CLOSED,
                reported_on=DAY,
                reporter="x",
            )
        )
        session.add(
            Proposal(
                id="earlier",
                organization_id="left",
                subject="service:far",
                actor="provider:p1",
                made_at=NOON,
                patch="[]",
                risk=Risk.REVIEW,
                state=State.REFUSED,
            )
        )


def _hours() -> list[Record]:
    near, far = _service("near"), _service("far")
    return [
        rows.schedule(near, id="near-week"),
        rows.schedule(far, id="far-week", opens_at="08:00"),
        rows.schedule(near, id="near-here", service_at_location_id="near-at"),
        rows.schedule(far, id="far-here", service_at_location_id="far-at"),
        rows.schedule(far, id="far-there", service_at_location_id="far-at-2"),
    ]


def _volatile() -> list[Record]:
    near, far = _service("near"), _service("far")
    return [
        rows.capacity(near, id="near-room", as_of=NOON - dt.timedelta(hours=3)),
        rows.capacity(far, id="far-room", available=1),
        _confirmed("near-record", "near", Fact.RECORD, 10),
        _confirmed("far-record", "far", Fact.RECORD, 40),
        _confirmed("far-hours", "far", Fact.HOURS, 5),
        _doubt("shut", DoubtKind.CLOSED, 2, service_id="far"),
    ]


def _service(name: str) -> Any:  # noqa: ANN401 - only its id is read
    return rows.service(rows.organization(id="left"), id=name)


def _confirmed(name: str, service_id: str, fact: Fact, days_ago: int) -> Verification:
    return Verification(
        id=name,
        service_id=service_id,
        fact=fact,
        verified_on=DAY - dt.timedelta(days=days_ago),
        verified_by="provider",
    )


def patch_for(session: Session, kept: Subject, gone: Subject, **chosen: Side) -> Patch:
    """Return the patch of a merge, as the tables are now."""
    ours, theirs = read_estate(session, kept), read_estate(session, gone)
    assert ours is not None
    assert theirs is not None
    return merge(ours, theirs, chosen)


def ask_to_merge(
    engine: Engine, kept: Subject, gone: Subject, **chosen: Side
) -> Proposal:
    """Ask for a merge, as the page does."""
    with writing(engine) as session:
        session.expire_on_commit = False
        dossier = read_dossier(session, kept)
        assert dossier is not None
        draft = Draft(
            subject=kept,
            actor=COORDINATOR,
            version=dossier.version,
            patch=patch_for(session, kept, gone, **chosen),
        )
        return propose(session, draft, lint=the_lint(), now=NOON)


def agree(engine: Engine, proposal: Proposal, *, by: Actor = SECOND) -> None:
    """Agree to what waits."""
    with writing(engine) as session:
        held = session.get_one(Proposal, proposal.id)
        approve(session, held, by=by, now=LATER)


def merged(engine: Engine, kept: Subject, gone: Subject, **chosen: Side) -> None:
    """Merge two listings: somebody asks, somebody else agrees."""
    agree(engine, ask_to_merge(engine, kept, gone, **chosen))


def take_back(engine: Engine, action: Action = Action.MERGE) -> None:
    """Revert the newest event of `action`."""
    with writing(engine) as session:
        [entry] = entries(session, Asked(actions=(action,), limit=1))
        revert(session, entry, by=SECOND, why="They are two", now=LATER)


def everything(engine: Engine) -> Mapping[str, list[tuple[object, ...]]]:
    """Return every cell of every table, but for what only ever grows."""
    with reading(engine) as session:
        return cells_of_all(session)


def cells_of_all(session: Session) -> Mapping[str, list[tuple[object, ...]]]:
    """Return the same as a session sees it."""
    return {
        table.name: sorted(
            map(tuple, session.connection().execute(select(table))), key=str
        )
        for table in Row.metadata.sorted_tables
        if table.name not in _WRITTEN_BY_THE_MERGE
    }
