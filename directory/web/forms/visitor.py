"""What the forms of visitors have in common: they bear no token, and no odd characters.

A visitor has no cookie that a token could be compared with.
"""

from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

from directory.curation.correction.link import read_mail
from directory.interchange.table import read_text
from directory.web.texts import lazy_gettext as _

MISSING = _("Please fill this in.")


class VisitorForm(FlaskForm):  # type: ignore[misc]
    """A form that anybody may send."""

    class Meta:
        """No token."""

        csrf: ClassVar = False


def readable(_form: FlaskForm, field: Field) -> None:
    """Refuse characters that nobody sees."""
    try:
        read_text(field.data or "")
    except ValueError:
        raise ValidationError(_("Some letters could not be read.")) from None


def mailbox(_form: FlaskForm, field: Field) -> None:
    """Refuse what mail cannot be sent to."""
    if read_mail(field.data or "") is None:
        raise ValidationError(
            _("This is not an email address. Write it like name@example.org.")
        )
