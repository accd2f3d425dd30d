"""The rival in SQL: one query over tables with indexes, on SQLite or PostgreSQL.

It does less than the matcher: no questions, no hours, no plan, no count of what was
closed, and a shorter score.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, text

from matcher.attributes import held_answers
from matcher.candidate import ANY, Candidate, Effect, Spoken
from matcher.needs import Needs

_TABLES = """
CREATE TABLE service (id TEXT PRIMARY KEY, statewide INT, complete INT, focus INT);
CREATE TABLE covers (code TEXT, service TEXT);
CREATE TABLE area (fips TEXT, service TEXT);
CREATE TABLE spoken (code TEXT, service TEXT, staff INT);
CREATE TABLE rule (id INT PRIMARY KEY, service TEXT, attribute TEXT, effect TEXT,
                   low INT, high INT);
CREATE TABLE answer (rule INT, value TEXT)
"""
_INDEXES = """
CREATE INDEX covers_code ON covers (code, service);
CREATE INDEX area_fips ON area (fips, service);
CREATE INDEX spoken_code ON spoken (code, service);
CREATE INDEX rule_service ON rule (service, attribute, effect);
CREATE INDEX answer_rule ON answer (rule, value)
"""


def fill(engine: Engine, services: Sequence[Candidate]) -> None:
    """Make the tables and put `services` into them."""
    with engine.begin() as connection:
        _run(connection, _TABLES)
        _put(connection, "service", 4, _services(services))
        _put(
            connection,
            "covers",
            2,
            ((code, s.id) for s in services for code in s.codes),
        )
        _put(
            connection,
            "area",
            2,
            ((fips, s.id) for s in services for fips in s.area.counties),
        )
        _put(
            connection,
            "spoken",
            3,
            (
                (code, s.id, int(how is Spoken.STAFF))
                for s in services
                for code, how in s.languages.items()
            ),
        )
        rules, answers = _rules(services)
        _put(connection, "rule", 6, rules)
        _put(connection, "answer", 2, answers)
        _run(connection, _INDEXES)
    with engine.begin() as connection:
        _run(connection, "ANALYZE")


def match(connection: Connection, needs: Needs) -> list[Any]:
    """Return the ten best services by one query."""
    closed, values = _closed(needs)
    codes = [need.code for need in needs.needs]
    values |= {f"code{n}": code for n, code in enumerate(codes)}
    values |= {"county": needs.county, "language": next(iter(needs.languages), "en")}
    names = ", ".join(f":code{n}" for n in range(len(codes)))
    query = f"""
        WITH scope AS (SELECT service, COUNT(*) AS covered FROM covers
                       WHERE code IN ({names}) GROUP BY service)
        SELECT s.id, scope.covered * 1.0 / {len(codes)}
               + CASE WHEN a.fips IS NOT NULL THEN 1.0 WHEN s.statewide = 1 THEN 0.8
                      ELSE 0.4 END
               + COALESCE(k.staff, 0) + s.focus * 0.5 AS score
        FROM scope JOIN service s ON s.id = scope.service
        LEFT JOIN area a ON a.service = s.id AND a.fips = :county
        LEFT JOIN spoken k ON k.service = s.id AND k.code = :language
        WHERE (a.fips IS NOT NULL OR s.statewide = 1 OR s.complete = 0)
        AND NOT EXISTS (SELECT 1 FROM rule r WHERE r.service = s.id AND ({closed}))
        ORDER BY score DESC, s.id LIMIT 10
    """  # noqa: S608 - only names of parameters are put in
    return list(connection.execute(text(query), values))


def _closed(needs: Needs) -> tuple[str, dict[str, Any]]:
    """Return when a rule closes a door to the person, in SQL."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for number, (attribute, held) in enumerate(held_answers(needs.person).items()):
        if attribute == "victimization":
            continue
        names = []
        for place, value in enumerate(sorted(held)):
            values[f"v{number}_{place}"] = value
            names.append(f":v{number}_{place}")
        among = ", ".join(names)
        has = f"EXISTS (SELECT 1 FROM answer a WHERE a.rule = r.id AND a.value IN ({among}))"  # noqa: S608, E501 - only names of parameters
        conditions.append(
            f"(r.attribute = '{attribute}' AND ((r.effect = 'requires' AND NOT {has})"
            f" OR (r.effect = 'excludes' AND {has})))"
        )
    ages = needs.person.ages
    if ages is not None:
        values |= {"young": ages[0], "old": ages[1]}
        conditions.append("(r.attribute = 'age' AND (r.low > :old OR r.high < :young))")
    return " OR ".join(conditions) or "1 = 0", values


def _services(services: Iterable[Candidate]) -> Iterator[tuple[object, ...]]:
    for s in services:
        yield s.id, int(s.area.statewide), int(s.area.complete), int(s.focus)


def _rules(
    services: Iterable[Candidate],
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    rules: list[tuple[object, ...]] = []
    answers: list[tuple[object, ...]] = []
    for service in services:
        for rule in service.rules:
            if not rule.firm or ANY in rule.values or rule.effect is Effect.PREFERS:
                continue
            number = len(rules)
            low, high = rule.minimum or 0, rule.maximum or 10_000
            rules.append(
                (number, service.id, rule.attribute, rule.effect.value, low, high)
            )
            answers.extend((number, value) for value in rule.values)
    return rules, answers


def _put(
    connection: Connection, table: str, width: int, rows: Iterable[tuple[object, ...]]
) -> None:
    names = [f"c{n}" for n in range(width)]
    marks = ", ".join(f":{name}" for name in names)
    given = [dict(zip(names, row, strict=True)) for row in rows]
    if given:
        statement = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 - our own names
        connection.execute(text(statement), given)


def _run(connection: Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(text(statement))
