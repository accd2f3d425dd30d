"""What is written down when letters go out, are answered, or are not."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, col, select

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, Entry, entries
from directory.curation.links import Link, LinkClosedError, Purpose, opened
from directory.curation.proposals import Proposal, State
from directory.curation.records.subject import service_subject
from directory.curation.reports import Report, ReportKind
from directory.curation.verification import (
    AddressDoubt,
    Answer,
    Closing,
    answer_of,
    ask,
    confirm_services,
    doubtful_addresses,
    look,
    note_bounces,
    note_silence,
    say_all_is_right,
    say_closed,
    say_not_us,
    trust_address,
)
from directory.curation.verification.doubtful_address import doubt_address
from directory.database import reading, writing
from directory.hsds import (
    Doubt,
    DoubtKind,
    Fact,
    Row,
    Service,
    ServiceStatus,
    Verification,
    Visibility,
)
from directory.mail import Letter
from tests.builders import rows
from tests.builders.changes import ask_for, the_lint
from tests.builders.letters import (
    ADDRESS,
    SITE,
    change_address,
    confirm,
    days,
    letters,
    provider,
    reminders,
    sent,
    token_in,
    write_letters,
)
from tests.builders.rows import NOON

OWNER = "s-organization"
CONTACT = Actor(kind=ActorKind.CONTACT, id=OWNER)
COORDINATOR = Actor(kind=ActorKind.STAFF, id="c1")
TODAY = NOON.date()


def events(engine: Engine, *actions: Action) -> list[Entry]:
    with reading(engine) as session:
        assert first_broken(session) is None
        return entries(session, Asked(actions=actions))


def doubts(engine: Engine) -> dict[str, int]:
    with reading(engine) as session:
        found = session.exec(select(Doubt).where(Doubt.organization_id == OWNER))
        return {doubt.kind.value: doubt.count for doubt in found}


def verified(engine: Engine, service_id: str = "s") -> dict[str, tuple[dt.date, str]]:
    with reading(engine) as session:
        found = session.exec(
            select(Verification).where(Verification.service_id == service_id)
        ).all()
        held = {v.fact.value: (v.verified_on, v.verified_by) for v in found}
        assert len(held) == len(found)
        return held


def link_of(engine: Engine, number: int = -1) -> str:
    """Return the token of the newest letter's link."""
    return token_in(letters(engine)[number].text)


# --- asking ---


def test_a_letter_is_written_once_however_often_it_is_tried(engine: Engine) -> None:
    provider(engine)
    assert write_letters(engine).written == 1
    assert write_letters(engine).written == 0
    assert write_letters(engine, NOON + days(13)).written == 0
    assert write_letters(engine, NOON + days(14)).written == 1
    assert len(letters(engine)) == len(reminders(engine)) == 2
    assert len(events(engine, Action.REMIND)) == 2


def test_two_rounds_that_looked_at_once_write_one_letter(engine: Engine) -> None:
    provider(engine)
    first, second = look(engine, NOON), look(engine, NOON)
    assert ask(engine, first, NOON, site_url=SITE).written == 1
    late = ask(engine, second, NOON, site_url=SITE)
    assert (late.written, late.taken) == (0, 1)
    assert len(letters(engine)) == 1


def test_an_address_that_changed_since_the_look_gets_no_letter(sqlite: Engine) -> None:
    provider(sqlite)
    looked = look(sqlite, NOON)
    change_address(sqlite, "new@harbor.example")
    assert ask(sqlite, looked, NOON, site_url=SITE).taken == 1
    assert not letters(sqlite)


def test_a_hidden_provider_keeps_its_listing_too(sqlite: Engine) -> None:
    owner = rows.organization(id=OWNER, email=ADDRESS)
    what = rows.service(owner, id="s")
    place = rows.location(owner, Visibility.NETWORK)
    rows.save(sqlite, owner, what, place, rows.given_at(what, place))
    assert write_letters(sqlite).written == 1


def test_the_letter_speaks_both_languages_and_opens_one_link(sqlite: Engine) -> None:
    provider(sqlite)
    write_letters(sqlite)
    (letter,) = letters(sqlite)
    (reminder,) = reminders(sqlite)
    assert letter.to_address == ADDRESS
    assert letter.about == reminder.id
    token = link_of(sqlite)
    assert f"{SITE}/portal/confirm/{token}" in letter.text
    assert f"{SITE}/es/portal/confirm/{token}" in letter.text
    assert "Is it still right?" in letter.text
    assert "¿Sigue correcto?" in letter.text
    with reading(sqlite) as session:
        link = opened(session, token, Purpose.CONFIRM, now=NOON + days(20))
        assert link.organization_id == OWNER
        with pytest.raises(LinkClosedError):
            opened(session, token, Purpose.CONFIRM, now=NOON + days(21))


