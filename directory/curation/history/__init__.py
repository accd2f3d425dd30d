"""The history: who did what, and why; it is only ever written."""

from directory.curation.history.chain import Deed, record
from directory.curation.history.event import Action, Event, EventDetail

__all__ = ["Action", "Deed", "Event", "EventDetail", "record"]
