/* The page that `clipbook explore` writes: it searches, filters and counts the articles that the page holds.
   Nothing is fetched or sent, and text from the articles enters the page as text alone. The grammar of queries is that
   of clipbook.keywords.search; the tests hold both to the same results. */
"use strict";

const FILTERS = ["q", "outlet", "speaker", "frame", "from", "to"];
const SHOWN = 100, BARS = 15, CONTEXT = 60, PATIENCE = 150; // places at once, bars, characters, milliseconds
const $ = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");
const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
let data, answered = "", found = [], shown = 0;

// Queries

const WORD = "[\\p{L}\\p{N}_]";
const ANY = `${WORD}*`;
const BLANKS = "(?:(?!\\n\\n)\\s)+"; // also a line's end, but no paragraph's
const MOST_STARS = 3; // in a word: with more, looking for it could take for ever
const LONE_OR = "OR stands between two terms: quay OR pier.";

function readQuery(text) {
  const wanted = [], unwanted = [];
  let joins = false; // whether an OR waits for its other side
  for (const [, minus, phrase, closing, bare] of text.replace(/[“”„]/g, '"').matchAll(/(-?)(?:"([^"]*)("?)|([^\s"]+))/g)) {
    if (bare === "OR" && !minus) {
      if (joins || !wanted.length) throw new SyntaxError(LONE_OR);
      joins = true;
      continue;
    }
    const term = bare ?? phrase;
    if (bare === undefined && !closing) throw new SyntaxError(`The phrase "${phrase} has no closing quotation mark.`);
    if (!/[\p{L}\p{N}]/u.test(term)) throw new SyntaxError(`"${minus}${term}" holds no letter and no digit to look for.`);
    if (term.split(/\s+/).some((word) => (word.match(/\*+/g) ?? []).length > MOST_STARS)) throw new SyntaxError(`"${term}" has many stars; a word has at most three.`);
    if (minus && joins) throw new SyntaxError("OR joins what is to be found; a term with a minus stands by itself.");
    if (minus) unwanted.push(term);
    else if (joins) wanted.at(-1).push(term);
    else wanted.push([term]);
    joins = false;
  }
  if (joins) throw new SyntaxError(LONE_OR);
  if (!wanted.length) throw new SyntaxError('The query names nothing to find: write a word, or a "phrase" in quotation marks.');
  const longest = wanted.flat().sort((a, b) => [...b].length - [...a].length);
  return {
    wanted: wanted.map((either) => either.map((term) => pattern([term], "iu"))),
    unwanted: unwanted.map((term) => pattern([term], "iu")),
    places: pattern(longest, "giu"),
  };
}

function pattern(terms, flags) {
  const written = terms.map((term) => term.trim().split(/\s+/).map(word).join(BLANKS));
  const tail = written.length === 1 && written[0].startsWith(ANY) ? written[0].slice(ANY.length) : ""; // "ing" of *ing
  if (tail) return new RegExp(`(?<=(?<!${WORD})(${ANY}))${tail}(?!${WORD})`, flags); // the same places, found sooner
  return new RegExp(`(?<!${WORD})(?:${written.join("|")})(?!${WORD})`, flags);
}

function word(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/(?:\\\*)+/g, ANY).replace(/['’‘ʼ]/g, "['’‘ʼ]");
}

/* The places in an article as [field, start, end]: 0 is the headline, 1 the body; none if the article does not fit. */
function placesIn(asked, fields) {
  const places = fields.flatMap((text, field) =>
    Array.from(text.matchAll(asked.places), ({ index, 0: found, 1: before = "" }) => [field, index - before.length, index + found.length]));
  const holds = (term) => fields.some((text) => term.test(text));
  const fits = places.length && (asked.wanted.length === 1 || asked.wanted.every((either) => either.some(holds)));
  return fits && !asked.unwanted.some(holds) ? places : [];
}

// What is looked through: whole articles, what somebody says in them, or the sentences with cues of a frame

const within = (spans, field, start, name) =>
  spans.find((span) => (name === undefined || span.name === name) && span.field === field && span.start <= start && start < span.end);

function lookThrough(asked, chosen) {
  const speaker = data.speakers.indexOf(chosen.speaker), frame = data.frames.indexOf(chosen.frame);
  const kept = [];
  for (const article of data.articles) {
    if (chosen.outlet && article.outlet !== chosen.outlet) continue;
    if ((chosen.from && !(article.day >= chosen.from)) || (chosen.to && !(article.day && article.day <= chosen.to))) continue;
    const places = placesIn(asked, article.fields).filter(([field, start]) =>
      (!chosen.speaker || within(article.said, field, start, speaker)) &&
      (!chosen.frame || within(article.cues, field, start, frame)));
    const said = (spans, name) => spans.reduce((sum, span) => sum + (span.name === name ? span.words : 0), 0);
    const words = chosen.speaker ? said(article.said, speaker) : chosen.frame ? said(article.cues, frame) : article.words;
    kept.push({ article, places, words: chosen.speaker && chosen.frame ? NaN : words });
  }
  return kept;
}

