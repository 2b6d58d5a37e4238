"""When the health of sources changed, and to what. What is stored has been told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from ..model import Health, HealthChange
from .records import moment, seconds
from .schema import alert

KEPT = 500  # changes, over all sources


def told(connection: Connection, names: Collection[str]) -> dict[str, Health]:
    """The word that was told last of each source of which there was something to tell."""
    query = select(alert.c.source, alert.c.health).where(alert.c.source.in_(names))
    return {name: health for name, health in connection.execute(query.order_by(alert.c.at))}


def record_told(
    connection: Connection, name: str, health: Health, evidence: str, now: datetime
) -> None:
    """Remembers what is told of a source now."""
    mine = alert.c.source == name
    last = connection.scalar(select(func.max(alert.c.at))) or 0
    # No two at the same second: a feed tells its entries apart by their time.
    row = {"source": name, "at": max(seconds(now), last + 1)}
    connection.execute(alert.insert().values(**row, health=health, evidence=evidence))
    oldest = connection.scalar(
        select(alert.c.at).order_by(alert.c.at.desc()).offset(KEPT - 1).limit(1)
    )
    connection.execute(delete(alert).where(alert.c.at < (oldest or 0), ~mine))


def health_changes(connection: Connection, limit: int) -> Sequence[HealthChange]:
    """The last changes, newest first."""
    query = select(alert).order_by(alert.c.at.desc(), alert.c.source).limit(limit)
    return [
        HealthChange(source=row.source, at=moment(row.at), health=row.health, evidence=row.evidence)
        for row in connection.execute(query)
    ]
