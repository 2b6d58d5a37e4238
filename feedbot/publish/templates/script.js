(() => {
  "use strict";
  const root = document.documentElement, lang = root.lang;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Ages, counts of today: the page says when, the reader's clock how long ago.
  const ages = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "narrow" });
  const ago = at => {
    const minutes = Math.round((at - Date.now()) / 60000);
    if (minutes < -1439 || minutes > 0) return "";
    return minutes > -60 ? ages.format(minutes, "minute") : ages.format(Math.round(minutes / 60), "hour");
  };
  const tick = () => {
    const today = new Date().toLocaleDateString("sv", { timeZone: root.dataset.zone });
    for (const time of all("time[data-ago]")) {
      time.title ||= new Date(time.dateTime).toLocaleString(lang);
      time.dataset.said ??= time.textContent;
      time.textContent = ago(new Date(time.dateTime)) || time.dataset.said;
    }
    for (const count of all("[data-day] > [data-today]")) {
      count.dataset.said ??= count.textContent;
      const isToday = count.parentElement.dataset.day === today;
      count.textContent = isToday ? count.dataset.today : count.dataset.said;
    }
  };
  tick();
  setInterval(tick, 60000);

  for (const button of all("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.addEventListener("click", async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      button.textContent = button.dataset.done;
    });
    field.addEventListener("focus", () => field.select());
  }

  const find = document.getElementById("find");
  if (!find) return;
  const found = find.parentElement.querySelector(".found"), results = document.getElementById("results");
  const parts = all(find.dataset.list), texts = parts.map(part => fold(part.textContent));
  const rest = all(".news, .jump, .subscribe.narrow, .archives"), groups = all(".group, .day");
  let stories = null;

  // search.json: {"topics": [[slug, title, [[anchor, title, source, minutes]]]]}
  const load = async () => {
    if (stories || !find.dataset.index) return;
    stories = [];
    try {
      const read = await (await fetch(find.dataset.index)).json(), known = new Map();
      for (const topic of read.topics)
        for (const story of topic[2])
          if (!known.has(story[0])) known.set(story[0], { story, topic, text: fold(`${story[1]} ${story[2]}`) });
      stories = [...known.values()].sort((a, b) => b.story[3] - a.story[3]);
      show();
    } catch { /* a page opened from a folder finds topics only */ }
  };
  const item = ({ story: [anchor, title, source, minutes], topic: [slug, name] }) => {
    const li = document.createElement("li"), time = document.createElement("time"), p = document.createElement("p");
    const link = document.createElement("a"), by = document.createElement("span"), at = new Date(minutes * 60000);
    time.dateTime = at.toISOString();
    time.textContent = Date.now() - at < 43200000
      ? at.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone })
      : at.toLocaleDateString(lang, { day: "numeric", month: "short", timeZone: root.dataset.zone });
    link.href = `${slug}.html#${anchor}`;
    link.textContent = title;
    link.dir = "auto";
    by.className = "by";
    by.textContent = `${source} · ${name}`;
    p.append(link, " ", by);
    li.append(time, p);
    return li;
  };
  const show = () => {
    const words = fold(find.value).split(/\s+/).filter(Boolean);
    const fits = text => words.every(word => text.includes(word));
    let count = 0;
    parts.forEach((part, at) => { count += !(part.hidden = !fits(texts[at])); });
    for (const group of groups) group.hidden = !group.querySelector(`:is(${find.dataset.list}):not([hidden])`);
    for (const part of rest) part.hidden = words.length > 0;
    const hits = words.length && stories ? stories.filter(one => fits(one.text)).slice(0, 30) : [];
    if (results) {
      results.replaceChildren(...hits.map(item));
      results.hidden = !hits.length;
    }
    found.textContent = !words.length ? "" : String(count + hits.length || found.dataset.nothing);
  };
  find.addEventListener("focus", load);
  find.addEventListener("input", show);
  if (find.value) load().then(show);
})();