def test_room_is_asked_for_with_a_link_that_opens_nothing_else(sqlite: Engine) -> None:
    what = provider(sqlite, confirmed=TODAY)
    rows.save(sqlite, rows.capacity(what, as_of=NOON - days(4), expires=NOON - days(1)))
    write_letters(sqlite)
    (letter,) = letters(sqlite)
    token = link_of(sqlite)
    assert f"{SITE}/portal/confirm/{token}/room/s" in letter.text
    with reading(sqlite) as session:
        opened(session, token, Purpose.ROOM, now=NOON + days(6))
        with pytest.raises(LinkClosedError):
            opened(session, token, Purpose.CONFIRM, now=NOON)


def test_a_name_of_two_lines_writes_no_line_of_its_own(sqlite: Engine) -> None:
    owner = rows.organization(
        id=OWNER, email=ADDRESS, name="Harbor\nhttps://evil.example/"
    )
    rows.save(sqlite, owner, rows.service(owner, id="s"))
    write_letters(sqlite)
    (letter,) = letters(sqlite)
    assert "\n" not in letter.subject
    assert not any(x.startswith("https://evil") for x in letter.text.splitlines())


# --- answering ---


def answer(engine: Engine, what: str = "right", now: dt.datetime = NOON) -> None:
    """Answer the newest letter."""
    closing = Closing(
        service_ids=frozenset({"s"}),
        status=ServiceStatus.DEFUNCT,
        rest_is_right=True,
    )
    with writing(engine) as session:
        link = opened(session, link_of(engine), Purpose.CONFIRM, now=now)
        if what == "right":
            say_all_is_right(session, link, now=now)
        elif what == "closed":
            say_closed(session, link, closing, lint=the_lint(), now=now)
        else:
            say_not_us(session, link, now=now)


def test_all_is_right(engine: Engine) -> None:
    what = provider(engine)
    confirm(engine, what, dt.date(2026, 1, 1), Fact.HOURS)
    confirm(engine, what, dt.date(2026, 2, 1), Fact.HOURS)
    rows.save(
        engine,
        Doubt(
            organization_id=OWNER,
            kind=DoubtKind.BOUNCE,
            count=1,
            since=TODAY,
            last=TODAY,
        ),
        Doubt(
            organization_id=OWNER,
            kind=DoubtKind.SILENCE,
            count=4,
            since=TODAY,
            last=TODAY,
        ),
    )
    write_letters(engine)
    answer(engine)
    expected = (TODAY, "provider")
    assert verified(engine) == {
        "record": expected,
        "hours": expected,
        "eligibility": expected,
    }
    assert doubts(engine) == {}
    (done,) = events(engine, Action.CONFIRM)
    assert (done.actor, done.organization_id) == (f"contact:{OWNER}", OWNER)
    (reminder,) = reminders(engine)
    assert reminder.answer is Answer.CONFIRMED
    with reading(engine) as session, pytest.raises(LinkClosedError):
        opened(session, link_of(engine), Purpose.CONFIRM, now=NOON)
    assert write_letters(engine, NOON + days(89)).written == 0
    assert write_letters(engine, NOON + days(90)).written == 1


def test_what_users_told_is_answered_by_it(engine: Engine) -> None:
    what = provider(engine)
    number = rows.phone(what, number="+19198340000")
    rows.save(engine, number)
    with writing(engine) as session:
        for kind in (ReportKind.REFUSES, ReportKind.WRONG_NUMBER):
            session.add(
                Report(
                    service_id="s",
                    kind=kind,
                    reported_on=TODAY,
                    number="+19198340000" if kind is ReportKind.WRONG_NUMBER else None,
                )
            )
    ask_for(engine, "phone", number.id, {"number": "+19198341111"}, by=CONTACT)
    write_letters(engine)
    answer(engine)
    with reading(engine) as session:
        settled = {r.kind.value: r.settled_as for r in session.exec(select(Report))}
    assert settled["refuses"] is not None
    # They corrected the number; until that is public, it is as wrong as it was.
    assert settled["wrong_number"] is None


WAITING = [
    (CONTACT, {"url": "https://other.example"}, {"hours", "eligibility"}),
    (CONTACT, {"status": "defunct"}, {"hours", "eligibility"}),
    # Staff or strangers cannot keep a provider from saying what is right.
    (COORDINATOR, {"url": "https://other.example"}, {"record", "hours", "eligibility"}),
]


@pytest.mark.parametrize(("by", "cells", "confirmed"), WAITING)
def test_what_they_asked_to_change_themselves_is_not_confirmed(
    sqlite: Engine, by: Actor, cells: dict[str, str], confirmed: set[str]
) -> None:
    provider(sqlite)
    ask_for(sqlite, "service", "s", cells, by=by)
    write_letters(sqlite)
    answer(sqlite)
    assert set(verified(sqlite)) == confirmed


