"""Words for what became of what a provider sent."""

from directory.web.texts import lazy_gettext as _

STATES = {
    "waiting": _("Waiting"),
    "published": _("Public"),
    "refused": _("Not taken"),
    "withdrawn": _("Taken back"),
}