// Counts

function group(kept, name) {
  const groups = new Map();
  for (const { article, places, words } of kept) {
    const key = article[name];
    const sums = groups.get(key) ?? { name: key, places: 0, articles: 0, words: 0 };
    sums.places += places.length; sums.articles += places.length > 0; sums.words += words;
    groups.set(key, sums);
  }
  return [...groups.values()];
}

function whoSays(kept) {
  const voices = new Map();
  for (const { article, places } of kept) {
    const named = new Set();
    for (const [field, start] of places) {
      const span = within(article.said, field, start);
      const name = span ? data.speakers[span.name] : field ? "not in a quotation" : "in a headline";
      const sums = voices.get(name) ?? { name, places: 0, articles: 0, words: NaN };
      sums.places += 1; sums.articles += !named.has(name);
      named.add(name); voices.set(name, sums);
    }
  }
  return [...voices.values()];
}

const rate = (sums) => (sums.words > 0 ? (10000 * sums.places) / sums.words : NaN);
const rated = (value) => (Number.isNaN(value) ? "–" : value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 1 }));

// The page; every element is made here, and what an article says only ever becomes text

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function bar(part) {
  const draw = (name, given) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in given) made.setAttribute(key, given[key]);
    return made;
  };
  const svg = draw("svg", { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none" });
  svg.append(draw("rect", { class: "all", width: 100, height: 4 }), draw("rect", { class: "part", width: 100 * part || 0, height: 4 }));
  return svg;
}

function address(changes) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...state(), ...changes })) if (value) given.set(name, value);
  return `#${given}`;
}

function showBars(id, rows, filter, { rates = true, most: limit = BARS } = {}) {
  const size = rates ? rate : (sums) => sums.places;
  const most = Math.max(...rows.map(size).filter((value) => value > 0));
  const body = rows.slice(0, limit).map((sums) => {
    const narrowed = filter(sums.name);
    const name = element("bdi", {}, sums.name);
    return element("tr", {},
      element("th", { scope: "row" }, narrowed ? element("a", { href: address(narrowed) }, name) : name),
      element("td", { className: "n" }, number(sums.places)), element("td", { className: "n" }, number(sums.articles)),
      ...(rates ? [element("td", { className: "n" }, rated(rate(sums)))] : []),
      element("td", { className: "drawn", ariaHidden: "true" }, bar(size(sums) / most)));
  });
  $(id).querySelector("tbody").replaceChildren(...body);
  const left = rows.slice(limit), places = left.reduce((sum, sums) => sum + sums.places, 0);
  $(id).querySelector(".more").textContent = left.length ? `And ${number(left.length)} more with ${count(places, "place", "places")}.` : "";
}

function context(text, start, end) {
  const left = Array.from(text.slice(Math.max(0, start - 2 * CONTEXT), start)).slice(-CONTEXT).join("");
  const right = Array.from(text.slice(end, end + 2 * CONTEXT)).slice(0, CONTEXT).join("");
  return [left.split("\n").at(-1), text.slice(start, end), right.split("\n")[0]];
}

function place([article, field, start, end]) {
  const [left, match, right] = context(article.fields[field], start, end);
  const title = element("bdi", {}, article.fields[0] || article.id);
  const facts = element("p", { className: "quiet" },
    element("bdi", {}, article.outlet), ` · ${article.day || "no date"} · ${field ? "" : "headline · "}`);
  const href = data.query ? article.url : address({ article: article.id, at: `${"ht"[field]}${start}` });
  facts.append(href ? element("a", data.query ? { href, rel: "noopener noreferrer nofollow" } : { href }, title) : title);
  return element("li", {}, element("p", { className: "line", dir: "auto" },
    element("span", { className: "left" }, left), element("mark", {}, match), element("span", { className: "right" }, right)), facts);
}

function showPlaces() {
  const next = found.slice(shown, shown + SHOWN).map(place);
  $("list").append(...next);
  shown += next.length;
  $("more").hidden = shown >= found.length;
  $("more").textContent = `Show ${number(Math.min(SHOWN, found.length - shown))} more of ${number(found.length)}`;
  return next[0];
}

function state() {
  return Object.fromEntries(FILTERS.map((name) => [name, $("ask").elements[name].value.trim()]));
}