def test_staff_confirm_by_phone_as_staff(sqlite: Engine) -> None:
    provider(sqlite)
    with writing(sqlite) as session:
        assert confirm_services(session, ["s", "none"], by=COORDINATOR, now=NOON) == 1
    assert verified(sqlite)["record"] == (TODAY, "staff by phone")


def test_an_older_confirmation_never_replaces_a_newer_one(sqlite: Engine) -> None:
    provider(sqlite, confirmed=TODAY + days(1))
    with writing(sqlite) as session:
        confirm_services(session, ["s"], by=CONTACT, now=NOON)
    assert verified(sqlite)["record"][0] == TODAY + days(1)


def test_closing_waits_for_a_second_person(engine: Engine) -> None:
    what = provider(engine)
    rows.save(engine, rows.service(rows.organization(id=OWNER), id="t", name="Counsel"))
    write_letters(engine)
    answer(engine, "closed")
    with reading(engine) as session:
        (proposal,) = session.exec(select(Proposal)).all()
        assert session.get_one(Service, what.id).status is ServiceStatus.ACTIVE
        with pytest.raises(LinkClosedError):
            opened(session, link_of(engine), Purpose.CONFIRM, now=NOON)
    assert (proposal.state, proposal.risk.value) == (State.WAITING, "high")
    assert "record" not in verified(engine, "s")
    assert "record" in verified(engine, "t")
    assert reminders(engine)[0].answer is Answer.CLOSED


def test_another_organizations_service_cannot_be_closed(sqlite: Engine) -> None:
    provider(sqlite)
    provider(sqlite, "other", email=None)
    write_letters(sqlite)
    closing = Closing(
        service_ids=frozenset({"other"}),
        status=ServiceStatus.DEFUNCT,
        rest_is_right=True,
    )
    with writing(sqlite) as session:
        link = opened(session, link_of(sqlite), Purpose.CONFIRM, now=NOON)
        assert say_closed(session, link, closing, lint=the_lint(), now=NOON) is None
        assert session.exec(select(Proposal)).all() == []


def test_a_wrong_address_gets_no_more_letters_and_its_links_close(
    engine: Engine,
) -> None:
    provider(engine)
    write_letters(engine)
    write_letters(engine, NOON + days(14))
    first = link_of(engine, 0)
    answer(engine, "not us", NOON + days(14))
    with reading(engine) as session:
        (doubtful,) = doubtful_addresses(session)
        assert doubtful.doubt is AddressDoubt.NOT_THEIRS
        with pytest.raises(LinkClosedError):
            opened(session, first, Purpose.CONFIRM, now=NOON + days(15))
    found = look(engine, NOON + days(60)).round
    assert ([*found.to_write], len(found.to_call)) == ([], 1)
    assert verified(engine) == {}
    with writing(engine) as session:
        trust_address(session, OWNER)
    assert write_letters(engine, NOON + days(60)).written == 1


def test_the_answer_of_a_link_is_known_afterwards(sqlite: Engine) -> None:
    provider(sqlite)
    write_letters(sqlite)
    answer(sqlite, "closed")
    with reading(sqlite) as session:
        (link,) = session.exec(select(Link)).all()
        assert answer_of(session, link) is Answer.CLOSED


# --- silence and bounces ---


def unanswered(engine: Engine, number: int, start: dt.datetime = NOON) -> dt.datetime:
    """Let so many letters go unanswered, and return the moment after the last."""
    now = start
    for _ in range(number):
        assert write_letters(engine, now).written == 1
        sent(engine, now)
        now += days(21)
        assert note_silence(engine, now) == 1
        assert note_silence(engine, now) == 0
    return now


def test_silence_counts_each_letter_once(engine: Engine) -> None:
    provider(engine)
    unanswered(engine, 3)
    assert doubts(engine) == {"silence": 3}
    assert len(events(engine, Action.SILENCE)) == 3


def test_a_letter_that_waits_to_be_sent_is_not_answered_by_silence(
    sqlite: Engine,
) -> None:
    provider(sqlite)
    write_letters(sqlite)
    assert note_silence(sqlite, NOON + days(60)) == 0
    sent(sqlite, NOON + days(60))
    assert note_silence(sqlite, NOON + days(80)) == 0
    assert note_silence(sqlite, NOON + days(81)) == 1


def test_an_answer_ends_the_silence(sqlite: Engine) -> None:
    provider(sqlite)
    now = unanswered(sqlite, 2)
    write_letters(sqlite, now)
    sent(sqlite, now)
    with writing(sqlite) as session:
        confirm_services(session, ["s"], by=CONTACT, now=now)
    assert doubts(sqlite) == {}
    assert note_silence(sqlite, now + days(30)) == 0


