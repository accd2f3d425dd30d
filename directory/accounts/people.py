"""Finds and keeps people, in the way that Flask-Security asks for them."""

from typing import Any

from flask_security import UserDatastore
from sqlalchemy import Engine, inspect
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select
from typing_extensions import override

from directory.accounts.membership import Membership
from directory.accounts.person import Person, normal_email
from directory.accounts.role import HeldRole
from directory.accounts.signing_in import end_all
from directory.database import reading, writing

_UNIQUIFIER = "fs_uniquifier"


class People(UserDatastore):
    """The people of one database.

    Each call is a transaction of its own, and what it returns belongs to none: a
    password is checked for a tenth of a second, and nobody should wait that long to
    write.
    """

    def __init__(self, engine: Engine) -> None:
        """Keep people in the database of `engine`."""
        super().__init__(Person, HeldRole)  # type: ignore[arg-type]
        self.engine = engine

    @override
    def find_user(self, case_insensitive: bool = False, **by: Any) -> Person | None:
        """Return the person whose column has a value; one column is asked for."""
        [(name, value)] = by.items()
        wanted = normal_email(str(value)) if name == "email" else value
        with reading(self.engine) as session:
            person = session.exec(
                select(Person).where(getattr(Person, name) == wanted)
            ).one_or_none()
            if person is None:
                _read_nobody(session)
            else:
                session.expunge(person)
            return person

    @override
    def find_role(self, role: str) -> None:
        """Roles are fixed; Flask-Security need not find them."""

    @override
    def put(self, model: Any) -> Any:
        """Write what was changed of a person, and nothing else of them.

        Somebody may have been disabled since they were read.
        """
        person: Person = getattr(model, "_get_current_object", lambda: model)()
        changed = _changes(person)
        with writing(self.engine) as session:
            row = session.get_one(Person, person.id)
            for name, value in changed.items():
                setattr(row, name, value)
            if _UNIQUIFIER in changed:
                # A new password, or the like: whoever is signed in as them is not.
                end_all(session, person.id)
        for name, value in changed.items():
            set_committed_value(person, name, value)
        return model

    @override
    def commit(self) -> None:
        """Do nothing: `put` has written it already."""

    @override
    def delete(self, model: Any) -> None:
        """Refuse: what a person did stays, so they are disabled instead."""
        raise NotImplementedError


def _read_nobody(session: Session) -> None:
    """Read as much as belongs to a person: that nobody was found takes as long."""
    for owned in (HeldRole, Membership):
        session.exec(select(owned).where(col(owned.person_id).in_([""]))).all()


def by_email(session: Session, email: str) -> Person | None:
    """Return the person with a mail address."""
    found = select(Person).where(col(Person.email) == normal_email(email))
    return session.exec(found).one_or_none()


def _changes(person: Person) -> dict[str, Any]:
    state: Any = inspect(person)
    columns = state.mapper.column_attrs
    return {
        name: state.attrs[name].value
        for name in columns.keys()  # noqa: SIM118 - not a mapping: it yields columns
        if state.attrs[name].history.has_changes()
    }
