"""As whom a coordinator acts, and how others who act are called."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select

from directory.accounts import Person
from directory.curation.actor import Actor, ActorKind, read_actor
from directory.web.accounts.guard import the_person
from directory.web.texts import gettext
from directory.web.texts import lazy_gettext as _

KINDS = {
    ActorKind.STAFF: _("staff"),
    ActorKind.PROVIDER: _("provider with an account"),
    ActorKind.CONTACT: _("the contact on record"),
    ActorKind.PUBLIC: _("a visitor without an account"),
    ActorKind.PROGRAM: _("the program"),
}
"""In what part somebody acts."""

_PEOPLE = frozenset({ActorKind.STAFF, ActorKind.PROVIDER})


def myself() -> Actor:
    """Return the coordinator who is signed in."""
    return Actor(kind=ActorKind.STAFF, id=the_person().id)


def names_of_actors(session: Session, actors: Iterable[str]) -> Mapping[str, str]:
    """Return how each of `actors` is called, such as `Ann Lee (staff)`."""
    found = {text: read_actor(text) for text in actors}
    ids = sorted({actor.id for actor in found.values() if actor.kind in _PEOPLE})
    query = select(Person.id, Person.name).where(col(Person.id).in_(ids))
    people = dict(session.exec(query).all())
    return {text: _name(actor, people) for text, actor in found.items()}


def people_of_staff(session: Session) -> Mapping[str, str]:
    """Return the names of all people, by what the history calls them as staff."""
    query = select(Person.id, Person.name).order_by(col(Person.name), col(Person.id))
    return {
        str(Actor(kind=ActorKind.STAFF, id=identifier)): name
        for identifier, name in session.exec(query).all()
    }


def _name(actor: Actor, people: Mapping[str, str]) -> str:
    if actor.kind not in _PEOPLE:
        return str(KINDS[actor.kind])
    name = people.get(actor.id) or gettext("somebody who has no account any more")
    return f"{name} ({KINDS[actor.kind]})"
