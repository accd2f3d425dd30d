"""How long a change that could do much harm is held back."""

import datetime as dt

import pytest

from directory.curation.actor import Actor
from directory.curation.merging import Merger
from directory.curation.proposals import Proposal, Risk, State
from directory.curation.proposals.holding import Hold, hold_of
from directory.curation.records.patch import dumps
from directory.curation.records.subject import SubjectKind
from directory.mail import Letter, LetterKind
from tests.builders.changes import CONTACT, COORDINATOR, PROVIDER, VISITOR
from tests.builders.rows import NOON

MERGE = Merger(kind=SubjectKind.ORGANIZATION, gone_id="o2", kept_id="o1").redirect
SENT, WAITS, FAILED = "sent", "waits", "failed"


def proposal(
    by: Actor = PROVIDER, risk: Risk = Risk.HIGH, *, merge: bool = False
) -> Proposal:
    return Proposal(
        organization_id="o1",
        subject="organization:o1",
        actor=str(by),
        made_at=NOON,
        patch=dumps((MERGE,) if merge else ()),
        risk=risk,
        state=State.WAITING,
    )


def notice(became: str) -> Letter:
    return Letter(
        kind=LetterKind.NOTICE,
        to_address="house@example.org",
        language="en",
        subject="A change",
        text="",
        made_at=NOON,
        expires_at=NOON,
        sent_at=NOON if became == SENT else None,
        failed_at=NOON if became == FAILED else None,
    )


@pytest.mark.parametrize(
    ("became", "hours", "expected"),
    [
        (SENT, 0, Hold.EARLY),
        (SENT, 23.99, Hold.EARLY),
        (SENT, 24, None),
        (SENT, 24 * 9, None),
        (WAITS, 1, Hold.EARLY),
        # Nobody has read what was never sent.
        (WAITS, 24, Hold.UNTOLD),
        (FAILED, 1, Hold.UNTOLD),
        (FAILED, 24 * 9, Hold.UNTOLD),
        (None, 0, Hold.UNTOLD),
        (None, 24 * 9, Hold.UNTOLD),
    ],
)
@pytest.mark.parametrize("by", [PROVIDER, CONTACT, VISITOR])
def test_what_could_do_much_harm_is_held(
    by: Actor, became: str | None, hours: float, expected: Hold | None
) -> None:
    letter = None if became is None else notice(became)
    now = NOON + dt.timedelta(hours=hours)
    assert hold_of(proposal(by), letter, now=now) is expected


@pytest.mark.parametrize(
    "asked",
    [
        proposal(COORDINATOR),
        proposal(risk=Risk.REVIEW),
        proposal(risk=Risk.LOW),
        proposal(merge=True),
    ],
)
@pytest.mark.parametrize("became", [SENT, FAILED, None])
def test_nothing_else_is_held(asked: Proposal, became: str | None) -> None:
    letter = None if became is None else notice(became)
    assert hold_of(asked, letter, now=NOON) is None
