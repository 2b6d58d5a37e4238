"""What the commands print: text for people, JSON-ready values for `--json`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..events import Progress, unwatched
from ..model import VERDICTS
from ..web.urls import redact, story_key
from .drawing import draw, line_width, tabulate
from .parts import Line, Marked, Part

if TYPE_CHECKING:
    from ..config import Config
    from ..errors import Diagnostic
    from ..model import Article, Dateline, Evidence, Link, Routing
    from ..operations.doctor import Diagnosis
    from ..operations.explain import Account, Preview
    from ..operations.inspection import FoundHeadline, ListingCandidate, SiteInspection
    from ..operations.replay import Move
    from ..operations.retention import RetentionReport
    from ..operations.status import SourceHealth, Status
    from ..publish import Published
    from ..schedule import Outcome
    from ..schedule.queue import QueueStatus
    from ..store import StoredRevision
    from ..store.publish_delay import Unpublished
    from ..topics import Complaint, Review, TopicReview

LEFT = 8  # ignored links that `preview` explains; its JSON has all of them
PLACES = 5  # changed places of a revision that `why` shows; its JSON has all of them
EARNING = 12  # phrases of a topic that `topics` shows; its JSON has all of them
POLL_WIDTH = 72  # columns that all numbers of a poll need, beside a name
WIDE = 120  # columns from which `status` gives each reason in the source's own line
BELOW: Any = {"initial_indent": "  ", "subsequent_indent": "  ", "break_on_hyphens": False}
REST_OF_TOPICS = 22  # columns of a line of `status` beside the topic's name
REST_OF_STATUS = 47  # columns of a line of `status` beside the source's name


def _moment(moment: datetime | None, timezone: str = "") -> str:
    """Date and time in a time zone; without a name, in that of this machine."""
    zone = ZoneInfo(timezone) if timezone else None
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else "–"


def relative_time(moment: datetime | None, now: datetime) -> str:
    """How far away a moment is: "in 35 min", "2 h ago", "now"; "never" for None."""
    if moment is None:
        return "never"
    minutes = round(abs(moment - now) / timedelta(minutes=1))
    if not minutes:
        return "now"
    span = f"{minutes} min"
    if minutes >= 90:
        span = f"{minutes / 60:.0f} h" if minutes < 36 * 60 else count(round(minutes / 1440), "day")
    return f"in {span}" if moment > now else f"{span} ago"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 link", "2 links", "2 entries"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


# --- mistakes ---------------------------------------------------------------------------------


def draw_diagnostics(mistakes: Sequence[Diagnostic]) -> str:
    """Configuration errors as compilers show them: what is wrong, where, and how to correct it."""
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
    """The value that `poll --json` prints."""
    published = outcome.published
    return {
        "sources": [
            {
                "name": report.source,
                "status": report.status,
                **{verdict: report.count(verdict) for verdict in VERDICTS},
                "failed": len(report.failures),
                "left": report.left,
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


def _poll_numbers(outcome: Outcome, *, is_wide: bool) -> dict[str, list[int]]:
    """The numbers that are shown of each source, by column."""
    counts: dict[str, list[int]] = {
        verdict: [one.count(verdict) for one in outcome.reports] for verdict in VERDICTS
    }
    counts["failed"] = [len(one.failures) for one in outcome.reports]
    return {name: found for name, found in counts.items() if is_wide or name == "new" or any(found)}


def outcome_table(outcome: Outcome, width: int | None = None) -> str:
    """One line per source, then what was published.

    Where `width`, else the terminal, is narrow, numbers that are 0 for every source are left out.
    """
    numbers = _poll_numbers(outcome, is_wide=(width or line_width()) >= POLL_WIDTH)
    about = [(r.source, r.status) for r in outcome.reports]
    rows = [(*who, *counts) for who, *counts in zip(about, *numbers.values(), strict=True)]
    table = tabulate("source", "status", *numbers, rows=rows, numbers=numbers)
    left = [
        f"{r.source}: {count(r.left, 'article')} left unread, for the next poll"
        for r in outcome.reports
        if r.left
    ]
    done = [published_text(outcome.published)] if outcome.published else []
    return draw(table, *([""] if left or done else []), *left, *done)


def next_steps(config: Config) -> str:
    """What to do after the first poll."""
    where = f"{config.folder}/index.html" if config.folder else config.output.url
    return (
        f"\nNext: open {where}, or look at it with `feedbot serve`;"
        " `feedbot run` keeps it up to date."
    )


def id_warnings(config: Config) -> Iterator[str]:
    """A warning if ids would hold the name of this machine, which is bound to change."""
    authority = config.output.authority
    if authority == "localhost" or not any(sign.isalpha() for sign in authority):
        yield (
            f"warning: ids of entries and feeds would hold {authority!r}, and change once the feeds"
            ' move; write authority = "example.org" in [feeds], with a domain of yours'
        )


def gone_warnings(slugs: Sequence[str]) -> Iterator[str]:
    """A warning for each topic that is gone, and whose subscribers are led nowhere."""
    for slug in slugs:
        yield (
            f'warning: topic {slug} is gone, and {slug}.xml ends; write was = "{slug}" in the'
            " topic that takes its place, or delete its files with `feedbot publish --prune`"
        )


def published_text(done: Published) -> str:
    """How many files were written, in a sentence."""
    return f"{count(done.written, 'file')} written, {done.unchanged} unchanged"


def warnings(done: Published | None) -> list[str]:
    """One line for each thing that the operator should know of what was published."""
    return [f"warning: {warning}" for warning in done.warnings] if done else []


def problems(outcome: Outcome) -> list[str]:
    """One line for each thing that failed."""
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
    return draw(tabulate("round", *numbers, rows=rows, numbers=numbers))


def topics_table(status: Status, folder: Path | None) -> str:
    """Where each topic's feed is, and how many entries it has."""
    rows = [
        (topic.name, state.entries, f"{folder}/{topic.slug}.xml" if folder else topic.slug)
        for topic, state in status.topics
    ]
    return draw(tabulate("topic", "entries", "feed", rows=rows, numbers=("entries",)))


