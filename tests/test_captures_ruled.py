"""Several articles in one text, kept apart by lines drawn across it, and one article that has such lines within."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import capture_makers as make
import pandas as pd
import pytest

from clipbook.corpus import read_corpus

STORIES = (
    {
        "headline": "Ferry to Osmund Island halted after hull crack", "author": "Petra Vandel", "outlet": "Gull Coast Courier",
        "day": "14 March 2025", "place": "OSMUND HARBOUR",
        "text": (
            "The only ferry to Osmund Island was taken out of service on Friday after inspectors found a crack along its hull, "
            "stranding about 300 residents on the mainland.",
            "Engineers of the harbour said the ferry, which has run since 1981, would be lifted from the water next week so "
            "that the crack in its hull can be measured.",
            "“We would rather have people angry with us than have them in the water,” said Lotte Brandis, who heads the harbour.",
            "Residents of the island had warned of leaks in the hull for two winters. Shops on Osmund Island have food for nine "
            "days, its mayor said.",
        ),
    },
    {
        "headline": "Teachers in Brackwater vote to strike over class sizes", "author": "Amos Tillery",
        "outlet": "Brackwater Ledger", "day": "2 May 2024", "place": "BRACKWATER",
        "text": (
            "Teachers at all eleven public schools in Brackwater voted to walk out, saying that classes of more than 35 pupils "
            "have become impossible to teach.",
            "Their union said 91 percent of its members backed the strike, the first that teachers of the district have called "
            "since 1998.",
            "“No one wants a strike in the month of exams,” union president Corinne Hale said. “But nobody listened in autumn.”",
            "The chair of the school board called the vote of the union disappointing; the district had offered to hire forty "
            "aides for its largest classes.",
        ),
    },
    {
        "headline": "Old observatory on Mount Keld to become a museum", "author": "Sunniva Roth", "outlet": "Keld Valley Times",
        "day": "9 January 2026", "place": "KELD",
        "text": (
            "The observatory on Mount Keld, where astronomers once mapped the southern sky, will open as a museum, the regional "
            "council decided.",
            "Its telescope has stood unused since 2003, when light from the growing city made the work of the observatory "
            "pointless.",
            "The museum would show how astronomers measured the stars before computers, council member Aldo Ferrant said.",
            "Half the cost of the museum is paid by a foundation; the telescope itself will be restored by the council.",
        ),
    },
)  # fmt: skip


def body(story: dict) -> str:
    return "\n\n".join(story["text"])


def signed(story: dict) -> str:
    return f"{story['headline']}\nBy {story['author']}\n{story['day']}\n\n{body(story)}"


HEADS = {
    "signed": signed,
    "outlet and day": lambda s: f"{s['headline']}\n\n{s['outlet']}\n{s['day']}\n\n{body(s)}",
    "day first": lambda s: f"{s['day']}\n{s['outlet']}\n{s['headline']}\nBy {s['author']}\n\n{body(s)}",
    "dateline": lambda s: f"{s['headline']}\n\n{s['place']} (Coastal Wire) — {body(s)}",
    "address": lambda s: (
        f"https://{s['outlet'].split()[0].lower()}.example/news/1\n\n{s['headline']}\n\n{body(s)}"
    ),
    "wrapped": lambda s: (
        f"{s['headline']}\nBy {s['author']}\n{s['day']}\n\n" + "\n\n".join(fill(p, 72) for p in s["text"])
    ),
    "sections": lambda s: signed(s).replace("\n\n“", "\n\n* * *\n\n“").replace("\n\nThe museum would", "\n\n* * *\n\nThe museum would"),
    "footer": lambda s: f"{signed(s)}\n\n-----\n© 2026 {s['outlet']}. All rights reserved.",
}  # fmt: skip


def read(tmp_path: Path, text: str | bytes, name: str = "kept.txt") -> pd.DataFrame:
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_corpus([tmp_path]).articles


def are_told(articles: pd.DataFrame, stories: tuple[dict, ...] = STORIES) -> None:
    """Every story is an article of its own, whole and without the others."""
    assert articles["headline"].tolist() == [story["headline"] for story in stories]
    assert set(articles["status"]) == {"ok"}
    for text, story in zip(articles["body"], stories, strict=True):
        for other in stories:
            for paragraph in other["text"]:
                assert (paragraph[-40:] in " ".join(text.split())) == (other is story)


@pytest.mark.parametrize("rule", ["=" * 60, "-----", "* * *", "#####", "_" * 40])
def test_articles_between_lines_are_articles(tmp_path, rule):
    articles = read(tmp_path, f"\n\n{rule}\n\n".join(map(signed, STORIES)))
    are_told(articles)
    assert articles["capture_id"].tolist() == ["kept#1", "kept#2", "kept#3"]
    assert articles["authors"].tolist() == [story["author"] for story in STORIES]
    assert articles["published"].astype(str).str[:10].tolist() == ["2025-03-14", "2024-05-02", "2026-01-09"]
    assert articles["notes"].str.contains("one of 3 articles of a text").all()


@pytest.mark.parametrize("head", HEADS)
def test_what_their_heads_have_may_differ(tmp_path, head):
    are_told(read(tmp_path, ("\n" + "=" * 30 + "\n").join(map(HEADS[head], STORIES))))


def test_a_head_may_stand_between_two_lines_and_a_line_may_bear_a_number(tmp_path):
    rule = "=" * 40
    boxed = (f"{rule}\n{s['headline']}\n{s['outlet']}, {s['day']}\n{rule}\n\n{body(s)}\n\n" for s in STORIES)
    are_told(read(tmp_path, "".join(boxed)))
    numbered = (f"--- Article {n} of 3 ---\n\n{signed(s)}\n\n" for n, s in enumerate(STORIES, 1))
    are_told(read(tmp_path, "".join(numbered)))


@pytest.mark.parametrize("label", ["", "URL: ", "Link: "])
def test_articles_below_their_addresses_are_articles(tmp_path, label):
    addresses = [f"https://{s['place'][:4].lower()}.example/news/a" for s in STORIES]
    kept = (
        f"{label}{address}\n\n{s['headline']}\n\n{body(s)}"
        for address, s in zip(addresses, STORIES, strict=True)
    )
    articles = read(tmp_path, "\n\n".join(kept))
    are_told(articles)
    assert articles["notes"].str.contains("one of 3 articles of a text, divided at the addresses").all()
    if label != "Link: ":
        assert articles["url"].tolist() == addresses


def test_stories_below_each_other_without_a_line_are_told_apart_and_named(tmp_path):
    """One is read, as of endless pages; the table says what it leaves out and how to have it."""
    articles = read(tmp_path, "\n\n\n".join(map(signed, STORIES)))
    are_told(articles, STORIES[:1])
    assert "a story with its own byline and date stands below and is left out" in articles["notes"][0]


def test_a_second_report_of_the_same_event_below_the_first_is_named(tmp_path):
    """What they speak of does not tell them apart, so the reader of the table is asked to."""
    text = [
        part.replace("Friday", "the day before").replace("stranding", "which left")
        for part in STORIES[0]["text"]
    ]
    other = {
        **STORIES[0],
        "headline": "Islanders wait for a new ferry",
        "author": "Amos Tillery",
        "text": text,
    }
    notes = read(tmp_path, f"{signed(STORIES[0])}\n\n\n{signed(other)}")["notes"]
    assert "a byline and a date stand within it: if it holds several stories" in notes[0]


def test_an_interview_above_another_story_is_noted_as_both(tmp_path):
    turns = "\n\n".join(
        f"{who}: {said}"
        for who, said in zip(["Q", "A"] * 4, STORIES[0]["text"] + STORIES[2]["text"], strict=True)
    )
    interview = f"The ferry and the stars\nBy Petra Vandel\n14 March 2025\n\n{turns}"
    notes = read(tmp_path, f"{interview}\n\n\n{signed(STORIES[1])}")["notes"][0]
    assert (
        "an interview or transcript" in notes and "a story with its own byline and date stands below" in notes
    )


@pytest.mark.parametrize("above", ["", "https://osmu.example/news/a\n\n"])
def test_addresses_within_an_article_divide_nothing(tmp_path, above):
    text = STORIES[0]["text"]
    linked = "The report\n\nhttps://osmu.example/report.pdf"
    articles = read(tmp_path, "\n\n".join((f"{above}{STORIES[0]['headline']}", *text[:2], linked, *text[2:])))
    assert articles["headline"].tolist() == [STORIES[0]["headline"]]


def test_a_headline_may_ask_at_length(tmp_path):
    asked = "Who pays for the ferry to Osmund Island, now that its hull has cracked along its whole length?"
    stories = ({**STORIES[0], "headline": asked}, *STORIES[1:])
    are_told(read(tmp_path, "\n\n-----\n\n".join(map(signed, stories))), stories)


def test_labelled_heads_state_what_they_label(tmp_path):
    labelled = (
        f"TITLE: {s['headline']}\nSOURCE: {s['outlet']}\nDATE: {s['day']}\nBYLINE: {s['author']}\nLENGTH: 90 words\n\n{body(s)}"
        for s in STORIES[:2]
    )
    articles = read(tmp_path, "\n\n----------\n\n".join(labelled))
    are_told(articles, STORIES[:2])
    assert articles["outlet"].tolist() == ["Gull Coast Courier", "Brackwater Ledger"]
    assert articles["authors"].tolist() == ["Petra Vandel", "Amos Tillery"]


def test_a_list_above_the_articles_is_left_out_and_noted(tmp_path):
    cover = "My clippings\n\n1. Ferry\n2. Strike\n3. Stars\n\n=====\n\n"
    articles = read(tmp_path, cover + "\n\n=====\n\n".join(map(signed, STORIES)))
    are_told(articles)
    assert articles["notes"].str.contains("8 words above the first were left out").all()


@pytest.mark.parametrize("form", ["docx", "rtf"])
def test_documents_are_divided_as_texts_are(tmp_path, form):
    lines = "\n\n* * * * *\n\n".join(map(signed, STORIES)).split("\n")
    are_told(read(tmp_path, getattr(make, form)([line for line in lines if line]), f"kept.{form}"))


REST = (
    "The county pays for the ferry to Osmund Island, and its council has asked for a second ferry in each of the last four "
    "budgets, residents of the island say.\n\nInspectors will look at the hull again when the ferry is out of the water; the "
    "harbour wants to publish what they find about the crack."
)  # fmt: skip
WITHIN = {
    "section": f"A long winter\n\n{REST}",
    "note on the author": "About the author\n\nPetra Vandel has written about ships for twenty years. She joined the paper in "
    "2004 and has won three prizes for her reports on the fisheries of the coast and on how they came to an end.",
    "correction": "Correction: 15 March 2025\n\nAn earlier version of this article misstated the year in which the ferry began "
    "to run. It was 1981 and not 1982, as the harbour has since confirmed to us in a letter and in a call.",
    "related stories": "Related stories\n\nHarbour seeks a new chief this spring\nBy Amos Tillery\n12 March 2025",
    "comments": "Comments (1)\n\nJonas P.\n15 March 2025\n\nI took that ferry every week for ten years, and everybody on the "
    "island knew that its hull was leaking badly and that nobody in the harbour cared about it.",
    "copyright": "© 2025 Gull Coast Courier. All rights reserved.\nPrinted from gullcoastcourier.example",
}  # fmt: skip


@pytest.mark.parametrize("rule", ["=" * 40, "* * *", "_" * 30])
@pytest.mark.parametrize("below", WITHIN)
def test_lines_within_an_article_do_not_divide_it(tmp_path, rule, below):
    articles = read(tmp_path, f"{signed(STORIES[0])}\n\n{rule}\n\n{WITHIN[below]}\n")
    are_told(articles, STORIES[:1])
    assert ("second ferry" in articles["body"][0]) == (below == "section")


def test_lines_around_a_head_do_not_divide_it(tmp_path):
    story = STORIES[0]
    head = f"{story['outlet']}\n{'=' * 40}\n{story['headline']}\nBy {story['author']}, {story['day']}\n{'-' * 40}\n"
    are_told(read(tmp_path, head + body(story)), STORIES[:1])


@pytest.mark.parametrize("head", ["headline", "nothing"])
def test_stories_whose_heads_do_not_tell_are_not_silently_one(tmp_path, head):
    told = (f"{s['headline']}\n\n{body(s)}" if head == "headline" else body(s) for s in STORIES)
    articles = read(tmp_path, "\n\n==========\n\n".join(told))
    assert articles["status"].tolist() == ["thin"]
    assert "lines such as '==========' may divide several stories" in articles["notes"][0]
