"""Letters: what is to be sent by mail, how it goes out, and what comes back."""

from directory.mail.bounce import note_bounce, read_bounce
from directory.mail.delivery import Delivered, deliver, waiting, waiting_since
from directory.mail.letter import Letter, LetterKind
from directory.mail.mailer import Mailer, open_mailer
from directory.mail.outbox import post
from directory.mail.outdated import OUTDATED

__all__ = [
    "OUTDATED",
    "Delivered",
    "Letter",
    "LetterKind",
    "Mailer",
    "deliver",
    "note_bounce",
    "open_mailer",
    "post",
    "read_bounce",
    "waiting",
    "waiting_since",
]
