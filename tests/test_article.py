"""Whole captures into articles. Every page here is invented, outlets and people too."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from clipbook.article import parse_article
from clipbook.corpus import read_article
from clipbook.records import Article, Capture

BROADCASTER_PAGE = """\
Newsletter Newsletters Events Events Podcasts Videos Nordafrica
Loader
Advertisement

Norland and Sudmark focus on fishing in talks at Velden

Norland and Sudmark focus on fishing in talks at Velden
Copyright\u00a0
By Euronord
Published on
Share this article Comments
Share this article Close Button
Copy/paste the article video embed link below: Copy to clipboard Copied

Leaders Premier Halvard and Morena push for closer ties as they consider a shared quota for the strait

Sudmark and Norland have agreed to focus on the strait’s future fishing rights despite having taken opposite sides in the seven year dispute.

After several hours of talks in the lake resort of Velden, Premiers Ottar Halvard and Lucía Morena agreed that a basis had been found for a shared quota and that favourable conditions had been created for the next round of talks in Marstrand.

“Given what our fleets have achieved in restoring the stocks, the Premier of Sudmark and I agree that it is necessary to do more to assure their recovery (in the strait),” said Premier Halvard after the talks.

Premier Lucía Morena later referred to last week’s statement by the harbour towns on closed zones in the strait which have helped reduce the catch.

“We appreciate the joint statement that was made in Marstrand by the harbour towns. And I am pleased to see that at the same time the relations between Sudmark and Norland have reached a new, strong level.
(…)
I especially care about the practical steps that Norland and Sudmark have taken in the area of our coast guards.”

Sudmark’s purchase of two Norland patrol boats is both a diplomatic and a practical move.
Relations had soured in 2031 when Sudmark seized a Norland trawler but things appear to have improved.

Go to accessibility shortcuts
Share this article Comments

Read more

Norland’s larger trawler fleet sends jitters around the strait

Estimated 185m crowns needed to restock the strait after years of overfishing, bank says

