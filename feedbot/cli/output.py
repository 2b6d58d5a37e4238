"""What the commands print: tables for people, plain values for `--json`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..events import Progress, unwatched
from ..model import VERDICTS
from ..web.urls import redact, url_key

if TYPE_CHECKING:
    from ..config import Config
    from ..errors import Diagnostic
    from ..model import Dateline, Evidence, Link, Routing
    from ..operations.doctor import Diagnosis
    from ..operations.explain import Account, Preview
    from ..operations.inspection import FoundHeadline, ListingCandidate, SiteInspection
    from ..operations.replay import Move
    from ..operations.retention import RetentionReport
    from ..operations.status import Status
    from ..schedule import Outcome
    from ..schedule.queue import QueueStatus
    from ..store import StoredRevision
    from ..store.publish_delay import Unpublished
    from ..topics import Complaint, Review, TopicReview

LEFT = 8  # links that `preview` tells why they were left; all of them in its JSON
PLACES = 5  # of a revision in `why`; all of them in its JSON
EARNING = 12  # phrases of a topic in `topics`; all of them in its JSON
PIPE_COLUMNS = 200  # columns in a pipe: nobody's screen, so nothing is cut
COLOURS = {
    "ok": "green",
    "new": "cyan",
    "unchanged": "dim",
    "failed": "red",
    "failing": "red",
    "degraded": "yellow",
    "silent": "yellow",
    "revised": "magenta",
    "duplicate": "blue",
}


def _draw(*parts: object) -> str:
    """Renders for where it goes: colours on a terminal only, NO_COLOR obeyed."""
    terminal = sys.stdout.isatty()
    colours = terminal and not os.environ.get("NO_COLOR")
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=colours,
        no_color=not colours,
        width=None if terminal else PIPE_COLUMNS,
        highlight=False,
        soft_wrap=not terminal,
    )
    for part in parts:
        console.print(part, markup=False) if isinstance(part, str) else console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _table(*columns: str, rows: Iterable[Sequence[object]], numbers: Iterable[str] = ()) -> Table:
    table = Table(
        box=None,
        pad_edge=False,
        show_header=any(columns),
        header_style="bold",
        padding=(0, 2, 0, 0),
    )
    for column in columns:
        right = column in set(numbers)
        table.add_column(column, justify="right" if right else "left", no_wrap=right)
    for row in rows:
        table.add_row(*(Text(str(cell), style=COLOURS.get(str(cell), "")) for cell in row))
    return table


def _moment(moment: datetime | None, timezone: str = "") -> str:
    """A moment on the clocks of a time zone; on those of this machine if none is named."""
    zone = ZoneInfo(timezone) if timezone else None
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else "–"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


# --- mistakes ---------------------------------------------------------------------------------


def draw_diagnostics(mistakes: Sequence[Diagnostic]) -> str:
    """Mistakes in the shape of a compiler's: what, where, and what would be right."""
    drawn = []
    for mistake in mistakes:
        key = f"{mistake.key}: " if mistake.key else ""
        lines = [f"error: {key}{mistake.problem}"]
        place = f":{mistake.line}:{mistake.column}" if mistake.line else ""
        lines.append(f" --> {mistake.path}{place}")
        if mistake.help:
            lines.append(f"  = help: {mistake.help}")
        drawn.append("\n".join(lines))
    return "\n\n".join(drawn)


# --- poll -------------------------------------------------------------------------------------


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """The contract of `poll --json`."""
    published = outcome.published
    return {
        "sources": [
            {
                "name": report.source,
                "status": report.status,
                **{verdict: report.count(verdict) for verdict in VERDICTS},
                "failed": len(report.failures),
                "error": report.error,
                "failures": [
                    {"url": f.url, "step": f.step, "problem": f.problem} for f in report.failures
                ],
            }
            for report in outcome.reports
        ],
        "feeds": {
            "written": published.written if published else 0,
            "unchanged": published.unchanged if published else 0,
        },
    }


def outcome_table(outcome: Outcome) -> str:
    """One line a source, and what was published."""
    table = _table(
        "source", "status", *VERDICTS, "failed",
        rows=[
            (r.source, r.status, *(r.count(verdict) for verdict in VERDICTS), len(r.failures))
            for r in outcome.reports
        ],
        numbers=(*VERDICTS, "failed"),
    )  # fmt: skip
    if outcome.published is None:
        return _draw(table)
    done = outcome.published
    return _draw(table, "", f"{done.written} files written, {done.unchanged} unchanged")


