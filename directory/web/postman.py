"""The postman: a thread of the serving process that sends what waits in the outbox."""

import datetime as dt
import logging
import threading
from dataclasses import dataclass

from sqlalchemy import Engine

from directory.mail import Mailer, deliver
from directory.web.incident import report

_ROUND_SECONDS = 60
_logger = logging.getLogger("aftercare")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """A thread that is on its way, and what it hears."""

    thread: threading.Thread
    bell: threading.Event
    end: threading.Event

    def goes_on(self) -> bool:
        """Tell whether it is alive; after a fork it is not, in the new process."""
        return self.thread.is_alive()


class Postman:
    """Delivers letters when it is nudged, and every minute after that.

    Without a mailer it does nothing. Several processes may each have one: a letter is
    taken by one of them.
    """

    def __init__(self, database: Engine, mailer: Mailer | None) -> None:
        self._database = database
        self._mailer = mailer
        self._walk: _Walk | None = None
        self._starting = threading.Lock()
        self._trouble: str | None = None

    def nudge(self) -> None:
        """Say that a letter waits. It is sent later, by another thread.

        To be called after the transaction that wrote it. No request waits for this,
        and none fails with it: the letter is in the outbox, whatever happens here.
        """
        if self._mailer is None:
            return
        if self._walk is None or not self._walk.goes_on():
            self._start(self._mailer)
        if self._walk is not None:
            self._walk.bell.set()

    def stop(self) -> None:
        """Wait for one last round; what was nudged for before has then been tried.

        To be called before the database is closed for good. A nudge starts it again.
        """
        if self._walk is not None and self._walk.goes_on():
            self._walk.end.set()
            self._walk.bell.set()
            self._walk.thread.join()

    def _start(self, mailer: Mailer) -> None:
        # Who finds another at it need not wait: that one starts with a round.
        if not self._starting.acquire(blocking=False):
            return
        try:
            bell, end = threading.Event(), threading.Event()
            thread = threading.Thread(
                target=self._go, args=(mailer, bell, end), name="postman", daemon=True
            )
            # Its bell can be rung from now on, so that no nudge of others is lost.
            self._walk = _Walk(thread=thread, bell=bell, end=end)
            thread.start()
        except RuntimeError as error:
            report("the start of the postman", error)
        finally:
            self._starting.release()

    def _go(self, mailer: Mailer, bell: threading.Event, end: threading.Event) -> None:
        while True:
            # Before the round: what is written during it may come too late for it.
            bell.clear()
            self._round(mailer)
            if end.is_set():
                return
            bell.wait(_ROUND_SECONDS)

    def _round(self, mailer: Mailer) -> None:
        try:
            done = deliver(self._database, mailer, dt.datetime.now(dt.UTC))
        except Exception as error:  # noqa: BLE001 - the next round may be luckier
            report("the postman", error)
            return
        # Once, and not every minute until somebody mends it.
        if done.trouble and done.trouble != self._trouble:
            _logger.error("The mail server takes no letters: %s", done.trouble)
        # A round without letters has not asked the server.
        if done.trouble or done.sent or done.refused:
            self._trouble = done.trouble
