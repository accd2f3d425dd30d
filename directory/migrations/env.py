"""What Alembic runs: the migrations on the connection that it was given."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.types import TypeDecorator
from sqlmodel.sql.sqltypes import AutoString

from directory.errors import DatabaseUnavailableError
from directory.hsds import Row


def _render_item(
    kind: str,
    item: Any,  # noqa: ANN401 - Alembic passes schema items and types alike
    _context: AutogenContext,
) -> str | Literal[False]:
    """Write the plain SQLAlchemy type into a migration instead of our own."""
    if kind == "type" and isinstance(item, AutoString | TypeDecorator):
        return f"sa.{item.load_dialect_impl(DefaultDialect())!r}"
    return False


def _run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # A batch change replaces a table, which foreign keys would refuse. SQLite
        # heeds this pragma only outside a transaction, so the driver is told itself.
        _tell_sqlite(connection, "PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_as_batch=sqlite,
        render_item=_render_item,
        compare_type=True,
        # Alembic holds that SQLite cannot take back DDL; as we begin transactions, it
        # can, and what fails half-way leaves nothing behind.
        transactional_ddl=True,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                msg = "The tables were left as they are: there are rows that point to nothing."
                raise DatabaseUnavailableError(msg)
    finally:
        # A connection that went back to the pool with this off would heed no foreign
        # key, and the pragma is not heeded where a transaction is still open.
        connection.rollback()
        if sqlite:
            _tell_sqlite(connection, "PRAGMA foreign_keys=ON")


def _tell_sqlite(connection: Connection, pragma: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(pragma)


_run(context.config.attributes["connection"])
