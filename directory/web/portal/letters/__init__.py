"""Pages that the links of letters open: confirm, object, tell how much room there is.

To open one changes nothing: programs that guard mailboxes open every link.
"""

from directory.web.portal.letters.confirm import confirm, confirm_own
from directory.web.portal.letters.objection import objection
from directory.web.portal.letters.room import room, room_by_link

__all__ = ["confirm", "confirm_own", "objection", "room", "room_by_link"]
