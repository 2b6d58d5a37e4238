// What the desk does beyond plain pages; without it, every page works as well.
"use strict";

// A page that waits for something comes again by itself.
const waiting = document.querySelector("[data-wait]");
if (waiting) setTimeout(() => location.reload(), 1000 * Number(waiting.dataset.wait));

// The editor of a topic shows what the rule would change, while it is typed.
const rule = document.getElementById("rule");
if (rule) {
  const place = document.getElementById("rehearsed");
  const before = new URLSearchParams(new FormData(rule)).toString();
  let timer = 0, asked = null;
  rule.classList.add("live");
  const rehearse = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams(new FormData(rule));
    try {
      const answer = await fetch(rule.dataset.rehearse, {
        method: "POST", body, headers: {"X-Part": "1"}, signal: asked.signal,
      });
      place.innerHTML = await answer.text();
      place.dataset.rule = body.toString();
      const again = place.querySelector("[data-retry]");
      if (again) later(1000 * Number(again.dataset.retry));
    } catch (error) {
      if (error.name !== "AbortError") place.textContent = "feedbot does not answer.";
    }
  };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(rehearse, wait); };
  rule.addEventListener("input", () => later(150));
  later(0);
  // Nothing that was typed is lost by a slip.
  let saved = false;
  rule.addEventListener("submit", () => { saved = true; });
  addEventListener("beforeunload", (event) => {
    if (!saved && new URLSearchParams(new FormData(rule)).toString() !== before) event.preventDefault();
  });
}

// What is removed is asked about once more.
for (const button of document.querySelectorAll("button.danger")) {
  button.addEventListener("click", (event) => {
    if (!confirm(button.textContent + "?")) event.preventDefault();
  });
}
