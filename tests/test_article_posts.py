"""Posts, codes and notices within pages, signatures below them, and pages that are printed wholly in capitals."""

from __future__ import annotations

import pytest

from clipbook.article import parse_article
from clipbook.captures import Limits
from clipbook.captures.lines import visible_text
from clipbook.corpus.stated import read_article
from clipbook.quotes import find_quotes
from clipbook.records import Capture

ABOVE = (
    "The only ferry to Osmund Island was taken out of service on Friday after inspectors found a crack along its hull.",
    "Engineers of the harbour said the ferry would be lifted from the water next week so that its hull can be measured.",
)
BELOW = (
    "“We would rather have people angry with us than have them in the water,” said Lotte Brandis, who heads the harbour.",
    "Residents of the island had warned of leaks in the hull for two winters, its mayor said in a letter to the harbour.",
)
HEAD = "Ferry to Osmund Island halted after hull crack\nBy Petra Vandel\nMarch 14, 2025\n\n"


def parsed(text: str):
    return parse_article(Capture("a", "a.txt", "text", text=visible_text(text, Limits())[0]))


def page(post: str) -> str:
    return HEAD + "\n\n".join((*ABOVE, post, *BELOW))


@pytest.mark.parametrize(
    "post",
    [
        "View this post on Instagram\n\nA post shared by Coast Ferries (@coastferries)",
        "Coast Ferries\n@coastferries\n·\nFollow\nNo sailings until further notice, the hull has a crack.\n"
        "11:02 AM · Mar 14, 2025\n1.2K\nReply\nCopy link\nRead 87 replies",
    ],
    ids=["instagram", "with buttons"],
)
def test_an_embedded_post_is_no_sentence_of_the_story(post):
    article = parsed(page(post))
    assert article.body == "\n\n".join((*ABOVE, *BELOW))
    assert article.outlet == ""
    assert article.authors == ("Petra Vandel",)


def test_a_sentence_about_a_post_stays_without_the_posts_link():
    said = "“The hull has a crack,” the firm (@coastferries) wrote on Friday."
    article = parsed(page(f"{said} pic.twitter.com/AbCdEfGhIj"))
    assert article.body == "\n\n".join((*ABOVE, said, *BELOW))


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("— Petra Vandel, Gull Coast Courier", "Petra Vandel"),
        ("--Petra Vandel", "Petra Vandel"),
        ("(Petra Vandel, Gull Coast Courier)", "Petra Vandel"),
        ("– AFP with Gull Coast Courier", "AFP"),
        ("Petra Vandel / Osmund Ledger", "Petra Vandel"),
    ],
)
def test_a_line_below_the_story_signs_it(line, author):
    article = parsed(
        "Ferry to Osmund Island halted after hull crack\n\n" + "\n\n".join((*ABOVE, *BELOW, line))
    )
    assert (article.authors, article.body) == ((author,), "\n\n".join((*ABOVE, *BELOW)))
    assert "Vandel" not in article.outlet


def test_a_signature_below_a_quotation_signs_that():
    signed = "“The island needs two ferries and has not even one.”\n— Henk Orlo, mayor of Osmund Island"
    article = parsed(
        "Ferry to Osmund Island halted after hull crack\n\n" + "\n\n".join((*ABOVE, *BELOW, signed))
    )
    assert (article.authors, article.body.endswith("mayor of Osmund Island")) == ((), True)


CODES = {
    "attributes": '[tweet tweet-id="1234567890"]',
    "curly marks": "[caption id=“attachment_12” align=“alignnone” width=“800”]The quay on Friday. Photo: A. Ruiz[/caption]",
    "within": "[embed]https://video.example/watch?v=1[/embed]",
    "pair": "[gallery ids=1,2,3][/gallery]",
    "own": "[acme_related_posts count='3' title='More on ferries']",
}


@pytest.mark.parametrize("code", CODES)
def test_codes_of_publishing_systems_are_no_text(code):
    kept = "Nobody [of the crew] was hurt, the harbour [sic] said in its letter."
    article = read_article(
        Capture(
            "a",
            "a.txt",
            "text",
            text=visible_text(page(f"{kept} {CODES[code]}\n\n{CODES[code]}"), Limits())[0],
        )
    )
    assert article.body == "\n\n".join((*ABOVE, kept, *BELOW))
    markup = "".join(f"<p>{line}</p>" for line in (*ABOVE, kept, CODES[code], *BELOW))
    html = f"<html><body><article><h1>Ferry halted after crack</h1>{markup}</article></body></html>"
    assert article.body == read_article(Capture("a", "a.html", "html", html=html)).body


