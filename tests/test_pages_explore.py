"""The page that searches articles: what it holds, what a page to share holds, and what its policy allows."""

import base64
import gzip
import hashlib
import json
import re

import pandas as pd
import pytest
from search_examples import ARTICLES

import clipbook as cb
from clipbook import cli
from clipbook.keywords.search import read_query
from clipbook.pages import explore_page
from clipbook.publish import MOST

QUOTES = pd.DataFrame(
    [
        ("moor/1", 17, 26, "It’s warm", "Ana Ruiz", "direct", 2, 0.9),
        ("quay/1", 4, 14, "night boat", "Bo Lind", "scare", 2, 0.9),  # nobody's words
        ("moor/2", 3, 8, "ÉCOLE", "Cy Moe", "direct", 1, 0.2),  # in doubt
    ],
    columns=["capture_id", "start", "end", "text", "speaker", "kind", "words", "confidence"],
)
EVIDENCE = pd.DataFrame(
    [("quay/1", "conflict", "strike", "body", 55, 72), ("quay/1", "conflict", "over", "body", 55, 72)],
    columns=["capture_id", "frame", "cue", "field", "sentence_start", "sentence_end"],
)


def page(**given):
    return explore_page(ARTICLES, QUOTES, EVIDENCE, **given)


def held(html):
    packed = re.search(r'<script type="application/octet-stream" id="data">([A-Za-z0-9+/=]*)</script>', html)[
        1
    ]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_the_page_holds_whole_articles_with_words_speakers_and_cues():
    data = held(page())
    assert [row["fields"] for row in data["articles"]] == ARTICLES[["headline", "body"]].values.tolist()
    first, _, third, fourth = data["articles"]
    assert (first["outlet"], first["day"], first["words"]) == (
        "Quay",
        "2026-03-02",
        14 + 3,
    )  # with the headline's
    assert data["frames"] == ["conflict"] and first["cues"] == [[1, 55, 17, 4, 0]]  # A strike is over.
    assert first["fields"][1][55:72] == "A strike is over."
    assert data["speakers"] == ["Ana Ruiz", "unsure"] and third["said"] == [[1, 17, 9, 2, 0]]
    assert first["said"] == [] and fourth["said"] == [[1, 3, 5, 1, 1]]
    assert data["periods"][fourth["period"]]["name"] == "no date"
    assert "is for your own use" in page()


def test_places_are_counted_as_a_browser_counts_letters():
    """𝔘 and 😀 are two units of a browser's strings each."""
    body = "😀 “𝔘nder it,” he said."
    one = ARTICLES.head(1).assign(body=body)
    said = QUOTES.head(1).assign(capture_id="quay/1", start=3, end=12)
    units = held(explore_page(one, said, EVIDENCE.iloc[:0]))["articles"][0]["said"][0]
    text = body.encode("utf-16-le")
    assert text[2 * units[1] : 2 * (units[1] + units[2])].decode("utf-16-le") == "𝔘nder it,"


@pytest.mark.parametrize(
    "query", ["warm*", "night", "sea OR pier", "the sea", '"night boat"', "boat* -Müller*", "zebra"]
)
def test_a_page_to_share_holds_the_lines_around_the_places_and_finds_the_same(query):
    long = ARTICLES.assign(
        body=[
            f"{'Other words stand here. ' * 9}{body} {'More of them follow. ' * 9}"
            for body in ARTICLES["body"]
        ]
    )
    data = held(explore_page(long, QUOTES.iloc[:0], EVIDENCE.iloc[:0], query=query))
    kept, asked = [row["fields"] for row in data["articles"]], read_query(query)
    found = [
        fields[place[0]][place[1] : place[2]] for fields in kept for place in asked.places_in(tuple(fields))
    ]
    expected = cb.search(long, query)
    assert found == expected["match"].tolist() and data["query"] == query
    around = 60 * 2 * len(expected) + expected["match"].str.len().sum() + long["headline"].str.len().sum()
    assert sum(len(text) for fields in kept for text in fields) <= around + 2 * len(expected)
    assert all(
        fields == ["", ""]
        for fields, name in zip(kept, long["capture_id"], strict=True)
        if name not in set(expected["capture_id"])
    )
    words = [row["words"] for row in data["articles"]]
    assert words == [
        row["words"] for row in held(explore_page(long, QUOTES.iloc[:0], EVIDENCE.iloc[:0]))["articles"]
    ]


def test_a_shared_page_keeps_who_says_it_and_how_much_each_says():
    article = held(page(query="warm"))["articles"][2]
    ((field, start, length, words, speaker),) = article["said"]
    assert article["fields"][field][start : start + length] == "It’s warm" and (words, speaker) == (2, 0)
    without = held(page(query="climate"))["articles"]
    assert [row["said"] for row in without][3] == [
        [1, 0, 0, 1, 1]
    ]  # nothing of it is held, its word counts still


def test_a_shared_page_links_the_web_and_no_script():
    assert [row["url"] for row in held(page(query="sea OR quay"))["articles"]] == [
        "https://quay.example/1",
        "",
        "",
        "",
    ]
    assert all(row["url"] == "" for row in held(page())["articles"])


def test_the_policy_allows_the_pages_own_script_and_style_and_nothing_else():
    html = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    for kind, tag in (("style-src", "style"), ("script-src", "script")):
        source = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.S)[1]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert (
        "default-src 'none'" in policy
        and "unsafe" not in policy
        and "http" not in policy.replace("http-equiv", "")
    )
    assert len(re.findall("<script", html)) == 2


def test_what_an_article_says_is_no_part_of_the_markup():
    attack = "</script><script>alert(1)</script>"
    hostile = ARTICLES.assign(headline=attack, body=attack, outlet=attack)
    assert "alert" not in explore_page(hostile, QUOTES.assign(speaker=attack), EVIDENCE.assign(frame=attack))
    assert "alert(1)</script>" not in explore_page(hostile, QUOTES, EVIDENCE, query=f'"{attack}"')


def test_the_same_articles_give_the_same_bytes():
    assert page(query="sea") == page(query="sea")


def test_the_command_writes_the_page_and_one_to_share(few_captures, tmp_path, capsys):
    where = ["--captures", str(few_captures), "--figures", str(tmp_path)]
    assert cli.main(["explore", *where]) == 0
    data = held((tmp_path / "explore.html").read_text(encoding="utf-8"))
    assert len(data["articles"]) == 6 and "6 articles" in capsys.readouterr().out
    assert cli.main(["explore", "--share", "ferr*", *where]) == 0
    shared = held((tmp_path / "shared.html").read_text(encoding="utf-8"))
    size = [sum(len(text) for row in one["articles"] for text in row["fields"]) for one in (data, shared)]
    assert size[1] < size[0] / 2
    assert cli.main(["explore", "--share", '"open', *where]) == 2
    assert "has no closing quotation mark" in capsys.readouterr().err


def test_of_more_articles_than_a_page_holds_some_are_drawn_and_it_says_so(
    monkeypatch, few_captures, tmp_path, capsys
):
    monkeypatch.setattr("clipbook.publish.MOST", 4)
    assert MOST == 1_000
    assert cli.main(["explore", "--captures", str(few_captures), "--out", str(tmp_path / "e.html")]) == 0
    assert "4 articles, drawn at random from 6" in capsys.readouterr().out
    html = (tmp_path / "e.html").read_text(encoding="utf-8")
    assert (
        "<strong>These are 4 of 6 articles, drawn at random</strong>" in html
        and len(held(html)["articles"]) == 4
    )
