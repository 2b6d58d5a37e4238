"""When the health of sources changed, and to what. Of what is stored the operator was alerted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from ..model import Health, HealthChange
from .records import moment, seconds
from .schema import alert

KEPT = 500  # changes that are kept, over all sources


def last_alerts(connection: Connection, names: Collection[str]) -> dict[str, Health]:
    """The health of which the operator was alerted last, by source; none of others."""
    query = select(alert.c.source, alert.c.health).where(alert.c.source.in_(names))
    return {name: health for name, health in connection.execute(query.order_by(alert.c.at))}


def record_alert(
    connection: Connection, name: str, health: Health, evidence: str, now: datetime
) -> None:
    """Remembers that the operator is alerted of the health of a source."""
    mine = alert.c.source == name
    last = connection.scalar(select(func.max(alert.c.at))) or 0
    # Each has its own second, which is part of its entry id in health.xml.
    row = {"source": name, "at": max(seconds(now), last + 1)}
    connection.execute(alert.insert().values(**row, health=health, evidence=evidence))
    oldest = connection.scalar(
        select(alert.c.at).order_by(alert.c.at.desc()).offset(KEPT - 1).limit(1)
    )
    connection.execute(delete(alert).where(alert.c.at < (oldest or 0), ~mine))


def health_changes(connection: Connection, limit: int, source: str = "") -> Sequence[HealthChange]:
    """The last `limit` changes, of all sources or of one, newest first."""
    query = select(alert).order_by(alert.c.at.desc(), alert.c.source).limit(limit)
    if source:
        query = query.where(alert.c.source == source)
    return [
        HealthChange(source=row.source, at=moment(row.at), health=row.health, evidence=row.evidence)
        for row in connection.execute(query)
    ]
