"""Headless Chromium, told what to do over its own protocol."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

KEYS = {
    "Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " "), "ArrowDown": (40, ""), "End": (35, ""),
}  # fmt: skip
LIMIT = 60.0  # seconds for an answer; the machine may have a lot to do
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip


class Browser:
    """One tab. `problems` are the errors and warnings in the console since the page was opened."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self._loaded = False
        self.problems: list[str] = []
        self.requests: list[str] = []
        """Every URL that was asked for."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def open(
        self, url: str, *, width: int = 1280, dark: bool = False, mobile: bool | None = None
    ) -> None:
        """Shows a page, and waits until it is whole. What is narrow is a telephone."""
        metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1}
        metrics["mobile"] = width < 600 if mobile is None else mobile
        self._ask("Emulation.setDeviceMetricsOverride", **metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        self._loaded = False
        self.problems.clear()
        answer = self._ask("Page.navigate", url=url)
        assert not answer.get("errorText"), f"{url}: {answer}"
        self._wait(lambda: self._loaded, f"{url} to load")

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self._ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def allow_scripts(self, allowed: bool) -> None:
        """Whether the pages that are opened from now on may run scripts."""
        self._ask("Emulation.setScriptExecutionDisabled", value=not allowed)

    def press(self, *keys: str) -> None:
        """Presses keys one after the other: "Tab", "Shift+Tab", "Enter", or text to type."""
        for key in keys:
            name = key.removeprefix("Shift+")
            if name not in KEYS:
                self._ask("Input.insertText", text=key)
                continue
            code, text = KEYS[name]
            about = {
                "key": text if name == "Space" else name,
                "code": name,
                "windowsVirtualKeyCode": code,
            }
            about["modifiers"] = 8 if name != key else 0
            self._ask("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
            self._ask("Input.dispatchKeyEvent", type="keyUp", **about)

    def reach(self, wanted: str, most: int = 80) -> None:
        """Tabs until the focus is on what a JavaScript condition on `one` describes."""
        for _ in range(most):
            self.press("Tab")
            if self.run(f"(one => {wanted})(document.activeElement)"):
                return
        raise AssertionError(f"the keyboard does not reach {wanted}")

    def loads(self, act: Callable[[], object]) -> None:
        """Does what leads to another page, and waits until that is whole."""
        self._loaded = False
        act()
        self._wait(lambda: self._loaded, "the next page")

    def until(self, claim: Callable[[], object], what: str) -> None:
        """Waits for what comes after a page is whole, such as pictures that are loaded late."""
        self._wait(claim, what)

    def shoot(self, path: Path) -> None:
        """A picture of what is shown, as PNG."""
        shot = self._ask("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        number, answers = self._number, []
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        self._wait(lambda: answers, method, answers=answers, number=number)
        assert "error" not in answers[0], f"{method}: {answers[0]['error']}"
        result: dict[str, Any] = answers[0]["result"]
        return result

    def _wait(
        self,
        claim: Callable[[], object],
        what: str,
        answers: list[dict[str, Any]] | None = None,
        number: int = 0,
    ) -> None:
        deadline = time.monotonic() + LIMIT
        while not claim():
            left = max(deadline - time.monotonic(), 0)
            assert select.select([self._read], [], [], left)[0], f"Chromium: waited for {what}"
            piece = os.read(self._read, 1 << 20)
            assert piece, "Chromium ended"
            *messages, self._buffer = (self._buffer + piece).split(b"\0")
            for message in map(json.loads, messages):
                if answers is not None and message.get("id") == number:
                    answers.append(message)
                else:
                    self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        about = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.requests.append(about["request"]["url"])
            case "Runtime.exceptionThrown":
                self.problems.append(about["exceptionDetails"]["text"])
            case "Runtime.consoleAPICalled" if about["type"] in ("error", "warning"):
                self.problems.append(str(about["args"]))
            case "Log.entryAdded" if about["entry"]["level"] in ("error", "warning"):
                self.problems.append(f"{about['entry']['text']} {about['entry'].get('url', '')}")


@contextlib.contextmanager
def browse(home: Path) -> Iterator[Browser]:
    """A browser with its profile in `home`."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip("chromium is not installed")
    ours_in, theirs_out = os.pipe()
    theirs_in, ours_out = os.pipe()

    def connect() -> None:
        # Chromium listens at descriptor 3 and answers at 4.
        listens, answers = os.dup(theirs_in), os.dup(theirs_out)
        os.dup2(listens, 3)
        os.dup2(answers, 4)

    process = subprocess.Popen(
        [program, *OPTIONS, f"--user-data-dir={home}", "about:blank"],
        pass_fds=(3, 4, theirs_in, theirs_out),
        preexec_fn=connect,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(ours_out, ours_in)
    finally:
        process.kill()
        process.wait()
        os.close(ours_in)
        os.close(ours_out)