WIRE = (
    HEAD
    + "\n\n".join((*ABOVE, *BELOW))
    + "\n\nMayor Henk Orlo, 58, said the island had food. “Nine days, and then we row,” Orlo told a crowd.\n\n“My children are "
    "cold,” said Maria Teller, a nurse. “It is the wind,” officials said.\n\n“I have sailed her,” Quendel said. "
    "“She will sail again.”"
).upper()  # fmt: skip


def test_a_page_in_capitals_has_its_fields_and_its_whole_text():
    article = parsed(WIRE)
    assert article.headline == "FERRY TO OSMUND ISLAND HALTED AFTER HULL CRACK"
    assert article.authors == ("Petra Vandel",)
    assert str(article.published) == "2025-03-14 00:00:00"
    assert article.body.startswith("THE ONLY FERRY") and article.body.endswith("“SHE WILL SAIL AGAIN.”")
    assert article.body.count("\n\n") == 6


def test_who_speaks_in_capitals_is_named_without_the_verb():
    quotes = find_quotes(parsed(WIRE).body)
    said = dict(zip(quotes["text"].str[:14], quotes["speaker"], strict=True))
    assert said == {
        "WE WOULD RATHE": "Lotte Brandis",
        "NINE DAYS, AND": "Henk Orlo",
        "MY CHILDREN AR": "Maria Teller",
        "IT IS THE WIND": "officials",
        "I HAVE SAILED ": "Quendel",
        "SHE WILL SAIL ": "Quendel",
    }
    assert set(quotes["kind"]) == {"direct"}
    assert all(words in WIRE for column in ("text", "speaker_words", "cue") for words in quotes[column])


NOTICES = (
    "This article is for subscribers only.",
    "Subscribe now for $1 a week to continue reading.",
    "Was this newsletter forwarded to you? Sign up here.",
    "This audio was generated by AI. Learn more.",
    "The views expressed here are the author's own.",
    "Continued on next page",
    "1 2 3 Next »",
)


@pytest.mark.parametrize("notice", NOTICES)
def test_what_a_page_says_of_itself_below_the_story_is_none_of_it(notice):
    article = parsed(HEAD + "\n\n".join((*ABOVE, *BELOW, notice)))
    assert article.body == "\n\n".join((*ABOVE, *BELOW))
    assert article.paywalled == (notice in NOTICES[:2])


def test_news_about_subscribers_is_news():
    said = "Subscribe or lose the ferry, the harbour told residents, but nobody paid."
    assert said in parsed(page(said)).body


def test_a_summary_by_a_machine_is_no_text_of_the_story():
    summary = "AI summary\nThe ferry has a crack.\nIt will be lifted.\nGenerated by AI. May contain errors."
    article = parsed(HEAD + "\n\n".join((summary, *ABOVE, *BELOW)))
    assert article.body == "\n\n".join((*ABOVE, *BELOW))


def test_the_address_that_a_phone_shares_behind_a_headline_is_none_of_it():
    shared = (
        "Ferry to Osmund Island halted after hull crack https://www.coastcourier.example/news/ferry?utm=share"
    )
    article = parsed("\n\n".join((shared, *ABOVE, *BELOW)))
    assert article.headline == "Ferry to Osmund Island halted after hull crack"


def test_the_head_of_a_papers_page_is_its_date_and_no_headline():
    head = "OSMUND LEDGER, FRIDAY, MARCH 14, 2025         A5\n\nFerry halted after crack in its hull\n\nBy Petra Vandel\n\n"
    article = parsed(head + "\n\n".join((*ABOVE, *BELOW)))
    assert (article.headline, str(article.published)[:10]) == (
        "Ferry halted after crack in its hull",
        "2025-03-14",
    )


def test_neither_a_bullet_nor_a_time_sums_a_story_up():
    for line in (
        "• A crack was found along the hull of a ferry",
        "16.45 A crack was found along the hull of a ferry",
    ):
        assert parsed(f"{HEAD}{line}\n\n" + "\n\n".join((*ABOVE, *BELOW))).standfirst == ""