Marstrand says some patrol boats will stay because of the smugglers’ threat in the strait"""

LOCAL_PAGE = """\
Skip to content
The Pellworth Post
Home
News
Sport
Weather
Sign in
Subscribe
News
Bridge over the Arle to close for a year after cracks are found
Engineers say that the oldest arch could fail in a flood
By Ana Ruiz and Jonas Bellweather
Published 14 March 2031, 09:20 GMT
Updated 14 March 2031, 17:45 GMT
Share
Copy link
The bridge on Saturday. Photograph: Mirela de Groot
The only road bridge over the Arle will close for at least a year from Monday after engineers found deep cracks in its oldest arch, the county council said on Friday.
About nine thousand drivers cross the bridge every day, and the nearest other crossing is twenty miles upstream at Low Harrow.
“We did not take this decision lightly, but the arch could fail in the next flood,” said Tam O’Shea, who leads the council’s roads department.
Advertisement
The council expects that the repair will cost eleven million crowns, more than its whole budget for roads, and has asked the government in the capital for help.
Read more: Ferry across the Arle to run again after sixty years
Shopkeepers in the old town fear that they will lose customers from the other bank, and some have called for a temporary bridge.
“I have forty customers a day from over there, and they will not drive forty miles for a loaf,” said Petra Lindqvist, who runs the bakery on Bridge Street.
The army said it was looking at whether a pontoon could be laid before the summer, but it would carry only light vehicles.
Ana Ruiz is the transport correspondent of The Pellworth Post.
Most read
Rovers go top after late winner
Man rescued from weir by rowing club
Sign up to our newsletter
© 2031 The Pellworth Post Ltd. All rights reserved.
Privacy policy
Contact us"""


def _parse(text: str, **more: str) -> Article:
    return parse_article(Capture("page", "page.txt", "text", text=text, **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def broadcast() -> Article:
    return _parse(BROADCASTER_PAGE)


@pytest.fixture(scope="module")
def local() -> Article:
    return _parse(LOCAL_PAGE)


def test_fields_of_a_page_without_a_date(broadcast: Article) -> None:
    assert broadcast.headline == "Norland and Sudmark focus on fishing in talks at Velden"
    assert broadcast.outlet == "Euronord"
    assert broadcast.authors == ()  # an outlet is no author
    assert broadcast.published is None
    assert any("Published on" in note for note in broadcast.notes)
    assert broadcast.standfirst.startswith("Leaders Premier Halvard and Morena")
    assert (broadcast.language, broadcast.status, broadcast.paywalled) == ("en", "ok", False)


def test_body_is_nine_lines_in_six_paragraphs(broadcast: Article) -> None:
    paragraphs = broadcast.body.split("\n\n")
    assert [len(paragraph.split("\n")) for paragraph in paragraphs] == [1, 1, 1, 1, 3, 2]
    assert broadcast.body.startswith("Sudmark and Norland have agreed")
    assert broadcast.body.endswith("things appear to have improved.")
    assert "\n(…)\n" in paragraphs[4]


def test_every_line_has_its_role_and_reason(broadcast: Article) -> None:
    assert [line.line for line in broadcast.lines] == list(range(1, len(BROADCASTER_PAGE.split("\n")) + 1))
    assert all(line.reason for line in broadcast.lines)
    roles = {line.text: line.role for line in broadcast.lines}
    assert roles["Norland and Sudmark focus on fishing in talks at Velden"] == "headline"
    assert roles["By Euronord"] == "byline"
    assert roles["Advertisement"] == "advertisement"
    assert roles["Share this article Close Button"] == "share"
    assert roles["(…)"] == "body"


def test_kept_share_counts_words(broadcast: Article) -> None:
    kept = sum(len(line.text.split()) for line in broadcast.lines if line.kept)
    words = sum(len(line.text.split()) for line in broadcast.lines)
    assert broadcast.kept_share == pytest.approx(kept / words, abs=0.02)


def test_fields_of_a_local_page(local: Article) -> None:
    assert local.headline == "Bridge over the Arle to close for a year after cracks are found"
    assert local.authors == ("Ana Ruiz", "Jonas Bellweather")
    assert (local.published, local.published_zone) == (datetime(2031, 3, 14, 9, 20), "Z")
    assert local.updated == datetime(2031, 3, 14, 17, 45)
    assert local.outlet == "The Pellworth Post"
    assert local.section == "News"


def test_noise_inside_the_story_is_left_out(local: Article) -> None:
    kept = {line.text for line in local.lines if line.kept}
    assert len(local.body.split("\n\n")) == 7
    assert "Advertisement" not in kept
    assert "Read more: Ferry across the Arle to run again after sixty years" not in kept
    roles = {line.text: line.role for line in local.lines}
    assert roles["The bridge on Saturday. Photograph: Mirela de Groot"] in {"caption", "credit"}
    assert roles["© 2031 The Pellworth Post Ltd. All rights reserved."] == "footer"


@pytest.mark.parametrize("kind", ["text", "html"])
def test_what_the_format_states_stands_before_the_page(kind: str) -> None:
    page = LOCAL_PAGE if kind == "text" else f"<html><body><pre>{LOCAL_PAGE}</pre></body></html>"
    stated = {
        "headline": "Bridge shut", "authors": "Tam O’Shea; Petra Lindqvist", "published": "2031-03-15",
        "outlet": "The Post", "language": "English",
    }  # fmt: skip
    article = read_article(Capture("page", f"page.{kind}", kind, fields=stated, **{kind: page}))  # type: ignore[arg-type]
    assert (article.headline, article.outlet) == ("Bridge shut", "The Post")
    assert article.authors == ("Tam O’Shea", "Petra Lindqvist")
    assert article.published == datetime(2031, 3, 15)
    assert article.language == "en"  # a word is no code; what was found in the text stays


def test_a_failed_capture_stays_failed_with_its_reason() -> None:
    article = parse_article(Capture("x", "x.pdf", "pdf", failure="the file asks for a password"))
    assert (article.status, article.notes, article.body) == ("failed", ("the file asks for a password",), "")


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff\x00", "…\n***\n"])
def test_nothing_to_read_is_failed_with_a_note(text: str) -> None:
    article = _parse(text)
    assert article.status == "failed"
    assert article.notes


def test_a_short_item_is_thin() -> None:
    article = _parse(
        "Fog closes the ferry\nBy Ana Ruiz\n14 March 2031\nThe ferry to the islands was closed by fog on Friday, the harbour office said."
    )
    assert article.status == "thin"
    assert "words of article" in article.notes[-1]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 2_000_000,
        "a" * 5_000_000,
        "A line of some words here\n" * 50_000,
        "By " + "aBcd" * 4_000,
        "(" * 15_000 + "photo " * 800 + ")",
        "“" * 10_000 + "\n" + "a:" * 9_000,
        "قال الوزير إن الجسر سيغلق لمدة عام كامل.\n" * 30,
        "İ" * 5_000 + "\n" + "\ud800 broken \udfff" * 50,
    ],
    ids=["long line", "one word", "many lines", "glued", "brackets", "quotes", "right to left", "odd letters"],
)  # fmt: skip
def test_hostile_text_is_read(text: str) -> None:
    article = _parse(text)
    assert article.status in {"failed", "thin", "ok"}
    assert article.status == "ok" or article.notes


def test_the_same_capture_gives_the_same_article() -> None:
    assert _parse(LOCAL_PAGE) == _parse(LOCAL_PAGE)


@pytest.mark.parametrize(
    ("lead", "title", "line", "text"),
    [
        ("Door", "Haven verhoogt de dam", "9 april 2031", "Het bestuur van de haven heeft besloten de oude dam met een meter te verhogen."),
        ("Av", "Hamnen höjer vallen", "9 april 2031", "Styrelsen för hamnen har beslutat att höja den gamla vallen med en meter."),
        ("Di", "Il porto alza la diga", "9 aprile 2031", "Il porto ha deciso di alzare di un metro la vecchia diga e di non pagarla."),
    ],
)  # fmt: skip
def test_bylines_of_other_languages(lead: str, title: str, line: str, text: str) -> None:
    article = _parse(f"{title}\n\n{lead} Ana Ruiz\n{line}\n\n{text}\n\n{text} {text}\n")
    assert (article.authors, article.published) == (("Ana Ruiz",), datetime(2031, 4, 9))


def test_the_line_with_a_papers_name_and_day_is_no_headline() -> None:
    story = LOCAL_PAGE[LOCAL_PAGE.index("The only road bridge") :]
    article = _parse(
        f"Pellworth Post Friday, March 14, 2031\n\nBridge over the Arle to close\n\nBy Ana Ruiz\n\n{story}"
    )
    assert (article.headline, article.published) == ("Bridge over the Arle to close", datetime(2031, 3, 14))


def test_a_headline_goes_on_in_small_letters_on_the_line_below() -> None:
    title = _parse(LOCAL_PAGE).headline
    first, last = title.rsplit(" ", 3)[0], " ".join(title.rsplit(" ", 3)[1:])
    assert last[0].islower()
    read = _parse(LOCAL_PAGE.replace(title, f"{first}\n{last}", 1))
    assert (read.headline, read.body) == (title, _parse(LOCAL_PAGE).body)


@pytest.mark.parametrize(
    "below", ["di Ana Ruiz", "chevron_left Browse All Posts", "sexta-feira, 22 de outubro de 2010 às 20:13"]
)
def test_bylines_buttons_and_dates_in_small_letters_are_no_headline(below: str) -> None:
    title = _parse(LOCAL_PAGE).headline
    assert _parse(LOCAL_PAGE.replace(title, f"{title}\n{below}", 1)).headline == title


def test_a_story_cut_off_by_a_paywall_is_thin() -> None:
    story = LOCAL_PAGE.split("\n")
    cut = [*story[:22], "Subscribe now to continue reading", "Already a subscriber? Log in", *story[-6:]]
    article = _parse("\n".join(cut))
    assert (article.status, article.paywalled) == ("thin", True)
    assert any("asks to pay" in note for note in article.notes)


@pytest.mark.parametrize("entry", ["For subscribers", "This content is reserved for subscribers"])
def test_a_menu_that_sells_subscriptions_cuts_no_story_off(entry: str) -> None:
    read = _parse(f"{entry}\n{LOCAL_PAGE}")
    assert [line.role for line in read.lines if line.text == entry] == ["paywall"]
    assert (read.status, read.paywalled, read.body) == ("ok", False, _parse(LOCAL_PAGE).body)


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Ferry adrift off Port Averin, 63 aboard - coastguard", ""),
        ("Tears of joy after three weeks of storm – and a big thank-you to readers", ""),
        ("Ferry adrift off Port Averin, 63 aboard - Averin Gazette", "Averin Gazette"),
        ("Ferry adrift off Port Averin, 63 aboard | averin.example", "averin.example"),
        ("Ferry adrift off Port Averin, 63 aboard | iAverin", "iAverin"),
    ],
)
def test_the_end_of_a_headline_is_no_outlet(title: str, outlet: str) -> None:
    body = (
        "A ferry with 63 people on board lost its engines off Port Averin on Monday night, the coastguard said, and "
        "two tugs were sent to bring it in before the storm that is forecast for the morning.\n\n"
        "All passengers are well and have been told to stay in the saloon, a spokesman said on Monday evening.\n"
    )
    article = _parse(f"{title}\n\n{body}")
    assert article.outlet == outlet


@pytest.mark.parametrize(
    "opening",
    [
        "When Mira Stovall opened her first bakery, she had two ovens, one bicycle and no idea how to bake rye bread.",
        "OSTREL, 4 June — The council will ban the sale of gas boilers from 2035, its leader said on Wednesday.",
        "“Nobody asked us whether we wanted a second harbour, and nobody will,” the fishermen of Ostrel told the mayor.",
    ],
)
@pytest.mark.parametrize("above", [
    "", "https://ostrel.example/bakery\n\n",
    "By Odo Lerrin\n4 minute read\nPublished 8:02 AM EST, Tue March 10, 2026\n\n",
])  # fmt: skip
def test_a_text_without_a_headline_begins_with_its_first_paragraph(opening: str, above: str) -> None:
    rest = (
        "Nine years later the town has three mills and four bakeries.\n\n"
        "The secret, people say, is patience: dough that rests for two days tastes of something.\n\nShops open at five."
    )
    article = parse_article(Capture("a", "a.txt", "text", text=f"{above}{opening}\n\n{rest}"))
    assert article.headline == ""
    assert article.body.startswith(opening)


def test_pictures_described_behind_their_agency_and_their_captions_are_no_story() -> None:
    """As pages have them whose pictures are copied with the text: the description, then the caption."""
    page = (
        "Bakeries of Ostrel shut for a week\n\nGetty Images Loaves of rye bread on a wooden shelf\n"
        "The bread is made in Ostrel\n\nThe mills of Ostrel stand still, the town council said on Monday.\n\n"
        "“There is no flour left, and no one will tell us why,” said Odo Lerrin, who has baked since 1990.\n\n"
        "PA Media A man in an apron beside his oven\nOdo Lerrin has baked since 1990\n\n"
        "A ship with wheat is to reach the harbour on Friday, and the ovens will be lit on the same night."
    )
    article = _parse(page)
    assert article.headline == "Bakeries of Ostrel shut for a week"
    assert [paragraph[:9] for paragraph in article.body.split("\n\n")] == [
        "The mills",
        "“There is",
        "A ship wi",
    ]


def test_a_release_is_dated_by_its_dateline_and_ends_above_who_sends_it() -> None:
    page = (
        "FOR IMMEDIATE RELEASE\nMedia contact:\nOdo Lerrin\n(555) 010-2030\n\nBakeries of Ostrel shut for a week in March\n\n"
        "OSTREL, Norland, March 3, 2031 – The mills of Ostrel stand still, the town council said on Monday.\n\n"
        "“There is no flour left, and no one will tell us why,” said Odo Lerrin, who has baked since 1990.\n\n"
        "A ship with wheat is to reach the harbour on Friday, and the ovens will be lit on the same night.\n\n"
        "About the Ostrel Bakers’ Guild\nThe guild speaks for forty bakers. It was founded in 1921.\n\n###\n"
    )
    article = _parse(page)
    assert article.published == datetime(2031, 3, 3)
    assert article.standfirst == ""
    assert article.body.startswith("OSTREL, Norland") and article.body.endswith("on the same night.")


@pytest.mark.parametrize("text", [
    "On March 3, 2031 – a Monday – the mills stood still.", "OSTREL, 3/4/2031 – The mills stand still.",
    "OSTREL, March 3 – The mills stand still.", "The mills stood still on March 3, 2031 – and then they ran.",
])  # fmt: skip
def test_other_days_of_a_first_sentence_are_no_dateline(text: str) -> None:
    from clipbook.article.datelines import dateline_date

    assert dateline_date(text) is None


def test_a_first_paragraph_that_ends_in_two_straight_marks_is_the_storys() -> None:
    first = (
        "Nobody asked the fishermen of Ostrel, and on Monday they were not quiet: ''The harbour is ours!''"
    )
    rest = "Nine years later the town has three mills and four bakeries.\n\nThe shops of the harbour open at five in summer."
    article = _parse(f"Fishermen of Ostrel march to the harbour\n\n{first}\n\n{rest}")
    assert (article.standfirst, article.body.split("\n\n")[0]) == ("", first)


def test_a_date_is_left_out_where_several_headlines_have_their_own() -> None:
    from clipbook.article.dates import find_dates
    from clipbook.article.reading import read_lines
    from clipbook.article.traits import page_traits
    from clipbook.article.verdicts import Verdicts

    story = [
        f"The council of Ostrel said on Monday that harbour number {n} would be dredged before the autumn, whatever it costs."
        for n in range(8)
    ]
    lines = [
        "Harbour to be dredged",
        "By Ana Ruiz",
        "4 June 2031",
        "Harbour to be closed",
        "By Jon Hale",
        "9 May 2030",
        *story,
    ]
    page = page_traits(lines)
    body = np.array([0.0] * 6 + [1.0] * 8, np.float32)
    for second, date in ((0.6, None), (0.01, find_dates("4 June 2031")[0].moment)):
        headline = np.array([0.6, 0, 0, second] + [0.0] * 10, np.float32)
        reading = read_lines(lines, page, Verdicts(body, headline))
        assert (reading.published and reading.published.stamp.moment) == date
        assert bool(reading.notes) == (date is None)
