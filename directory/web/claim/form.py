"""What somebody who claims a listing is asked: about themselves at work, no more."""

from wtforms import EmailField, StringField
from wtforms.validators import InputRequired, Length

from directory.curation.claims import Claimant
from directory.curation.correction.link import read_mail
from directory.interchange.table import read_text
from directory.web.forms.visitor import MISSING, VisitorForm, mailbox, readable
from directory.web.texts import lazy_gettext as _

_LONG = 120


class ClaimForm(VisitorForm):
    """Name, mail address at work, and part in the organization."""

    name = StringField(
        _("Your name"), [InputRequired(MISSING), Length(max=_LONG), readable]
    )
    email = EmailField(
        _("Your work email address"), [InputRequired(MISSING), Length(max=254), mailbox]
    )
    part = StringField(
        _("What you do there"), [InputRequired(MISSING), Length(max=_LONG), readable]
    )

    def claimant(self, network: str) -> Claimant:
        """Return what was filled in, after it was found good.

        `network` is a name of one day for where it was sent from.
        """
        return Claimant(
            name=read_text(self.name.data or ""),
            email=(read_mail(self.email.data or "") or "").lower(),
            part=read_text(self.part.data or ""),
            network=network,
        )
