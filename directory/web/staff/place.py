"""How much is shown of a place: less on one person's word, more with two and a paper.

To show less cannot be undone: what was held of the place is gone. So it is shown first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from directory.accounts import Role
from directory.curation.desk.place import Shown, addresses_of, place_patch
from directory.curation.history.alerts import note_hidings
from directory.curation.history.redaction import WHEREABOUTS
from directory.curation.letters.notice import send_notice
from directory.curation.proposals import Draft, Proposal, Risk, State, propose, risk_of
from directory.curation.proposals.proposing import VersionConflictError, sent_before
from directory.curation.records.cells import Cells
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.patch import Patch
from directory.curation.records.showing import hides, narrower, shows_more
from directory.curation.records.subject import service_subject
from directory.database import reading, writing
from directory.errors import InvalidRequestError, RefusedError
from directory.hsds import Visibility
from directory.keys import new_key
from directory.web import labels
from directory.web.accounts.guard import is_fresh, needs
from directory.web.finding import FindingText, finding_texts
from directory.web.record_words import VISIBILITY, cell_text, label_of
from directory.web.site import the_site
from directory.web.staff.acting import myself
from directory.web.staff.blueprint import page
from directory.web.staff.form import Refused, fault_text, typed
from directory.web.staff.seeing import look_at
from directory.web.staff.words import sentence
from directory.web.texts import gettext

_ADDRESS = ("address_1", "address_2", "city", "postal_code")
_PAPER = ("who", "when", "how")
_ZIP = re.compile(r"(\d{5}(-\d{4})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceForm:
    """One place of a service, and what its form holds."""

    id: str
    cells: Cells
    address: Cells
    typed: Mapping[str, str]

    def value(self, field: str) -> str:
        """Return what stands in a field: what was typed, else what is held."""
        return self.typed.get(field, self.cells.get(field, self.address.get(field, "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing(Refused):
    """What would be gone for good: it is shown first, and asked for once more.

    `told` are the fields of the place, each by its name with what it holds.
    """

    place: str
    visibility: str
    told: Sequence[tuple[str, str]]


@page("/staff/services/<service_id>/place", methods=("GET", "POST"))
@needs(Role.COORDINATOR)
def place(service_id: str) -> ResponseReturnValue:
    """Show how much is shown of the places of a service, or change it."""
    with reading(the_site().database) as session:
        dossier = _dossier(session, service_id)
    look_at(dossier.subject, dossier.organization_id)
    if request.method == "GET":
        return _page(service_id)
    try:
        done = _taken(service_id)
    except VersionConflictError as error:
        done = Refused(problem=sentence(error), status=409)
    except InvalidRequestError as error:
        words = "; ".join(map(fault_text, error.errors))
        done = Refused(problem=words, status=422)
    except RefusedError as error:
        done = Refused(problem=sentence(error), status=422)
    if isinstance(done, Refused):
        return _page(service_id, done), done.status
    the_site().postman.nudge()
    if done:
        return redirect(url_for("staff.proposal", proposal_id=done), 303)
    return redirect(url_for("staff.place", service_id=service_id, hidden="yes"), 303)


def _taken(service_id: str) -> str | Refused:
    """Propose what was typed; return the id of what waits, empty if nothing does."""
    site = the_site()
    with writing(site.database) as session:
        before = sent_before(session, myself(), request.form.get("once", ""))
        if before is not None:
            return _address_of(before)
        dossier = _dossier(session, service_id)
        if dossier.version != request.form.get("version", ""):
            raise VersionConflictError(dossier.version)
        patch = _patch(dossier)
        if isinstance(patch, Refused):
            return patch
        refused = _unready(patch) or _unsure(patch)
        if refused is not None:
            return refused
        draft = Draft(
            subject=dossier.subject,
            actor=myself(),
            version=request.form.get("version", ""),
            patch=patch,
            once=request.form.get("once") or None,
            why=typed("why"),
            authorization=_paper() if shows_more(patch) else None,
        )
        made = propose(session, draft, lint=site.lint(), now=site.now())
        if made.risk is Risk.HIGH and made.state is State.WAITING:
            url = site.settings.site_url
            send_notice(session, made, site_url=url, now=site.now())
        if hides(patch):
            note_hidings(session, myself(), now=site.now())
        return _address_of(made)


def _address_of(made: Proposal) -> str:
    return made.id if made.state is State.WAITING else ""


def _patch(dossier: Dossier) -> Patch | Refused:
    where, wanted = request.form.get("place", ""), request.form.get("visibility", "")
    held = dossier.of("location").get(where)
    if held is None:
        abort(404)
    if wanted not in {*Visibility}:
        return Refused(problem=gettext("Say what is to be shown."), status=422)
    if wanted == Visibility.PUBLIC:
        problem = _address_problem()
        if problem:
            return Refused(problem=problem, status=422)
    patch = place_patch(dossier, where, _shown(held, Visibility(wanted)))
    if not patch:
        return Refused(problem=gettext("That is shown already."), status=422)
    return patch


def _address_problem() -> str:
    if not typed("city"):
        return gettext("Type the address, at least the city.")
    if _ZIP.fullmatch(typed("postal_code")) is None:
        return gettext("A ZIP code has five digits.")
    return ""


def _shown(held: Cells, wanted: Visibility) -> Shown:
    """Return what was typed; to show less needs nothing but the choice itself."""
    if wanted in narrower(held["visibility"])[1:]:
        county, region = held["county_fips"], held["region"]
    else:
        county, region = typed("county_fips"), typed("region")
        known = {c.fips: c.region for c in the_site().gazetteer.counties}
        region = known.get(county, region)
    return Shown(
        visibility=wanted,
        county=county,
        region=region,
        address={field: typed(field) for field in _ADDRESS},
    )


def _unready(patch: Patch) -> Refused | None:
    """Return what is still missing before a change can be asked for."""
    if shows_more(patch) and not all(typed(name) for name in _PAPER):
        problem = gettext(
            "To show more takes the provider’s written permission: say who gave it,"
            " on which day, and how."
        )
        return Refused(problem=problem, status=422)
    if risk_of(patch) is Risk.HIGH and not is_fresh():
        return Refused(problem="", status=401, must_verify=True)
    return None


def _unsure(patch: Patch) -> Refused | None:
    """Return what is still missing before a place is forgotten for good.

    Nobody can bring it back, so it takes a reason, somebody who showed lately who they
    are, and a second look at what goes.
    """
    if not hides(patch):
        return None
    if not typed("why"):
        problem = gettext("Say why it must be hidden. Do not write the address.")
        return Refused(problem=problem, status=422)
    if typed("sure") == "yes" and is_fresh():
        return None
    return Erasing(
        problem="",
        status=200 if is_fresh() else 401,
        must_verify=not is_fresh(),
        place=request.form.get("place", ""),
        visibility=request.form.get("visibility", ""),
        told=_erased(patch),
    )


def _erased(patch: Patch) -> Sequence[tuple[str, str]]:
    """Return the fields of a place that are held, and would be held no longer."""
    return [
        (label_of(change.table, field), cell_text(change.table, field, cell))
        for change in patch
        for field, cell in (change.before or {}).items()
        if field in WHEREABOUTS[change.table]
        and cell
        and not (change.after or {}).get(field)
    ]


def _page(service_id: str, refused: Refused | None = None) -> str:
    site = the_site()
    with reading(site.database) as session:
        dossier = _dossier(session, service_id)
        telling = _telling(session, dossier)
    return render_template(
        "staff/place.html",
        dossier=dossier,
        places=_forms(dossier),
        visibilities=VISIBILITY,
        counties=site.gazetteer.counties,
        regions=labels.REGION_NAMES,
        telling=telling,
        hidden=request.args.get("hidden") == "yes",
        refused=refused,
        erasing=refused if isinstance(refused, Erasing) else None,
        once=request.form.get("once") or new_key(),
        typed=typed,
    )


def _forms(dossier: Dossier) -> Sequence[PlaceForm]:
    sent = request.form.get("place", "")
    return [
        PlaceForm(
            id=identifier,
            cells=cells,
            address=next(iter(addresses_of(dossier, identifier).values()), {}),
            typed=request.form if identifier == sent else {},
        )
        for identifier, cells in sorted(dossier.of("location").items())
    ]


def _telling(session: Session, dossier: Dossier) -> Sequence[FindingText]:
    """Return the texts that may still tell where a place is that is hidden."""
    places = dossier.of("location").values()
    if all(cells["visibility"] == Visibility.PUBLIC for cells in places):
        return ()
    found = the_site().lint().telling(session, dossier.organization_id)
    return finding_texts(found)


def _dossier(session: Session, service_id: str) -> Dossier:
    found = read_dossier(session, service_subject(service_id))
    if found is None:
        abort(404)
    return found


def _paper() -> str:
    """Return who allowed to show more, when and how, as it is kept."""
    return ", ".join(typed(name) for name in _PAPER)
