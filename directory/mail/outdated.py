"""Letters that waited too long: what their links lead to is not there any more.

A letter may have been written before the site had its address, or before there was a
server that takes letters. Whoever got it then would find nothing, and seem silent.
"""

import datetime as dt
import re

from directory.mail.letter import Letter

EXPIRED = "expired"
"""The links of a letter open nothing any more."""
ELSEWHERE = "elsewhere"
"""The links of a letter lead to another site than ours."""
OUTDATED = frozenset({EXPIRED, ELSEWHERE})
"""Why a letter was never sent, as the codes of `Letter.failure`."""

_OURS = re.compile(r"https?://[^\s/]+(?=/(?:es/)?(?:portal|account)/)")
"""How a link begins that opens something; other addresses may be quoted in a letter."""


def why_outdated(letter: Letter, site_url: str, now: dt.datetime) -> str | None:
    """Return why `letter` is not to be sent from the site at `site_url`, if so."""
    if letter.expires_at is not None and now >= letter.expires_at:
        return EXPIRED
    sites = set(_OURS.findall(letter.text))
    return ELSEWHERE if sites - {site_url} else None