def problems(outcome: Outcome) -> list[str]:
    """Everything that failed, each on a line that names it."""
    lines = [f"error: {r.source}: {r.error}" for r in outcome.reports if r.error]
    lines += [
        f"error: {report.source}: {failure.step}: {failure.url}: {failure.problem}"
        for report in outcome.reports
        for failure in report.failures
    ]
    return lines + ([f"error: {outcome.error}"] if outcome.error else [])


def rounds_table(rounds: dict[str, Outcome]) -> str:
    """What each of several rounds of polls found and published."""
    rows = [
        (
            name,
            *(sum(r.count(verdict) for r in outcome.reports) for verdict in VERDICTS),
            sum(len(r.failures) for r in outcome.reports),
            outcome.published.written if outcome.published else 0,
        )
        for name, outcome in rounds.items()
    ]
    numbers = (*VERDICTS, "failed", "files written")
    return _draw(_table("round", *numbers, rows=rows, numbers=numbers))


def topics_table(status: Status, folder: Path | None) -> str:
    """Where each topic's feed is, and how much is in it."""
    rows = [
        (topic.name, state.entries, f"{folder}/{topic.slug}.xml" if folder else topic.slug)
        for topic, state in status.topics
    ]
    return _draw(_table("topic", "entries", "feed", rows=rows, numbers=("entries",)))


# --- why and preview --------------------------------------------------------------------------


def account_json(account: Account) -> dict[str, Any]:
    """The contract of `why --json`."""
    article, names = account.article, {topic.slug: topic.name for topic in account.topics}
    return {
        "url": redact(account.url),
        "title": article.title,
        "text": article.text,
        "html": article.html,
        "published": _iso(account.published.at) if account.published else None,
        "published_from": account.published.origin if account.published else None,
        "place": article.dateline.place if article.dateline else None,
        "agencies": list(article.dateline.agencies) if article.dateline else [],
        "authors": list(article.authors),
        "image": {"url": article.image.url, "alt": article.image.alt} if article.image else None,
        "language": article.language,
        "extracted_by": article.extracted_by,
        "verdict": account.verdict,
        "story": account.story.tag if account.story else None,
        "updated": _iso(account.story.updated) if account.story else None,
        "topics": [_routing_json(to, names) for to in account.routings],
        "copies": [
            {"url": redact(page.url), "source": page.source, "seen": _iso(page.first_seen)}
            for page in account.copies
        ],
        "revisions": [
            {
                "at": _iso(change.at),
                "old_title": change.old_title,
                "title": change.title,
                "difference": change.difference,
            }
            for change in account.changes
        ],
    }


def _routing_json(to: Routing, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": names[to.topic],
        "score": to.score,
        "threshold": to.threshold,
        "routed": to.routed,
        "evidence": [
            {"term": e.term, "where": e.where, "count": e.count, "points": e.points}
            for e in to.evidence
        ],
        "blanked": list(to.blanked),
        "lacking": list(to.lacking),
    }


def account_text(account: Account) -> str:
    """Everything about an article, on one screen."""
    article, story = account.article, account.story
    dateline = article.dateline
    rows = [
        ("url", redact(account.url)),
        ("verdict", account.verdict),
        ("story", f"{story.tag}, updated {_moment(story.updated)}" if story else "not stored"),
        ("published", _published(account)),
        ("place", _place(dateline) if dateline else "–"),
        (
            "text",
            f"{len(article.text.split())} words, found by: {article.extracted_by or 'feedbot'}",
        ),
    ]
    rows += [
        ("also at", f"{redact(page.url)} ({page.source})")
        for page in account.copies
        if page.url_key != url_key(article.url)
    ]
    rows += [row for change in account.changes for row in _revision(change)]
    names = {topic.slug: topic.name for topic in account.topics}
    return _draw(
        Text(article.title, style="bold"), "", *article.paragraphs, "",
        _table("", "", rows=rows), "", _topics(account.routings, names),
    )  # fmt: skip


def _revision(change: StoredRevision) -> Iterator[tuple[str, str]]:
    """What a revision changed, in the form of wdiff: "the [-old-] {+new+} words"."""
    title = f"{change.old_title} → {change.title}" if change.old_title != change.title else "text"
    yield "revised", f"{_moment(change.at)}: {title}"
    places = change.difference["changes"]
    for place in places[:PLACES]:
        old, new = (f"[-{place['old']}-]" if place["old"] else ""), place["new"]
        parts = (place["before"], old, f"{{+{new}+}}" if new else "", place["after"])
        yield "", "… " + " ".join(filter(None, parts)) + " …"
    if len(places) > PLACES:
        yield "", f"… and {len(places) - PLACES} places more, see --json"