# --- why and preview --------------------------------------------------------------------------


def account_json(account: Account) -> dict[str, Any]:
    """The value that `why --json` prints."""
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
        "origins": asdict(article.origins),
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
    """Everything about an article, for people."""
    article, story = account.article, account.story
    dateline, words = article.dateline, count(len(article.text.split()), "word")
    rows = [
        ("url", redact(account.url)),
        ("verdict", account.verdict),
        ("story", f"{story.tag}, updated {_moment(story.updated)}" if story else "not stored"),
        ("published", _published(account)),
        ("place", _place(dateline) if dateline else "–"),
        *_known_of(article),
        ("text", f"{words}, found by: {_found_by(article) or 'feedbot'}"),
    ]
    rows += [
        ("also at", f"{redact(page.url)} ({page.source})")
        for page in account.copies
        if page.url_key != story_key(article.url)
    ]
    rows += [row for change in account.changes for row in _revision(change)]
    names = {topic.slug: topic.name for topic in account.topics}
    return draw(
        [Marked(article.title, "bold")], "", *article.paragraphs, "",
        tabulate("", "", rows=rows), "", *_topics(account.routings, names),
    )  # fmt: skip


def _found_by(article: Article) -> str:
    """What found the text, and where that is not one page: "generic (3 pages)"."""
    where = article.origins.text
    return f"{article.extracted_by} ({where})" if where else article.extracted_by


def _revision(change: StoredRevision) -> Iterator[tuple[str, str]]:
    """What a revision changed, as wdiff shows it: "the [-old-] {+new+} words"."""
    title = f"{change.old_title} → {change.title}" if change.old_title != change.title else "text"
    yield "revised", f"{_moment(change.at)}: {title}"
    places = change.difference["changes"]
    for place in places[:PLACES]:
        old, new = (f"[-{place['old']}-]" if place["old"] else ""), place["new"]
        parts = (place["before"], old, f"{{+{new}+}}" if new else "", place["after"])
        yield "", "… " + " ".join(filter(None, parts)) + " …"
    if len(places) > PLACES:
        yield "", f"… and {count(len(places) - PLACES, 'more place')}; --json shows all"


def _place(dateline: Dateline) -> str:
    agencies = f" ({'/'.join(dateline.agencies)})" if any(dateline.agencies) else ""
    return f"{dateline.place}{agencies}"


def _published(account: Account) -> str:
    if account.published is None:
        return "the page does not say; a poll would use the time when it first saw the article"
    return f"{_moment(account.published.at)} (from: {account.published.origin})"


def _known_of(article: Article) -> Iterator[tuple[str, str]]:
    """What else is known of an article, and where its page says so."""
    image = redact(article.image.url) if article.image else ""
    for name, value, origin in (
        ("title", article.title, article.origins.title),
        ("authors", ", ".join(article.authors), article.origins.authors),
        ("picture", image, article.origins.image),
        ("language", article.language, article.origins.language),
    ):
        yield name, (f"{value} (from: {origin})" if value and origin else value or "–")