function answer() {
  const chosen = state();
  answered = address({});
  $("results").hidden = true;
  if (!chosen.q) return say(`${count(data.articles.length, "article", "articles")} to search.`);
  if (chosen.speaker && !data.speakers.includes(chosen.speaker)) return say("Nobody of this name is quoted.");
  let asked;
  try {
    asked = readQuery(chosen.q);
  } catch (error) {
    return say(error instanceof SyntaxError ? error.message : "This query cannot be searched for.");
  }
  const kept = lookThrough(asked, chosen);
  found = kept.flatMap(({ article, places }) => places.map((spot) => [article, ...spot]));
  const [all] = group(kept.map((one) => ({ ...one, article: { all: "" } })), "all");
  const where = chosen.speaker || chosen.frame ? "words looked through" : "words";
  say(`${count(found.length, "place", "places")} in ${number(all?.articles ?? 0)} of ${count(kept.length, "article", "articles")}` +
    (all?.words > 0 ? `: ${rated(rate(all))} per 10,000 ${where}.` : "."));
  $("results").hidden = !found.length;
  const byPlaces = (a, b) => b.places - a.places || (a.name < b.name ? -1 : 1);
  showBars("outlets", group(kept, "outlet").sort(byPlaces), (name) => ({ outlet: name }));
  const order = data.periods.map(({ name }) => name);
  const times = group(kept, "period").sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  showBars("times", times, (name) => (({ from, to }) => from && { from, to })(data.periods[order.indexOf(name)]), { most: Infinity });
  showBars("voices", whoSays(kept).sort(byPlaces), (name) => data.speakers.includes(name) && { speaker: name }, { rates: false });
  $("unrated").hidden = !(chosen.speaker && chosen.frame);
  $("list").replaceChildren();
  shown = 0;
  showPlaces();
}

function say(text) {
  $("summary").textContent = text;
}

function change() {
  performance.mark("asked");
  history.replaceState(null, "", address({}));
  answer();
  performance.measure("answer", "asked");
}

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTERS) {
    const field = $("ask").elements[name];
    field.value = name === "q" && data.query ? data.query : given.get(name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
  if (address({}) !== answered) answer();
  const article = data.articles.find(({ id }) => id === given.get("article"));
  if (article && !data.query) read(article, given.get("at") ?? "");
  else $("reading").close();
}

/* Shows a whole article with the places in it marked. */
function read(article, at) {
  let asked = null;
  try { asked = readQuery(state().q); } catch { /* the article is shown without marks */ }
  const spots = asked ? Array.from(placesIn(asked, article.fields)) : [];
  const marked = (field, from, to) => {
    const parts = [];
    for (const [, start, end] of spots.filter(([one, start, end]) => one === field && from <= start && end <= to)) {
      parts.push(article.fields[field].slice(from, start),
        element("mark", { tabIndex: -1, id: `${"ht"[field]}${start}` }, article.fields[field].slice(start, end)));
      from = end;
    }
    return [...parts, article.fields[field].slice(from, to)];
  };
  $("title").replaceChildren(...marked(0, 0, article.fields[0].length));
  $("about").textContent = `${article.outlet} · ${article.day || "no date"}`;
  $("whole").hidden = !article.page;
  if (article.page) $("whole").href = article.page;
  const paragraphs = Array.from(article.fields[1].matchAll(/[^\n]+(?:\n[^\n]+)*/g), (match) =>
    element("p", { dir: "auto" }, ...marked(1, match.index, match.index + match[0].length)));
  $("text").replaceChildren(...paragraphs);
  if (!$("reading").open) $("reading").showModal();
  (/^[ht]\d+$/.test(at) && $(at) ? $(at) : $("title")).focus();
}

async function open() {
  const packed = Uint8Array.from(atob($("data").textContent), (letter) => letter.charCodeAt(0));
  data = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  const spans = (rows) => rows.map(([field, start, length, words, name]) => ({ field, start, end: start + length, words, name }));
  for (const article of data.articles) {
    article.said = spans(article.said);
    article.cues = spans(article.cues);
    article.period = data.periods[article.period].name;
  }
  const fill = (id, names) => $(id).append(...names.map((name) => element("option", { value: name }, name)));
  fill("outlet", data.outlets); fill("names", data.speakers); fill("frame", data.frames);
  let waiting;
  $("ask").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(change, PATIENCE); });
  $("ask").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); change(); });
  $("ask").addEventListener("reset", () => { clearTimeout(waiting); waiting = setTimeout(() => { change(); $("q").focus(); }); });
  $("more").addEventListener("click", () => showPlaces().querySelector("a")?.focus());
  $("reading").addEventListener("close", () => history.replaceState(null, "", address({})));
  $("close").addEventListener("click", () => $("reading").close());
  addEventListener("hashchange", readAddress);
  readAddress();
}

open().catch(() => say("This page could not be opened; it needs a browser of 2023 or newer."));