def _place(dateline: Dateline) -> str:
    agencies = f" ({'/'.join(dateline.agencies)})" if any(dateline.agencies) else ""
    return f"{dateline.place}{agencies}"


def _published(account: Account) -> str:
    if account.published is None:
        return "not said by the page; a poll would take the time of first sight"
    return f"{_moment(account.published.at)} (from: {account.published.origin})"


def _topics(routings: Sequence[Routing], names: dict[str, str]) -> Text:
    """A block for each topic that the article has a word of, the strongest first; then the rest."""
    drawn = Text()
    width = max((len(names[to.topic]) for to in routings), default=0)
    for to in sorted(routings, key=lambda to: (not to.routed, -to.score / to.threshold, to.topic)):
        if not to.score and not to.blanked:
            continue
        drawn.append(f"{names[to.topic]:{width}}  ", style="bold")
        drawn.append("in " if to.routed else "out", style="green" if to.routed else "yellow")
        drawn.append(f"  {_points(to.score)} of {_points(to.threshold)}")
        if to.score < to.threshold:
            drawn.append(f", {_points(to.threshold - to.score)} short")
        drawn.append("\n")
        for where, evidence in groupby(to.evidence, key=lambda one: one.where):
            drawn.append(f"  {where:9}", style="dim")
            drawn.append(" · ".join(_counted(one) for one in evidence) + "\n")
        for label, phrases in (("blanked", to.blanked), ("lacks", to.lacking)):
            if phrases:
                drawn.append(f"  {label:9}", style="yellow").append(", ".join(phrases) + "\n")
    rest = [names[to.topic] for to in routings if not to.score and not to.blanked]
    if rest:
        drawn.append("no word of  ", style="dim").append(", ".join(rest))
    drawn.rstrip()
    return drawn


def _counted(one: Evidence) -> str:
    """ "Rusland" ×2 +1: the phrase, how often, and its points."""
    times = f" ×{one.count}" if one.count > 1 else ""
    return f"{one.term}{times} {one.points:+.3g}"


def _points(points: float) -> str:
    return f"{points:.3g}"


def preview_json(preview: Preview) -> dict[str, Any]:
    """The contract of `preview --json`."""
    return {
        "url": redact(preview.url),
        "links": [
            {
                "url": redact(link.url),
                "title": link.title,
                "published": _iso(link.published.at) if link.published else None,
                "why": link.why,
            }
            for link in preview.links
        ],
        "left": [
            {"url": redact(link.url), "title": link.title, "why": link.why} for link in preview.left
        ],
        "sponsored": preview.sponsored,
        "learnt": list(preview.learnt),
        "articles": [account_json(account) for account in preview.accounts],
        "failures": [{"url": redact(url), "problem": problem} for url, problem in preview.failures],
    }


def preview_text(preview: Preview) -> str:
    """Links and first articles of a listing, to be judged in ten seconds."""
    zone = preview.timezone
    links = [
        (_moment(link.published.at, zone) if link.published else "–", _name(link), link.why)
        for link in preview.links
    ]
    articles = [
        (
            _moment(account.published.at, zone) if account.published else "–",
            len(account.article.text.split()),
            account.article.extracted_by,
            ", ".join(to.topic for to in account.routings if to.routed) or "–",
            account.article.title,
        )
        for account in preview.accounts
    ]
    columns = ("published", "words", "found by", "topics", "title")
    return _draw(
        f"{len(preview.links)} articles on {redact(preview.url)}; times in {zone}", "",
        _table("published", "title", "why", rows=links), "",
        *_left(preview),
        _table(*columns, rows=articles, numbers=("words",)),
        *(["", *preview.learnt] if preview.learnt else []),
        *(f"failed: {redact(url)}: {problem}" for url, problem in preview.failures),
        *(f"advice: {line}" for line in preview.advice),
    )  # fmt: skip


def _left(preview: Preview) -> Iterator[str | Table]:
    """The links that were left and look most like articles, with what spoke against them."""
    if not preview.left:
        return
    ads = f", {preview.sponsored} of them advertisements" if preview.sponsored else ""
    yield f"{len(preview.left)} other links left out{ads}; the likeliest of them:"
    yield ""
    rows = [(_name(link), link.why) for link in preview.left[:LEFT]]
    yield _table("left out", "why", rows=rows)
    yield ""


def _name(link: Link) -> str:
    return link.title or redact(link.url)


