"""The quality floors of identity hold on a small part of what `make quality` measures."""

from __future__ import annotations

from tests.quality import identity


def test_the_floors_hold_and_beat_a_simhash() -> None:
    found = list(identity.pairs(50))
    shares = identity.shares(identity.feedbot, found)
    assert identity.short(shares) == []
    simhash = identity.shares(identity.simhash(3), found)
    assert all(shares[kind] >= simhash[kind] for kind in identity.FLOORS)
    assert sum(simhash[kind] for kind in identity.FLOORS) < len(identity.FLOORS) / 2