def _topics(routings: Sequence[Routing], names: dict[str, str]) -> Iterator[Line]:
    """Some lines for each topic with a match, the strongest first; then the topics without one."""
    width = max((len(names[to.topic]) for to in routings), default=0)
    for to in sorted(routings, key=lambda to: (not to.routed, -to.score / to.threshold, to.topic)):
        if not to.score and not to.blanked:
            continue
        yield (
            Marked(f"{names[to.topic]:{width}}  ", "bold"),
            Marked("in ", "green") if to.routed else Marked("out", "yellow"),
            Marked(f"  {_score(to.score, to.threshold)}"),
        )
        for where, evidence in groupby(to.evidence, key=lambda one: one.where):
            found = " · ".join(_counted(one) for one in evidence)
            yield Marked(f"  {where:9}", "dim"), Marked(found)
        for label, phrases in (("ignored", to.blanked), ("missing", to.lacking)):
            if phrases:
                yield Marked(f"  {label:9}", "yellow"), Marked(", ".join(phrases))
    rest = [names[to.topic] for to in routings if not to.score and not to.blanked]
    if rest:
        yield Marked(f"{', '.join(rest)}: "), Marked("not mentioned", "dim")


def _counted(one: Evidence) -> str:
    """A phrase, how often it occurs, and its points: "Rusland ×2 +1"."""
    times = f" ×{one.count}" if one.count > 1 else ""
    return f"{one.term}{times} {one.points:+.3g}"


def _score(score: float, threshold: float) -> str:
    unit = "point" if f"{score:.3g}" == "1" else "points"
    return f"{score:.3g} {unit}, needs {threshold:.3g}"


def preview_json(preview: Preview) -> dict[str, Any]:
    """The value that `preview --json` prints."""
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
    """The links of a listing and its first articles, for people."""
    zone = preview.timezone
    links = [
        (_moment(link.published.at, zone) if link.published else "–", _name(link), link.why)
        for link in preview.links
    ]
    articles = [
        (
            _moment(account.published.at, zone) if account.published else "–",
            len(account.article.text.split()),
            _found_by(account.article),
            ", ".join(_topic_names(account)) or "–",
            account.article.title,
        )
        for account in preview.accounts
    ]
    columns = ("published", "words", "found by", "topics", "title")
    return draw(
        f"{count(len(preview.links), 'article')} on {redact(preview.url)}; times in {zone}", "",
        tabulate("published", "title", "why", rows=links), "",
        *_left(preview),
        tabulate(*columns, rows=articles, numbers=("words",)),
        *(["", *preview.learnt] if preview.learnt else []),
        *(f"failed: {redact(url)}: {problem}" for url, problem in preview.failures),
        *(f"advice: {line}" for line in preview.advice),
    )  # fmt: skip


def _topic_names(account: Account) -> Iterator[str]:
    """The topics that an article is in."""
    names = {topic.slug: topic.name for topic in account.topics}
    return (names[to.topic] for to in account.routings if to.routed)


def _left(preview: Preview) -> Iterator[Part]:
    """The ignored links that look most like articles, with the reasons against them."""
    if not preview.left:
        return
    ads = f" ({count(preview.sponsored, 'advertisement')})" if preview.sponsored else ""
    yield f"{count(len(preview.left), 'other link')} ignored{ads}; most like articles are:"
    yield ""
    rows = [(_name(link), link.why) for link in preview.left[:LEFT]]
    yield tabulate("ignored", "why", rows=rows)
    yield ""


def _name(link: Link) -> str:
    return link.title or redact(link.url)


def survey_text(seen: SiteInspection) -> str:
    """The listings of a site as a numbered table."""
    rows = [
        (number, one.articles, "feed" if one.is_feed else "page", one.label or "–", redact(one.url))
        for number, one in enumerate(seen.listings, start=1)
    ]
    return draw(tabulate("", "articles", "kind", "name", "url", rows=rows, numbers=("articles",)))


