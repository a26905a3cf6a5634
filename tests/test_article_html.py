"""HTML captures into articles, from invented pages."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from clipbook.article import parse_article
from clipbook.article.html import extracted_text, page_text, visible_lines
from clipbook.article.metadata import from_json_ld, from_meta
from clipbook.article.statement import agreed_headline, read_statement
from clipbook.captures.lines import parse_markup
from clipbook.records import Article, Capture

PARAGRAPHS = [
    "The only road bridge over the Arle will close for at least a year from Monday after engineers found deep cracks "
    "in its oldest arch, the county council said on Friday.",
    "About nine thousand drivers cross the bridge every day, and the nearest other crossing is twenty miles upstream.",
    "“We did not take this decision lightly, but the arch could fail in the next flood,” said Tam O’Shea, who leads "
    "the council’s roads department.",
    "The council expects that the repair will cost eleven million crowns, more than its whole budget for roads, and "
    "has asked the government for help.",
]
LINKED = {
    "@type": "NewsArticle",
    "headline": "Bridge over the Arle to close for a year",
    "datePublished": "2031-03-14T09:20:00+01:00",
    "dateModified": "2031-03-14T17:45:00+01:00",
    "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Jonas Bellweather"}],
    "publisher": {"@type": "Organization", "name": "The Pellworth Post"},
    "isAccessibleForFree": True,
}
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge over the Arle to close for a year | The Pellworth Post</title>
<meta property="og:title" content="Bridge over the Arle to close for a year"><meta property="og:site_name" content="The Pellworth Post">
<link rel="canonical" href="https://pellworthpost.example/bridge"><meta property="article:section" content="Transport">
<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebSite", "name": "x"}, LINKED]})}</script></head>
<body><nav><ul><li>Home</li><li>News</li><li>Sport</li></ul></nav><article><h1>Bridge over the Arle to close for a year</h1>
<p class="byline">By Ana Ruiz and Jonas Bellweather</p><time datetime="2031-03-14T09:20:00+01:00">14 March 2031</time>
{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}
<p style="display: none">Hidden text of nobody.</p></article>
<aside><h2>Most read</h2><ul><li>Rovers go top after late winner</li><li>Man rescued from weir</li></ul></aside>
<footer>© 2031 The Pellworth Post Ltd</footer><script>var x = "not text";</script></body></html>"""


def _parse(html: str) -> Article:
    return parse_article(Capture("page", "page.html", "html", html=html))


@pytest.fixture(scope="module")
def article() -> Article:
    return _parse(PAGE)


def test_paragraphs_of_the_markup_are_paragraphs_of_the_body(article: Article) -> None:
    assert article.body.split("\n\n") == PARAGRAPHS


def test_fields_come_from_what_the_page_states(article: Article) -> None:
    assert article.headline == "Bridge over the Arle to close for a year"
    assert article.authors == ("Ana Ruiz", "Jonas Bellweather")
    assert (article.published, article.published_zone) == (datetime(2031, 3, 14, 9, 20), "+01:00")
    assert article.updated == datetime(2031, 3, 14, 17, 45)
    assert (article.outlet, article.section) == ("The Pellworth Post", "Transport")
    assert article.url == "https://pellworthpost.example/bridge"
    assert (article.status, article.language, article.paywalled) == ("ok", "en", False)


def test_dropped_lines_of_the_page_are_listed_with_reasons(article: Article) -> None:
    dropped = {line.text: line.reason for line in article.lines if not line.kept and line.text}
    assert {"Home", "Most read", "Rovers go top after late winner"} <= set(dropped)
    assert all(dropped.values())
    assert "Hidden text of nobody." not in {line.text for line in article.lines}