def survey_text(seen: SiteInspection) -> str:
    """The listings of a site, numbered."""
    rows = [
        (number, one.articles, "feed" if one.is_feed else "page", one.label or "–", redact(one.url))
        for number, one in enumerate(seen.listings, start=1)
    ]
    return _draw(_table("", "articles", "kind", "name", "url", rows=rows, numbers=("articles",)))


def listing_text(
    seen: SiteInspection, listing: ListingCandidate, headlines: Sequence[FoundHeadline]
) -> str:
    """What `init` is about to write down: the listing with its first headlines, and the feeds."""
    rows = [
        (f"{one.published:%Y-%m-%d %H:%M}" if one.published else "–", one.title)
        for one in headlines
    ]
    feeds = [f"{seen.name} has a feed of its own: {redact(one.url)}" for one in seen.feeds]
    return _draw(
        f"{seen.name}: {redact(listing.url)}", "",
        _table("published", "title", rows=rows), "",
        *feeds,
    )  # fmt: skip


# --- status and check -------------------------------------------------------------------------


def status_json(status: Status, work: QueueStatus | None) -> dict[str, Any]:
    """The contract of `status --json`; `queue` is there where many processes share the store."""
    return {
        "sources": [
            {
                "name": one.name,
                "health": one.health,
                "evidence": one.evidence,
                "last_poll": _iso(one.state.last_polled),
                "next_poll": _iso(one.state.next_poll) if one.state.next_why else None,
                "next_why": one.state.next_why,
                "last_error": one.state.last_error,
                "articles": one.articles,
            }
            for one in status.sources
        ],
        "topics": [
            {
                "name": topic.name,
                "slug": topic.slug,
                "entries": state.entries,
                "updated": _iso(state.updated),
            }
            for topic, state in status.topics
        ],
        "unpublished": [
            {"process": one.process, "since": _iso(one.since), "problem": one.problem}
            for one in status.unpublished
        ],
        **({"queue": _standing_json(work)} if work else {}),
    }


def _standing_json(work: QueueStatus) -> dict[str, Any]:
    return {
        "workers": work.workers,
        "waiting": work.waiting,
        "doing": work.doing,
        "oldest_due_seconds": work.oldest.total_seconds() if work.oldest else 0,
        "takeovers": work.takeovers,
    }


def _standing_text(work: QueueStatus) -> str:
    late = f"{work.oldest.total_seconds():.0f} s" if work.oldest else "none"
    return (
        f"workers {work.workers}, waiting {work.waiting}, in hand {work.doing},"
        f" longest due {late}, take-overs {work.takeovers}"
    )


def status_text(status: Status, work: QueueStatus | None, now: datetime) -> str:
    """One screen: sources, worst first, then topics."""
    sources = [
        (
            one.name,
            one.health,
            one.articles,
            _moment(one.state.last_polled),
            "now" if one.state.next_poll <= now else _moment(one.state.next_poll),
            one.state.last_error or one.evidence or one.state.next_why,
        )
        for one in status.sources
    ]
    topics = [
        (topic.name, state.entries, _moment(state.updated), f"{topic.slug}.xml")
        for topic, state in status.topics
    ]
    return _draw(
        _table("source", "health", "articles", "last poll", "next poll", "why",
               rows=sources, numbers=("articles",)),
        "",
        _table("topic", "entries", "last change", "feed", rows=topics, numbers=("entries",)),
        *(["", _standing_text(work)] if work else []),
        *(["", *map(_unpublished_text, status.unpublished)] if status.unpublished else []),
    )  # fmt: skip


def _unpublished_text(one: Unpublished) -> str:
    host, _, rest = one.process.partition(":")
    process = f"process {rest.partition(':')[0]} on {host}"
    return f"not published since {_moment(one.since)} by {process}: {one.problem}"


def config_text(config: Config) -> str:
    """What was understood of a configuration."""
    sources = [
        (source.name, redact(" ".join(source.urls)), source.language, f"{minutes:g} min")
        for source in config.sources
        for minutes in [source.polling.interval.total_seconds() / 60]
    ]
    topics = [
        (topic.name, f"{topic.slug}.xml", ", ".join([*topic.any, *topic.all]))
        for topic in config.topics
    ]
    return _draw(
        f"{config.path}: good",
        f"output {config.folder or config.output.output}, served at {redact(config.output.url)}",
        "",
        _table("source", "url", "language", "interval", rows=sources),
        "",
        _table("topic", "feed", "terms", rows=topics),
    )


