"""The form of a listing: what it asks, what was typed, and what is wrong with that."""

from directory.web.portal.forms.book import the_book
from directory.web.portal.forms.form import ListingForm
from directory.web.portal.forms.sent import SentForm, read_sent

__all__ = ["ListingForm", "SentForm", "read_sent", "the_book"]
