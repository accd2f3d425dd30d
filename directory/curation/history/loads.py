"""Loads of data packages, as the history keeps them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict

from sqlmodel import Session

from directory.curation.actor import PROGRAM
from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action
from directory.interchange.load import Loaded


def noted_as(package: str, *, now: dt.datetime) -> Callable[[Session, Loaded], None]:
    """Return what records a load of the folder that is called `package`."""

    def note(session: Session, loaded: Loaded) -> None:
        deed = Deed(
            actor=PROGRAM,
            action=Action.LOAD,
            subject="directory",
            facts={"package": package, **asdict(loaded)},
        )
        record(session, deed, now=now)

    return note