BARE = f"""<html><head><title>Bridge over the Arle to close for a year</title>HEAD</head><body><article>
<h1>Bridge over the Arle to close for a year</h1><p class="byline">By Ana Ruiz</p>SHOWN
{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article></body></html>"""


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ('<meta name="citation_publication_date" content="2031/03/14">', ""),
        ('<meta name="pubdate" content="20310314">', ""),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', "<p>March 14, 2031</p>"),
        ("", '<span itemprop="datePublished" content="2031-03-14T07:00">Friday</span><meta itemprop="dateModified" content="2031-03-20">'),
        ("", '<time class="updated" datetime="2031-03-20">today</time><time class="published" datetime="2031-03-14">Friday</time>'),
        ("", '<time datetime="2031-03-20">Updated on Thursday</time> <time datetime="2031-03-14">Friday</time>'),
        ("", '<time class="event-start" datetime="2031-09-01">autumn</time><time datetime="2031-03-14">Friday</time>'),
        ("", '<span title="Fri Mar 14 2031 08:12:44 GMT+0200">2 days ago</span>'),
        ("", '<abbr class="date" title="2031-03-14T08:12:44+02:00">Friday</abbr>'),
    ],
)  # fmt: skip
def test_days_that_markup_states_in_other_ways(head: str, shown: str) -> None:
    article = _parse(BARE.replace("HEAD", head).replace("SHOWN", shown))
    assert article.published is not None
    assert article.published.date() == datetime(2031, 3, 14).date()


@pytest.mark.parametrize(
    "script",
    [
        '/* page */ {"@type": "NewsArticle", "datePublished": "2031-03-14", "url": "https://arle.example/*/a"}',
        '{"@type": "NewsArticle",\n // of this page\n"url": "https://arle.example/a", "datePublished": "2031-03-14",}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;datePublished&quot;: &quot;2031-03-14&quot;}",
        '{"@graph": [{"@type": "BreadcrumbList"}, {"@type": "WebPage", "datePublished": "2031-03-14T04:00:00+00:00"}]}',
    ],
)
def test_linked_data_that_is_not_quite_json(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    article = _parse(BARE.replace("HEAD", head).replace("SHOWN", ""))
    assert article.published is not None
    assert article.published.date() == datetime(2031, 3, 14).date()


def test_a_paywall_that_the_page_states() -> None:
    assert _parse(PAGE.replace('"isAccessibleForFree": true', '"isAccessibleForFree": "False"')).paywalled


def test_dates_that_differ_by_more_than_a_day_are_noted() -> None:
    meta = '<meta property="article:published_time" content="2031-02-01T00:00:00Z"></head>'
    article = _parse(PAGE.replace("</head>", meta, 1))
    assert article.published == datetime(2031, 3, 14, 9, 20)
    assert any("differ on its date" in note for note in article.notes)


def test_visible_lines_follow_the_layout() -> None:
    tree = parse_markup(
        "<div>One <b>bold</b> word<br>Two</div><p>Three</p><script>no</script><table><tr><td>a</td><td>b</td></tr></table>"
    )
    assert tree is not None
    assert visible_lines(tree) == ["One bold word", "Two", "", "Three", "", "a b"]


def test_json_ld_of_odd_shapes_is_read_without_error() -> None:
    odd = {
        "@type": ["Thing", "NewsArticle"],
        "headline": 5,
        "author": {"name": ["Ana Ruiz", None]},
        "datePublished": [1],
    }
    tree = parse_markup(
        f'<script type="application/ld+json">{json.dumps(odd)}</script><script type="application/ld+json">{{</script><p>x</p>'
    )
    assert tree is not None
    stated = from_json_ld(tree)
    assert (stated.headline, stated.authors, stated.published) == ("", ["Ana Ruiz"], "")


def _stated(article: dict, head: str = "") -> Article:
    """A page of four paragraphs that states this in JSON-LD."""
    linked = json.dumps({"@type": "NewsArticle", "headline": "Pier to close"} | article)
    body = (
        "<p>The pier closes in May, the council said, and it will be rebuilt in oak by next spring.</p>" * 4
    )
    return _parse(
        f'<html><head>{head}<script type="application/ld+json">{linked}</script></head><h1>Pier to close</h1>{body}'
    )


def test_an_agency_or_a_newsroom_without_bylines_signs_where_nobody_is_named() -> None:
    assert _stated({"author": [{"@type": "Person", "name": "The Associated Press"}]}).authors == (
        "The Associated Press",
    )
    newsroom = {"@type": "NewsMediaOrganization", "name": "Harbour Desk"}
    assert _stated({"author": newsroom}).authors == ()
    assert _stated({"author": newsroom | {"noBylinesPolicy": "https://x.example/rules"}}).authors == (
        "Harbour Desk",
    )


def test_a_date_that_moves_with_every_update_is_not_when_a_page_was_published() -> None:
    moved = "".join(
        f'<meta property="article:{name}_time" content="2031-05-05T19:49:50Z">'
        for name in ("published", "modified")
    )
    assert _stated({"datePublished": "2031-05-04T13:23:00Z"}, moved).published == datetime(2031, 5, 4, 13, 23)
    assert _stated({}, moved).published == datetime(2031, 5, 5, 19, 49, 50)


def test_authors_of_meta_are_not_addresses() -> None:
    tree = parse_markup(
        '<meta property="article:author" content="https://x.example/ana"><meta name="author" content="Ana Ruiz"><p>x</p>'
    )
    assert tree is not None
    assert from_meta(tree).authors == ["Ana Ruiz"]


def test_the_displayed_headline_stands_unless_others_agree_on_another() -> None:
    tree = parse_markup(
        "<title>Shut: bridge closes for a year</title><h1>Bridge to close for a whole year, says council</h1>"
    )
    assert tree is not None
    stated = read_statement(tree).headlines
    assert agreed_headline(stated) == "Bridge to close for a whole year, says council"
    assert agreed_headline((*stated, "Shut: bridge closes for a year")) == "Shut: bridge closes for a year"


@pytest.mark.parametrize(
    "html",
    ["<div>" * 50_000 + "text", "<!--" * 10_000, "<script>" + "x" * 200_000, "just text", "<html></html>", "\x00<<<>>>" * 500,
     '<script type="application/ld+json">' + "[" * 50_000 + "</script><p>hi</p>"],
    ids=["nested", "comments", "unclosed", "no markup", "empty", "junk", "deep json"],
)  # fmt: skip
def test_hostile_markup_is_failed_or_thin_with_a_note(html: str) -> None:
    article = _parse(html)
    assert article.status in {"failed", "thin"}
    assert article.notes


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>The bridge closes<br>on Monday.</p>", ["The bridge closes on Monday."]),
        (
            "<p>Nine thousand cross it,<br/> the county says.</p>",
            ["Nine thousand cross it, the county says."],
        ),
        ("<p>It closes on Monday.<br>Nobody knows why.</p>", ["It closes on Monday.", "Nobody knows why."]),
        ("<p>Ana Ruiz<br>Transport editor</p>", ["Ana Ruiz", "Transport editor"]),
        ("<p><q>It <i>closes</i></q>, he said. <q>“Why?”</q></p>", ["“It closes”, he said. “Why?”"]),
        ("<table><tr><td>May</td><td>12</td></tr></table>", ["May 12"]),
        (
            "<table><tr><td>Home<br>News</td><td>The bridge closes.<br>It rains.</td></tr></table>",
            ["Home", "News", "The bridge closes.", "It rains."],
        ),
    ],
)
def test_a_line_break_within_a_sentence_is_a_blank(markup: str, lines: list[str]) -> None:
    tree = parse_markup(f"<html><body>{markup}</body></html>")
    assert [line for line in visible_lines(tree) if line] == lines