def listing_text(
    seen: SiteInspection, listing: ListingCandidate, headlines: Sequence[FoundHeadline]
) -> str:
    """What `init` found: the listing with its first headlines, and the site's own feeds."""
    rows = [
        (f"{one.published:%Y-%m-%d %H:%M}" if one.published else "–", one.title)
        for one in headlines
    ]
    feeds = [f"{seen.name} has its own feed: {redact(one.url)}" for one in seen.feeds]
    return draw(
        f"{seen.name}: {redact(listing.url)}", "",
        tabulate("published", "title", rows=rows), "",
        *feeds,
    )  # fmt: skip


# --- status and check -------------------------------------------------------------------------


def status_json(status: Status, work: QueueStatus | None) -> dict[str, Any]:
    """The value that `status --json` prints; `queue` only for a shared database."""
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
    late = f"{work.oldest.total_seconds():.0f} s overdue" if work.oldest else "nothing overdue"
    return (
        f"{count(work.workers, 'worker')}; {count(work.waiting, 'job')} waiting,"
        f" {work.doing} running; {late}; {count(work.takeovers, 'takeover')}"
    )


def status_text(status: Status, work: QueueStatus | None, now: datetime) -> str:
    """One screen: sources, those that need attention first, then topics."""
    parts = [
        sources_text(status.sources, now, line_width()),
        topics_text(status, now, line_width()),
        f"switched off: {', '.join(status.off)}" if status.off else "",
        _standing_text(work) if work else "",
        "\n".join(map(_unpublished_text, status.unpublished)),
    ]
    return "\n\n".join(filter(None, parts))


def sources_text(sources: Sequence[SourceHealth], now: datetime, width: int) -> str:
    """A line per source with the reason for its state; where that is too wide, a line below it."""
    columns = ("source", "health", "articles", "last poll", "next poll")
    rows = [
        (
            one.name,
            one.health,
            one.articles,
            relative_time(one.state.last_polled, now),
            relative_time(max(one.state.next_poll, now), now),
        )
        for one in sources
    ]
    reasons = [one.state.last_error or one.evidence or one.state.next_why for one in sources]
    if width >= WIDE:
        whole = [(*row, why) for row, why in zip(rows, reasons, strict=True)]
        return draw(tabulate(*columns, "why", rows=whole, numbers=("articles",)))
    # No cell may wrap, so that each row is one line.
    short = [(_shortened(name, width - REST_OF_STATUS), *rest) for name, *rest in rows]
    head, *lines = draw(tabulate(*columns, rows=short, numbers=("articles",))).split("\n")
    below = ["\n".join(wrap(why, width - 2, **BELOW)) for why in reasons]
    return "\n".join([head, *(f"{a}\n{b}".rstrip() for a, b in zip(lines, below, strict=True))])


def topics_text(status: Status, now: datetime, width: int) -> str:
    """A line per topic; where that is too wide, without the file of its feed."""
    columns: tuple[str, ...] = ("topic", "entries", "last change", "feed")
    rows: list[tuple[object, ...]] = [
        (topic.name, state.entries, relative_time(state.updated, now), f"{topic.slug}.xml")
        for topic, state in status.topics
    ]
    widths = (max(len(str(cell)) for cell in cells) for cells in zip(columns, *rows, strict=True))
    if sum(widths) + 2 * (len(columns) - 1) > width:
        columns = columns[:-1]
        rows = [(_shortened(str(name), width - REST_OF_TOPICS), *rest[:-1]) for name, *rest in rows]
    return draw(tabulate(*columns, rows=rows, numbers=("entries",)))


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _unpublished_text(one: Unpublished) -> str:
    host, _, rest = one.process.partition(":")
    who = f"process {rest.partition(':')[0]}" if rest else "feedbot"
    return f"{who} on {host} has not been able to publish since {_moment(one.since)}: {one.problem}"


def config_text(config: Config) -> str:
    """A configuration as feedbot understands it."""
    sources = [
        (
            source.name,
            redact(" ".join(source.urls)),
            source.language,
            f"{source.polling.interval.total_seconds() / 60:g} min"
            if source.polling.enabled
            else "switched off",
        )
        for source in config.known
    ]
    topics = [
        (topic.name, f"{topic.slug}.xml", ", ".join([*topic.any, *topic.all]))
        for topic in config.topics
    ]
    return draw(
        f"{config.path}: valid",
        f"output {config.folder or config.output.output}, served at {redact(config.output.url)}",
        "",
        tabulate("source", "url", "language", "interval", rows=sources),
        "",
        tabulate("topic", "feed", "terms", rows=topics),
    )


