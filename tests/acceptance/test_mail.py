"""A digest by e-mail: rss2email, subscribed to one, sends a message for each day."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.hosting import serve
from tests.mailbox import Mailbox, mailbox
from tests.readers import program
from tests.shelves import OUTPUT, RUSLAND, House

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONFIG = """\
[DEFAULT]
from = feedbot@example.org
to = reader@example.org
email-protocol = smtp
smtp-server = 127.0.0.1:{port}
smtp-auth = False
smtp-ssl = False
html-mail = {html}
use-publisher-email = False
"""


class Rss2email:
    """A subscription to one feed; everything that it keeps is in `home`."""

    def __init__(self, home: Path, url: str, box: Mailbox, *, html: bool) -> None:
        home.mkdir()
        self._command = [program("r2e"), "-c", str(home / "config"), "-d", str(home / "data.json")]
        self._environment = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        self._box = box
        (home / "config").write_text(CONFIG.format(port=box.port, html=html), encoding="utf-8")
        self._run("add", "rusland", url)

    def mail(self) -> list[tuple[str, str]]:
        """Subject and text of the messages that looking at the feed leads to."""
        self._box.messages.clear()
        self._run("run")
        return [(one["Subject"], one.get_content()) for one in self._box.messages]

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            [*self._command, *arguments], env=self._environment, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("html", [True, False], ids=["html", "text"])
def test_a_digest_is_one_message_for_each_day(tmp_path: Path, html: bool) -> None:
    house = House(tmp_path, OUTPUT, (replace(RUSLAND, digest="daily"),))
    with house.store, mailbox() as box:
        house.add(1, now=MONDAY)
        house.add(2, now=MONDAY + timedelta(hours=1))
        house.publish()
        with serve(house.feeds) as url:
            subscribed = Rss2email(tmp_path / "r2e", f"{url}rusland-daily.xml", box, html=html)
            assert subscribed.mail() == [], "the day is not over"
            house.add(3, now=MONDAY + timedelta(days=1))
            house.publish()
            [(subject, text)] = subscribed.mail()
            assert subject == "Rusland: 2 maart 2026 (2)"
            for number in (1, 2):
                assert f"Bericht {number}" in text
                assert f"https://nieuws.example.org/{number}" in text
                assert f"zei de woordvoerder op dag {number}." in " ".join(text.split())
            assert "Bericht 3" not in text
            house.revise(1, now=MONDAY + timedelta(days=1, hours=1))
            house.publish()
            assert subscribed.mail() == [], "a day that is over stays as it is"
            house.add(4, now=MONDAY + timedelta(days=2))
            house.publish()
            assert [subject for subject, _ in subscribed.mail()] == ["Rusland: 3 maart 2026 (1)"]
