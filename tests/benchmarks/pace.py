"""How late news is found at the same number of visits, beside other ways to spend them.

python -m tests.benchmarks.pace
"""

from __future__ import annotations

from tests.world import compare

SEEDS = (0, 1)  # nothing is tuned on either of them
MOST_OF_FIXED = 0.50
MOST_OF_OPTIMUM = 1.12


def main() -> list[str]:
    """Prints the table; what is later than promised."""
    short: list[str] = []
    print(
        f"{'seed':>4}  {'way':9}  {'visits/h':>8}  {'mean min':>8}  {'p95':>6}  {'/ fixed':>7}  {'/ opt':>6}"
    )
    for seed in SEEDS:
        done = compare(seed, sites=300, days=28, warm=14)
        for way in ("fixed", "miniflux", "feedbot", "optimum"):
            score = getattr(done, way)
            fixed, optimum = score.mean / done.fixed.mean, score.mean / done.optimum.mean
            print(
                f"{seed:4}  {way:9}  {score.visits:8.1f}  {score.mean:8.2f}  {score.p95:6.1f}"
                f"  {fixed:7.3f}  {optimum:6.3f}"
            )
            if way == "feedbot" and fixed > MOST_OF_FIXED:
                short.append(f"pace: {fixed:.3f} of the delay of a fixed interval")
            if way == "feedbot" and optimum > MOST_OF_OPTIMUM:
                short.append(f"pace: {optimum:.3f} times the delay at known rates")
    return short