def complaint_text(complaint: Complaint) -> str:
    """A warning about a topic rule that is probably a mistake, in one line."""
    term = f": {complaint.term}" if complaint.term else ""
    advice = f"; {complaint.help}" if complaint.help else ""
    return f"warning: topic {complaint.topic}{term}: {complaint.problem}{advice}"


def finding_text(finding: Diagnosis) -> str:
    """One finding of `doctor` in a line; a second line says what to do about it."""
    mark = Marked("ok   ", "green") if finding.good else Marked("wrong", "red")
    line = (mark, Marked(f"  {finding.about}: {finding.text}"))
    return draw(line, *([f"       help: {finding.help}"] if finding.help else []))


def findings_json(findings: Sequence[Diagnosis]) -> dict[str, Any]:
    """The value that `doctor --json` prints."""
    return {
        "findings": [
            {"about": one.about, "good": one.good, "text": one.text, "help": one.help}
            for one in findings
        ]
    }


# --- the rules on stored stories --------------------------------------------------------------


def progress(what: str) -> AbstractContextManager[Progress]:
    """A progress bar on a terminal; called with (done, total)."""
    if not sys.stderr.isatty():
        return nullcontext(unwatched)
    from .terminal import bar

    return bar(what)


def counting(what: str) -> AbstractContextManager[Progress]:
    """A progress bar on a terminal; called with (newly done, newly found)."""
    if not sys.stderr.isatty():
        return nullcontext(unwatched)
    from .terminal import growing_bar

    return growing_bar(what)


def moves_json(moves: Sequence[Move]) -> dict[str, Any]:
    """The value that `replay --json` prints."""
    return {
        "moves": [
            {"topic": move.topic, "enters": move.enters, "id": move.tag, "title": move.title}
            for move in moves
        ]
    }


def moves_text(moves: Sequence[Move], config: Config) -> str:
    """The stories that enter (+) and leave (-) each topic, in the order of the topics."""
    names = {topic.slug: topic.name for topic in config.topics}
    gone = sorted({move.topic for move in moves} - names.keys())
    parts: list[str] = []
    for slug in (*names, *gone):
        mine = [move for move in moves if move.topic == slug]
        if mine:
            entering = sum(move.enters for move in mine)
            parts.append(
                f"{names.get(slug, slug)}: {entering} added, {len(mine) - entering} removed"
            )
            parts += [f"  {'+' if move.enters else '-'} {move.title}" for move in mine]
    return "\n".join(parts) or "nothing changes"


def pruned_json(gone: RetentionReport) -> dict[str, Any]:
    """The value that `prune --json` prints."""
    return {
        "before": _iso(gone.before),
        "stories": gone.stories,
        "revisions": gone.revisions,
        "bytes": gone.bytes,
    }


def pruned_text(gone: RetentionReport, *, dry_run: bool) -> str:
    """What was freed, in a sentence."""
    what = f"{count(gone.stories, 'story text')} and {count(gone.revisions, 'revision')}"
    verb = "would free" if dry_run else "freed"
    return f"{verb} {gone.bytes / 1e6:.1f} MB: {what} older than {gone.before:%Y-%m-%d}"


def review_json(seen: Review) -> dict[str, Any]:
    """The value that `topics --json` prints."""
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
        "too_early": seen.too_early,
        "suggestions": [{"line": one.line, "adds": one.adds} for one in seen.suggestions],
    }


def review_text(seen: Review) -> str:
    """What the rules match, topic by topic, and what they may miss."""
    parts = [f"{count(seen.stories, 'story', 'stories')}, {seen.unrouted} in no topic"]
    parts += [line for one in seen.topics for line in ("", *_reviewed(one))]
    if seen.too_early:
        days = count(int(seen.days), "day")
        parts += ["", f"too early to suggest topics: {days} of stories, of 7"]
    elif seen.suggestions:
        parts += ["", "lines for [topics] that would add stories of no topic:"]
        parts += [f"  {one.line}  # would add {one.adds}" for one in seen.suggestions]
    return "\n".join(parts)


def _reviewed(one: TopicReview) -> Iterator[str]:
    entries = count(one.entries, "entry", "entries")
    yield f"{one.topic.name}: {entries}, {one.per_week:.1f} per week"
    if one.earning:
        earning = (f"{term} {points:+g}" for term, _, points in one.earning[:EARNING])
        yield "  points from  " + ", ".join(earning)
    if one.silent:
        yield "  no match     " + ", ".join(one.silent)
    for miss in one.near:
        yield f"  just missed  {miss.title} ({_score(miss.score, miss.threshold)})"
