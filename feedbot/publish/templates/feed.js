// {{ generator }}: shows a feed as a page. Without it, style.css shows its titles and summaries.
(() => {
  "use strict";
  const XHTML = "http://www.w3.org/1999/xhtml", ATOM = "http://www.w3.org/2005/Atom";
  const place = new URL(".", document.currentScript.src).href, link = document.currentScript.previousElementSibling;
  const page = link.href, isOver = link.textContent !== {{ said.feed_view | tojson }};
  const words = {{ said | tojson }}, lang = words.language, timeZone = words.zone;
  const tags = new Set({{ tags | tojson }}), attributes = new Set({{ attributes | tojson }});

  const make = (name, given = {}, ...within) => {
    const one = document.createElementNS(XHTML, name);
    for (const [key, value] of Object.entries(given)) one.setAttribute(key, value);
    one.append(...within.filter(part => part !== ""));
    return one;
  };
  const web = url => /^https?:\/\//i.test(url ?? "") ? url : "";
  const parts = (parent, name) => [...parent?.children ?? []].filter(one => one.localName === name);
  const text = (parent, ...names) => names.flatMap(name => parts(parent, name)).map(one => one.textContent.trim()).find(Boolean) ?? "";
  const linked = (parent, rel) =>
    parts(parent, "link").find(one => one.namespaceURI === ATOM && (one.getAttribute("rel") ?? "alternate") === rel)?.getAttribute("href");

  // Only what a feed of feedbot may hold: other elements are left out, and what only they wrap stays.
  const clean = node => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    const name = node.localName, within = [...node.childNodes ?? []].filter(() => !/^(script|style|template)$/.test(name)).flatMap(clean);
    if (!tags.has(name)) return within;
    const given = [...node.attributes ?? []].filter(one => attributes.has(one.name) && (!/^(href|src|cite)$/.test(one.name) || web(one.value) || one.value[0] === "#"));
    const lazy = name === "img" ? { loading: "lazy", referrerpolicy: "no-referrer" } : /^(table|pre)$/.test(name) ? { tabindex: 0 } : {};
    return [make(name, { ...Object.fromEntries(given.map(one => [one.name, one.value])), ...lazy }, ...within)];
  };
  const article = html => clean(new DOMParser().parseFromString(html, "text/html").body);

  // Moments in the words and the zone of the pages.
  const numbers = new Intl.DateTimeFormat("sv", { timeZone, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const zones = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" });
  const written = (form, at) => {
    const [year, month, day, time] = numbers.format(at).split(/[- ]/);
    const zone = zones.formatToParts(at).find(part => part.type === "timeZoneName").value;
    const known = { year, month: words.months[month - 1], day: Number(day), time, zone };
    return form.replace(/\{(\w+)\}/g, (_, name) => known[name]);
  };
  const day = at => written(words.full_day, at);

  // What only this site says is in its language, whatever that of an entry.
  const own = { lang, dir: words.direction };
  const origin = (url, source) => make("p", { class: "origin", ...own }, make("a", { href: url }, words.at_source.replace("{source}", source)));
  const unfolding = (html, last) => {
    const whole = make("div", { class: "text" });
    const details = make("details", { class: "whole" }, make("summary", own, words.read), whole);
    details.addEventListener("toggle", () => whole.append(...article(html), last), { once: true });
    return details;
  };
  const label = one => make("li", {}, make("a", { href: `${place}${one.getAttribute("term")}.html` }, one.getAttribute("label")));
  const entry = one => {
    const title = text(one, "title"), at = new Date(text(one, "published", "pubDate", "updated"));
    const url = web(linked(one, "alternate")) || web(text(one, "link"));
    const source = text(parts(one, "source")[0], "title") || text(one, "creator") || text(parts(one, "author")[0], "name");
    const lead = text(one, "summary") || article(text(one, "description")).map(part => part.textContent).join("");
    const content = parts(one, "content").concat(parts(one, "encoded"))[0], html = content?.textContent ?? "";
    const image = web(parts(one, "thumbnail")[0]?.getAttribute("url"));
    const labels = parts(one, "category").filter(known => known.hasAttribute("label")).map(label);
    return { at, from: source, element: make("article", { class: "entry", lang: content?.getAttribute("xml:lang") || lang, dir: "auto" },
      image && make("img", { class: "thumb", src: image, alt: "", loading: "lazy", referrerpolicy: "no-referrer" }),
      make("h3", {}, url ? make("a", { href: url }, title) : title),
      source && make("p", { class: "meta", ...own }, make("span", { class: "source" }, source), " · ",
        make("time", { datetime: at.toJSON() }, words.published.replace("{time}", written(words.clock, at)))),
      lead ? make("p", { class: "lead" }, lead) : make("div", { class: "text" }, ...article(html)),
      make("div", { class: "more" }, lead && html && unfolding(html, origin(url || page, source || title)),
        labels.length ? make("ul", { class: "labels", ...own }, ...labels) : "")) };
  };

  const days = entries => {
    const found = new Map();
    for (const { at, from, element } of entries.sort((a, b) => b.at - a.at))
      found.set(day(at), [...found.get(day(at)) ?? (from ? [make("h2", {}, day(at))] : []), element]); // a digest names its days
    return [...found.values()].map(one => make("section", { class: "day" }, ...one));
  };
  const older = feed => {
    const url = web(linked(feed, "prev-archive")), [, year, month] = /(\d{4})-(\d\d)\.xml$/.exec(url) ?? [];
    const name = year ? words.month.replace("{month}", words.names[month - 1]).replace("{year}", year) : url;
    return url && make("nav", { class: "archives", "aria-label": words.older }, make("p", {}, words.older, " ", make("a", { href: url }, name)));
  };
  const subscribing = feed => {
    if (isOver) return make("section", { class: "subscribe" }, make("p", {}, make("a", { href: page }, link.textContent)));
    const address = linked(feed, "current") ?? linked(feed, "self") ?? location.href;
    return make("section", { class: "subscribe" },
      make("h2", {}, words.subscribe), make("p", {}, words.feed_view),
      make("div", { class: "address" },
        make("label", { class: "unseen", for: "address" }, words.how),
        make("input", { id: "address", value: address, readonly: "" }),
        make("button", { type: "button", class: "button js", "data-copy": "address", "data-done": words.copied }, words.copy),
        web(address) && make("a", { class: "button", href: `feed:${address}` }, words.open_in)),
      make("div", { class: "ways" }, make("a", { href: `${place}help.html` }, words.what_is)));
  };
  const finder = () => make("search", { class: "finder js" },
    make("label", { class: "unseen", for: "find" }, words.find_here),
    make("input", { id: "find", type: "search", placeholder: words.find_here, autocomplete: "off", "data-list": ".entry" }),
    make("p", { class: "found", role: "status", "data-nothing": words.nothing_found }));

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.documentElement, feed = parts(root, "channel")[0] ?? root;
    const title = text(feed, "title"), about = text(feed, "subtitle"), icon = web(text(feed, "icon"));
    const entries = [...parts(feed, "entry"), ...parts(feed, "item")].map(entry), updated = new Date(text(feed, "updated", "lastBuildDate"));
    // Nothing of what sources wrote runs, even if it were not cleaned.
    const policy = "default-src 'none'; img-src 'self' http: https: data: file:; style-src 'self' file:; base-uri 'none'; form-action 'none'";
    const head = make("head", {},
      make("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
      make("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      make("meta", { name: "referrer", content: "no-referrer" }),
      make("title", {}, title), icon && make("link", { rel: "icon", href: icon }));
    const body = make("body", {},
      make("header", { class: "top narrow" },
        make("nav", {}, make("a", { href: `${place}index.html` }, `← ${words.all_topics}`)),
        make("h1", {}, make("a", { href: page }, title)),
        about && make("p", { class: "about" }, about),
        entries.length ? make("p", { class: "meta" }, words.updated.replace("{date}", written(words.moment, updated))) : "",
        subscribing(feed), entries.length > 10 ? finder() : ""),
      make("main", { id: "main", class: "narrow" },
        ...(entries.length ? days(entries) : [make("p", { class: "empty" }, words.empty)]), older(feed)));
    root.replaceWith(make("html", { lang, dir: words.direction, "data-zone": timeZone }, head, body));
{{ script | indent(4, first=true) | safe }}
  });
})();
