"""The words that the desk puts in the place of codes."""

import datetime as dt

from directory.curation.history import Action
from directory.curation.proposals import Risk, State
from directory.curation.proposals.review import AnsweredError
from directory.curation.verification import Reason
from directory.errors import RefusedError
from directory.mail import LetterKind
from directory.web.labels import REPORTS
from directory.web.room import UNITS
from directory.web.texts import gettext, translated
from directory.web.texts import lazy_gettext as _

RISKS = {
    Risk.LOW: _("low: it can be taken back"),
    Risk.REVIEW: _("medium: somebody else has to look"),
    Risk.HIGH: _("high: a wrong one sends people astray"),
}
"""How much harm a change could do."""

STATES = {
    State.WAITING: _("Waiting"),
    State.PUBLISHED: _("Public"),
    State.REFUSED: _("Refused"),
    State.WITHDRAWN: _("Taken back by who asked"),
}

ACTIONS = {
    Action.PROPOSE: _("asked for a change"),
    Action.PUBLISH: _("changed, public at once"),
    Action.APPROVE: _("agreed to a change"),
    Action.REFUSE: _("refused a change"),
    Action.WITHDRAW: _("took a request back"),
    Action.OBJECT: _("said: this did not come from us"),
    Action.REVERT: _("undid a change"),
    Action.CONFIRM: _("confirmed"),
    Action.ROOM: _("told how much room there is"),
    Action.REMIND: _("was asked by email"),
    Action.SILENCE: _("no answer to an email"),
    Action.BOUNCE: _("an email did not arrive"),
    Action.REPORT: _("users reported"),
    Action.SETTLE: _("looked into it"),
    Action.CLAIM: _("claim of a listing"),
    Action.MERGE: _("merged two listings"),
    Action.DISTINGUISH: _("two listings are not the same"),
    Action.LOAD: _("loaded a data package"),
    Action.VIEW: _("looked at a hidden listing"),
    Action.ALERT: _("alert"),
    Action.REDACT: _("took a hidden place out of the history"),
    Action.ACCOUNT: _("changed an account"),
    Action.RESTORE: _("put a backup back"),
}
"""What was done, as the history tells it."""

REASONS = {
    Reason.NEW: _("never confirmed"),
    Reason.ROOM: _("room has run out of date"),
    Reason.RECORD: _("confirmed more than 180 days ago"),
    Reason.HOURS: _("hours confirmed more than 90 days ago"),
}
"""Why a listing is stale."""

LETTERS = {
    LetterKind.VERIFICATION: _("Is the listing still right?"),
    LetterKind.NOTICE: _("Notice of a change that was asked for"),
    LetterKind.CLAIM: _("Question about a claim"),
    LetterKind.ACCOUNT: _("Email about an account"),
}

FAILURES = {
    "expired": _("it waited until its links opened nothing any more, and was not sent"),
    "elsewhere": _("it was written for another address of this site, and was not sent"),
    "unsendable": _("it cannot be written to that address"),
}
"""Why a letter did not arrive, where it is not the number that a mail server gave."""

FACTS = {
    "proposal": _("Change"),
    "event": _("It undoes"),
    "by": _("Who asked"),
    "risk": _("Risk"),
    "state": _("Status"),
    "authorization": _("Who allowed to show more"),
    "checked": _("How it was made sure"),
    "called": _("Called the number that was public, and they agreed"),
    "kind": _("What was reported"),
    "as": _("Answer"),
    "reports": _("Reports"),
    "available": _("Free"),
    "waitlist": _("Waiting list"),
    "unit": _("What is counted"),
    "package": _("Package"),
    "made": _("New"),
    "changed": _("Changed"),
    "same": _("The same"),
    "count": _("Emails without an answer"),
    "views": _("Hidden listings looked at"),
    "hidings": _("Places hidden"),
    "doubted": _("Listings and numbers that became doubted in public that day"),
    "stopped": _("Changes that were stopped"),
    "public": _("Changes that became public before"),
    "minutes": _("Within minutes"),
    "sent_on": _("The provider sent it on"),
    "undone": _("Changes undone"),
    "did": _("What was done"),
}
"""What is told with an event. The rest is for programs."""

FACT_VALUES = {
    **{code.value: words for code, words in RISKS.items()},
    **{code.value: words for code, words in STATES.items()},
    **REPORTS,
    **UNITS,
    "confirmed": _("It is true"),
    "dismissed": _("It is not true"),
    "provider": _("the provider"),
    "staff": _("our staff"),
    "True": _("Yes"),
    "False": _("No"),
    "invited": _("invited"),
    "role_given": _("given a role"),
    "role_taken": _("a role taken away"),
    "membership_given": _("given an organization"),
    "membership_taken": _("an organization taken away"),
    "disabled": _("account closed"),
    "enabled": _("account opened again"),
    "signed_out": _("signed out everywhere"),
    "totp_reset": _("may set up another app for codes"),
}
"""The words for what stands there as a code."""

FLAGS = {
    "silence": _("has not answered our last %(count)s emails"),
    "bounce": _("our email does not arrive"),
}


def sentence(error: RefusedError) -> str:
    """Return why something cannot be done."""
    if isinstance(error, AnsweredError):
        return gettext(error.sentence.template, state=STATES[error.state])
    return translated(error.sentence)


def age_text(since: dt.datetime, now: dt.datetime) -> str:
    """Return how long something has waited, in hours or days."""
    age = now - since
    if age < dt.timedelta(hours=1):
        return gettext("less than an hour")
    if age < dt.timedelta(days=2):
        return gettext("%(hours)s h", hours=int(age.total_seconds() // 3600))
    return gettext("%(days)s days", days=age.days)