def test_who_corrected_something_is_not_silent(sqlite: Engine) -> None:
    provider(sqlite)
    now = unanswered(sqlite, 1)
    write_letters(sqlite, now)
    token = link_of(sqlite)
    sent(sqlite, now)
    with writing(sqlite) as session:
        opened(session, token, Purpose.CONFIRM, now=now).used_at = now + days(1)
    assert note_silence(sqlite, now + days(30)) == 0
    assert doubts(sqlite) == {}
    assert reminders(sqlite)[-1].answer is Answer.CORRECTED


def test_silence_about_room_alone_is_no_doubt(sqlite: Engine) -> None:
    what = provider(sqlite, confirmed=TODAY)
    rows.save(sqlite, rows.capacity(what, expires=NOON - days(1)))
    write_letters(sqlite)
    sent(sqlite, NOON)
    assert note_silence(sqlite, NOON + days(30)) == 0
    assert doubts(sqlite) == {}


def failed(engine: Engine, why: str, *, tries: int = 1, was_sent: bool = False) -> None:
    """Let the newest letter be one that never arrived."""
    with writing(engine) as session:
        order = col(Letter.made_at).desc()
        letter = session.exec(select(Letter).order_by(order)).first()
        assert letter is not None
        letter.failed_at, letter.failure, letter.tries = NOON, why, tries
        letter.sent_at = NOON if was_sent else None
        letter.next_try_at = None


BOUNCES = [
    ("550", 1, False, True),
    ("5.1.1", 1, True, True),
    ("4.4.7", 1, True, True),
    ("bounced", 1, True, True),
    ("unsendable", 1, False, True),
    # The server of this site took nothing for two days: nobody else is to blame.
    ("ConnectionRefusedError", 6, False, False),
    ("535", 6, False, False),
    ("451", 6, False, False),
]


@pytest.mark.parametrize(("why", "tries", "was_sent", "counts"), BOUNCES)
def test_a_bounce_counts_if_it_speaks_of_the_address(
    sqlite: Engine, why: str, tries: int, *, was_sent: bool, counts: bool
) -> None:
    provider(sqlite)
    write_letters(sqlite)
    failed(sqlite, why, tries=tries, was_sent=was_sent)
    assert note_bounces(sqlite, NOON) == counts
    assert note_bounces(sqlite, NOON) == 0
    assert doubts(sqlite) == ({"bounce": 1} if counts else {})
    assert note_silence(sqlite, NOON + days(30)) == 0
    assert write_letters(sqlite, NOON + days(14)).written == (not counts)


def test_a_bounce_of_an_old_address_says_nothing_of_the_new_one(sqlite: Engine) -> None:
    provider(sqlite)
    write_letters(sqlite)
    failed(sqlite, "550")
    change_address(sqlite, "new@harbor.example")
    assert note_bounces(sqlite, NOON) == 0
    assert doubts(sqlite) == {}
    assert write_letters(sqlite, NOON + days(14)).written == 1


def test_an_answer_shows_that_the_address_is_read(sqlite: Engine) -> None:
    provider(sqlite)
    write_letters(sqlite)
    with writing(sqlite) as session:
        doubt_address(session, OWNER, ADDRESS, AddressDoubt.BOUNCED, now=NOON)
    answer(sqlite)
    with reading(sqlite) as session:
        assert doubtful_addresses(session) == []


# --- what is held ---


def test_no_table_holds_a_token_once_the_letter_is_sent(engine: Engine) -> None:
    what = provider(engine)
    rows.save(engine, rows.capacity(what, expires=NOON - days(1)))
    write_letters(engine)
    text = letters(engine)[0].text
    tokens = {token_in(text), token_in(text.partition("Three taps")[2])}
    assert len(tokens) == 2
    assert any(token in everything(engine) for token in tokens)
    sent(engine, NOON)
    assert not any(token in everything(engine) for token in tokens)


def everything(engine: Engine) -> str:
    """Return all cells of all tables."""
    with engine.connect() as connection:
        return "\n".join(
            str(tuple(row))
            for table in Row.metadata.sorted_tables
            for row in connection.execute(table.select())
        )


def test_a_repr_shows_no_address_and_no_token(sqlite: Engine) -> None:
    provider(sqlite)
    looked = look(sqlite, NOON)
    assert ADDRESS not in repr(looked.chosen)
    write_letters(sqlite)
    assert issubclass(Link, SQLModel)
    assert str(service_subject("s")) not in repr(letters(sqlite))
    assert link_of(sqlite) not in repr(letters(sqlite))
