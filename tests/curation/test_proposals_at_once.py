"""A thousand saves of one listing at once: none is lost, and none hides another."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from sqlalchemy import Engine
from sqlmodel import Session, select

from directory.curation.actor import Actor, ActorKind
from directory.curation.history import Action
from directory.curation.history.chain import first_broken
from directory.curation.history.reading import Asked, entries
from directory.curation.proposals import Draft, Proposal, State, propose
from directory.curation.proposals.proposing import VersionConflictError
from directory.curation.records.patch import compared
from directory.curation.records.subject import service_subject
from directory.database import reading, writing
from directory.hsds import Service, Visibility
from tests.builders import rows
from tests.builders.changes import dossier, the_lint
from tests.builders.rows import NOON
from tests.builders.scenes import stage

SAVES, EDITORS = 1_000, 8
IN_STEP = EDITORS + 1
"""How many times all editors send at once what each has read before."""

ABOUT = service_subject("s")


class Desk:
    """A form that lies open before several people at once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.all_have_read = threading.Barrier(EDITORS)
        self.open()

    def open(self) -> None:
        """Open the form anew."""
        self.form = dossier(self.engine, ABOUT)


class Editor(threading.Thread):
    """Sends the form again and again, as fast as it can."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__()
        self.desk = desk
        self.who = Actor(kind=ActorKind.PROVIDER, id=f"p{number}")
        self.saved: list[str] = []
        self.conflicts = 0
        self.failed: list[Exception] = []

    def run(self) -> None:
        """Save a text of one's own each time, made for the version that lies open."""
        for n in range(SAVES // EDITORS):
            try:
                self.save(f"{self.who.id} was here {n} times.", in_step=n < IN_STEP)
            except VersionConflictError:
                self.conflicts += 1
            except Exception as error:  # noqa: BLE001 - whatever went wrong is shown
                self.failed.append(error)

    def save(self, words: str, *, in_step: bool) -> None:
        """Send the form with `words`; soon after they were taken open it anew."""
        held = self.desk.form
        if in_step:
            self.desk.all_have_read.wait()
        draft = Draft(
            subject=ABOUT,
            actor=self.who,
            version=held.version,
            patch=compared("service", "s", held.main, {"description": words}),
        )
        with writing(self.desk.engine) as session:
            propose(session, draft, lint=the_lint(), now=NOON)
        self.saved.append(words)
        # Until then the others send what is out of date.
        time.sleep(0.01)
        self.desk.open()


def test_a_thousand_saves_at_once_lose_none(
    engine: Engine, record_property: Callable[[str, object], None]
) -> None:
    staged = stage(engine, Visibility.PUBLIC)
    rows.save(engine, rows.phone(staged.service))
    the_lint()
    desk = Desk(engine)
    editors = [Editor(desk, n) for n in range(EDITORS)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert [error for editor in editors for error in editor.failed] == []
    saved = [words for editor in editors for words in editor.saved]
    conflicts = sum(editor.conflicts for editor in editors)
    assert len(saved) + conflicts == SAVES
    record_property("figure", f"{SAVES} saves at once: {len(saved)} were first")
    # They met often, and still came through often: each time in step one of them.
    assert len(saved) >= IN_STEP
    assert conflicts >= IN_STEP * (EDITORS - 1)
    with reading(engine) as session:
        assert_one_after_the_other(session, saved)
        # Whom somebody else had overtaken left nothing behind.
        kept = Counter(proposal.state for proposal in session.exec(select(Proposal)))
        assert kept == {State.PUBLISHED: len(saved)}


def assert_one_after_the_other(session: Session, saved: list[str]) -> None:
    """Each save was made of the one before it: as many events as saves and versions."""
    published = entries(session, Asked(actions=(Action.PUBLISH,), limit=SAVES))
    texts = ["A place to sleep."]
    for entry in reversed(published):
        (change,) = entry.told.patch
        assert change.before == {"description": texts[-1]}
        assert change.after is not None
        texts.append(change.after["description"])
    assert sorted(texts[1:]) == sorted(saved)
    assert session.get_one(Service, "s").description == texts[-1]
    assert first_broken(session) is None
