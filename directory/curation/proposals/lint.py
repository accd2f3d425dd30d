"""Asks of a change what `aftercare check` asks of the whole directory."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from directory.curation.merging import carry_out, mergers_in
from directory.curation.records.cells import BY_NAME, values_of
from directory.curation.records.dossier import Dossier, read_dossier
from directory.curation.records.patch import Patch, PatchRefusedError
from directory.curation.records.showing import hides
from directory.curation.records.subject import (
    SubjectKind,
    organization_subject,
    service_subject,
)
from directory.errors import FieldError, InvalidRequestError
from directory.hsds import Organization, Service
from directory.interchange.check import check_package
from directory.interchange.checks import secrecy
from directory.interchange.finding import Finding, Severity
from directory.interchange.package import Package, Row
from directory.places import Gazetteer

_WHOLE = SubjectKind.ORGANIZATION
_SECRECY = frozenset(rule.name for rule in secrecy.RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """The checks, with what they compare records with.

    `codes` are the codes of the vocabulary by the id of their term.
    """

    gazetteer: Gazetteer
    codes: Mapping[str, str]

    def refuse_errors(
        self, session: Session, organization_id: str, patch: Patch
    ) -> None:
        """Raise `InvalidRequestError` for errors that `patch` would bring in.

        What was wrong before is no fault of the patch. A place can always be hidden,
        even if a text still tells of it: `telling` finds such a text.
        """
        allowed = _SECRECY if hides(patch) else frozenset[str]()
        after = self._errors_after(session, organization_id, patch)
        found = [finding for finding in after if finding.rule not in allowed]
        # Most changes bring in nothing, and need no look at what was there before.
        if not found:
            return
        merged = {m.gone_id for m in mergers_in(patch) if m.kind is _WHOLE}
        owners = (organization_id, *sorted(merged))
        before = {_key(f) for o in owners for f in self._errors(session, o)}
        new = [finding for finding in found if _key(finding) not in before]
        if new:
            raise InvalidRequestError([_told(finding) for finding in new])

    def telling(self, session: Session, organization_id: str) -> list[Finding]:
        """Return the texts of an organization that may tell where a place is."""
        errors = self._errors(session, organization_id)
        return [finding for finding in errors if finding.rule in _SECRECY]

    def _errors_after(
        self, session: Session, organization_id: str, patch: Patch
    ) -> list[Finding]:
        """Return the errors that there would be, and leave everything as it is."""
        try:
            with session.begin_nested() as trial:
                carry_out(session, patch)
                after = self._errors(session, organization_id)
                trial.rollback()
        except PatchRefusedError as error:
            refused = FieldError(field="", message=error.sentence)
            raise InvalidRequestError([refused]) from error
        session.expire_all()
        return after

    def _errors(self, session: Session, organization_id: str) -> list[Finding]:
        package = package_of(session, organization_id)
        findings = check_package(package, gazetteer=self.gazetteer, codes=self.codes)
        return [f for f in findings if f.severity is Severity.ERROR]


def package_of(session: Session, organization_id: str) -> Package:
    """Return the records of one organization as a data package."""
    ids = session.exec(
        select(Service.id).where(Service.organization_id == organization_id)
    ).all()
    subjects = [organization_subject(organization_id), *map(service_subject, ids)]
    found = [read_dossier(session, subject) for subject in subjects]
    rows: dict[str, dict[str, Row]] = {name: {} for name in BY_NAME}
    for dossier in found:
        if dossier is not None:
            _add(rows, dossier)
    _add_neighbours(session, rows)
    return Package(rows={name: list(some.values()) for name, some in rows.items()})


def _add(rows: dict[str, dict[str, Row]], dossier: Dossier) -> None:
    for table, records in dossier.records.items():
        for identifier, cells in records.items():
            values = {"id": identifier, **values_of(table, cells)}
            rows[table][identifier] = Row(number=len(rows[table]) + 1, values=values)


def _add_neighbours(session: Session, rows: dict[str, dict[str, Row]]) -> None:
    """Add organizations that records point at: the parent, who lends a place."""
    wanted = {
        str(row.values[field])
        for table, field in (
            ("organization", "parent_organization_id"),
            ("location", "organization_id"),
        )
        for row in list(rows[table].values())
        if row.values.get(field)
    }
    for identifier in sorted(wanted - rows["organization"].keys()):
        organization = session.get(Organization, identifier)
        if organization is not None:
            values = {f: getattr(organization, f) for f in Organization.model_fields}
            values["parent_organization_id"] = None
            number = len(rows["organization"]) + 1
            rows["organization"][identifier] = Row(number=number, values=values)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.rule, finding.id, finding.field, finding.message)


def _told(finding: Finding) -> FieldError:
    table = next(n for n, t in BY_NAME.items() if t.file == finding.file)
    return FieldError(field=f"{table}.{finding.field}", message=finding.message)