def complaint_text(complaint: Complaint) -> str:
    """A rule that can hardly be meant, in one line."""
    term = f": {complaint.term}" if complaint.term else ""
    advice = f"; {complaint.help}" if complaint.help else ""
    return f"warning: topic {complaint.topic}{term}: {complaint.problem}{advice}"


def finding_text(finding: Diagnosis) -> str:
    """One thing that was looked at, in a line; a second one says what to do."""
    mark = Text("ok   " if finding.good else "wrong", style="green" if finding.good else "red")
    line = Text.assemble(mark, f"  {finding.about}: {finding.text}")
    return _draw(line, *([f"       help: {finding.help}"] if finding.help else []))


def findings_json(findings: Sequence[Diagnosis]) -> dict[str, Any]:
    """The contract of `doctor --json`."""
    return {
        "findings": [
            {"about": one.about, "good": one.good, "text": one.text, "help": one.help}
            for one in findings
        ]
    }


# --- the rules on stored stories --------------------------------------------------------------


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A bar on a terminal, told how many of how many are done."""
    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def counting(what: str) -> Iterator[Progress]:
    """A bar on a terminal, told how many more are done, and how many more there are to do."""
    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=0)

        def count(done: int, found: int) -> None:
            total = (bar.tasks[0].total or 0) + found
            bar.update(task, advance=done, total=total)

        yield count


def moves_json(moves: Sequence[Move]) -> dict[str, Any]:
    """The contract of `replay --json`."""
    return {
        "moves": [
            {"topic": move.topic, "enters": move.enters, "id": move.tag, "title": move.title}
            for move in moves
        ]
    }


def moves_text(moves: Sequence[Move], config: Config) -> str:
    """What enters (+) and leaves (-) each feed, in the order of the topics."""
    names = {topic.slug: topic.name for topic in config.topics}
    gone = sorted({move.topic for move in moves} - names.keys())
    parts: list[str] = []
    for slug in (*names, *gone):
        mine = [move for move in moves if move.topic == slug]
        if mine:
            entering = sum(move.enters for move in mine)
            parts.append(f"{names.get(slug, slug)}: {entering} enter, {len(mine) - entering} leave")
            parts += [f"  {'+' if move.enters else '-'} {move.title}" for move in mine]
    return "\n".join(parts) or "nothing moves"


def pruned_json(gone: RetentionReport) -> dict[str, Any]:
    """The contract of `prune --json`."""
    return {
        "before": _iso(gone.before),
        "stories": gone.stories,
        "revisions": gone.revisions,
        "bytes": gone.bytes,
    }


def pruned_text(gone: RetentionReport, *, dry_run: bool) -> str:
    """What went, in a sentence."""
    what = f"the texts of {gone.stories} stories, and {gone.revisions} revisions"
    verb = "would free" if dry_run else "freed"
    return f"{verb} {gone.bytes / 1e6:.1f} MB: {what}, from before {gone.before:%Y-%m-%d}"


def review_json(seen: Review) -> dict[str, Any]:
    """The contract of `topics --json`."""
    return {
        "stories": seen.stories,
        "unrouted": seen.unrouted,
        "topics": [
            {
                "name": one.topic.name,
                "entries": one.entries,
                "per_week": round(one.per_week, 2),
                "earning": [
                    {"term": term, "entries": count, "points": points}
                    for term, count, points in one.earning
                ],
                "silent": list(one.silent),
                "near": [
                    {
                        "title": miss.title,
                        "url": miss.url,
                        "score": miss.score,
                        "threshold": miss.threshold,
                    }
                    for miss in one.near
                ],
            }
            for one in seen.topics
        ],
        "suggestions": [{"name": name, "stories": count} for name, count in seen.suggestions],
    }


def review_text(seen: Review) -> str:
    """How the rules do, topic by topic, and what they may lack."""
    parts = [f"{seen.stories} stories, {seen.unrouted} in no topic"]
    parts += [line for one in seen.topics for line in ("", *_reviewed(one))]
    if seen.suggestions:
        names = ", ".join(f"{name} ({count})" for name, count in seen.suggestions)
        parts += ["", f"frequent in stories without a topic: {names}"]
    return "\n".join(parts)


def _reviewed(one: TopicReview) -> Iterator[str]:
    yield f"{one.topic.name}: {one.entries} entries, {one.per_week:.1f} a week"
    if one.earning:
        earning = one.earning[:EARNING]
        yield "  earn   " + ", ".join(f"{term} {points:g}" for term, _, points in earning)
    if one.silent:
        yield "  never  " + ", ".join(one.silent)
    for miss in one.near:
        yield f"  near   {miss.score:g} of {miss.threshold:g}  {miss.title}"
