"""What an organization is asked that wants to be listed."""

from wtforms import (  # type: ignore[attr-defined] # its types know no SelectChoice
    EmailField,
    Field,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from directory.curation.correction.link import read_link, read_mail
from directory.curation.correction.number import read_number
from directory.curation.joining import Newcomer
from directory.interchange.table import read_text
from directory.keys import new_key
from directory.places import Gazetteer
from directory.web.forms.visitor import MISSING, VisitorForm, mailbox, readable
from directory.web.texts import lazy_gettext as _

_SHORT, _LONG = 200, 2000


class JoinForm(VisitorForm):
    """One organization, what it offers, and where."""

    name = StringField(
        _("Name of the organization"),
        [InputRequired(MISSING), Length(max=_SHORT), readable],
    )
    description = TextAreaField(
        _("What you do, in two or three sentences"),
        [InputRequired(MISSING), Length(max=_LONG), readable],
    )
    website = StringField(_("Your website"), [InputRequired(MISSING)])
    number = TelField(_("The number that people can call"), [InputRequired(MISSING)])
    email = EmailField(
        _("An email address, where we ask whether the listing is right"),
        [InputRequired(MISSING), mailbox],
    )
    county = SelectField(_("Where you help"), [Optional()], validate_choice=True)
    needs = SelectMultipleField(_("What you help with"), [InputRequired(MISSING)])
    once = HiddenField()

    def offer(self, gazetteer: Gazetteer, needs: list[tuple[str, str]]) -> None:
        """Fill in what can be chosen; `needs` are codes with their names."""
        self.county.choices = [
            SelectChoice("", _("All of North Carolina")),
            *(SelectChoice(c.fips, c.name) for c in gazetteer.counties),
        ]
        self.needs.choices = [SelectChoice(code, name) for code, name in needs]
        if not self.once.data:
            self.once.data = new_key()

    def validate_website(self, field: Field) -> None:
        """Refuse what no browser would open."""
        if read_link(field.data) is None:
            raise ValidationError(_("This is no web address, such as example.org."))

    def validate_number(self, field: Field) -> None:
        """Refuse what nobody can dial."""
        if read_number(field.data, "voice") is None:
            raise ValidationError(
                _("This number cannot be dialled. It looks like 919-828-7740.")
            )

    def newcomer(self) -> Newcomer:
        """Return what was filled in, after it was found good."""
        number = read_number(self.number.data or "", "voice")
        return Newcomer(
            name=read_text(self.name.data or ""),
            description=read_text(self.description.data or ""),
            website=read_link(self.website.data or "") or "",
            email=read_mail(self.email.data or "") or "",
            number=number[0] if number else "",
            county=self.county.data or "",
            codes=tuple(self.needs.data or ()),
        )
