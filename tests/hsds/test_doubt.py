"""A doubt is about one thing, and of each kind there is one."""

import datetime as dt

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from directory.hsds import Doubt, DoubtKind
from tests.builders.rows import DAY, organization, phone, save, service

FORBIDDEN: dict[str, dict[str, object]] = {
    "one_subject": {"organization_id": None},
    "two subjects": {"service_id": "s"},
    "number_of_phone": {"number": "+19195550101"},
    "phone without its number": {"organization_id": None, "phone_id": "p"},
    "counted": {"count": 0},
    "in_order": {"last": DAY - dt.timedelta(1)},
}


def doubt(**given: object) -> Doubt:
    """Return a doubt about an organization, with something else of it."""
    usual: dict[str, object] = {
        "organization_id": "o",
        "kind": DoubtKind.SILENCE,
        "count": 1,
        "since": DAY,
        "last": DAY,
    }
    return Doubt(**{**usual, **given})  # type: ignore[arg-type]


@pytest.fixture
def listed(engine: Engine) -> Engine:
    """Return a database with an organization, a service and a number."""
    owner = organization(id="o")
    offer = service(owner, id="s")
    save(engine, owner, offer, phone(offer, id="p"))
    return engine


@pytest.mark.parametrize("given", FORBIDDEN.values(), ids=FORBIDDEN)
def test_refuses(listed: Engine, given: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="ck_doubt"):
        save(listed, doubt(**given))


@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"organization_id": None, "service_id": "s"},
        {"organization_id": None, "phone_id": "p", "number": "+19198287740"},
    ],
)
def test_of_each_kind_there_is_one(listed: Engine, subject: dict[str, object]) -> None:
    save(listed, doubt(**subject), doubt(kind=DoubtKind.BOUNCE, **subject))
    with pytest.raises(IntegrityError):
        save(listed, doubt(**subject))