def test_a_page_that_scripts_fill_is_read_from_what_it_states() -> None:
    stated = json.dumps(LINKED | {"articleBody": "\n\n".join(PARAGRAPHS)})
    page = f'<html><head><script type="application/ld+json">{stated}</script></head><body><p>Please switch scripts on.</p></body></html>'
    article = _parse(page)
    assert (article.status, article.headline, article.body) == (
        "ok",
        LINKED["headline"],
        "\n\n".join(PARAGRAPHS),
    )
    assert any("JSON-LD" in note for note in article.notes)


def test_an_article_is_extracted_from_so_many_paragraphs_and_read_whole(monkeypatch) -> None:
    """The time of extraction grows with the square of the paragraphs; what is read of the page does not shrink."""
    seen = []
    monkeypatch.setattr(
        "trafilatura.bare_extraction", lambda tree, **_: seen.append(len(tree.findall(".//p")))
    )
    monkeypatch.setattr("clipbook.article.html._MOST_EXTRACTED", 40)
    inside = "".join(f"<p>Pier {number} was closed on Monday.</p>" for number in range(50))
    tree = parse_markup(f"<html><body><article>{inside}</article></body></html>")
    assert tree is not None
    assert extracted_text(tree) == ""
    assert seen == [40]
    assert page_text(tree).count("was closed") == 50
