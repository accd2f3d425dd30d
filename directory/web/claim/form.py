"""What somebody who claims a listing is asked: about themselves at work, no more."""

from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.curation.claims import Claimant
from directory.interchange.table import read_text
from directory.projection.links import mail_address
from directory.web.texts import lazy_gettext as _

_MISSING = _("Please fill this in.")
_LONG = 120


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """Name, mail address at work, and part in the organization."""

    class Meta:
        """No token: visitors have no cookie that it could be compared with."""

        csrf: ClassVar = False

    name = StringField(_("Your name"), [InputRequired(_MISSING), Length(max=_LONG)])
    email = EmailField(
        _("Your work email address"), [InputRequired(_MISSING), Length(max=254)]
    )
    part = StringField(
        _("What you do there"), [InputRequired(_MISSING), Length(max=_LONG)]
    )

    def validate_email(self, field: EmailField) -> None:
        """Refuse what is no plain mail address."""
        if mail_address((field.data or "").strip()) is None:
            raise ValidationError(
                _("This is not an email address. Write it like name@example.org.")
            )

    def claimant(self) -> Claimant:
        """Return what was filled in. Raises `ValueError` for odd characters."""
        return Claimant(
            name=read_text(self.name.data or ""),
            email=(self.email.data or "").strip().lower(),
            part=read_text(self.part.data or ""),
        )
