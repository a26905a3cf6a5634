"""The head of ``Name: value`` lines above a page's text, as ``clipbook clip`` writes it and a person types it."""

import pandas as pd
import pytest

from clipbook import cli
from clipbook.captures.plain import divide_head
from clipbook.corpus import read_corpus

STORY = "\n\n".join(
    f"The harbour council of Westry met on {day} to talk about the ferry, which has not sailed since the winter and may "
    f"not sail again before the {season}, the port office said in a letter to the islanders."
    for day, season in zip(
        ("Monday", "Tuesday", "Friday", "Sunday"), ("spring", "summer", "autumn", "thaw"), strict=True
    )
)
PAGE = f"Home\nNews\nSport\n\nFerry stays in port\n\n{STORY}\n\nCookie settings\n"
CLIPPED = """URL: https://www.quayherald.example/news/ferry-stays?id=4
Clipped: 2026-03-05T18:22:07.123Z
Page title: Ferry stays in port | Quay Herald
Page heading: Ferry stays in port
Page site: Quay Herald
Page author: Ana Ruiz; Bo Lind
Page date: 2026-03-02T07:30:00+01:00
Page updated: 2026-03-03T09:00:00+01:00
Page section: Harbour

"""


def read(tmp_path, text, name="page.txt", encoding="utf-8"):
    (tmp_path / name).write_bytes(text.encode(encoding))
    corpus = read_corpus([tmp_path])
    return corpus.articles.iloc[0], corpus.lines


def test_a_clipped_page_has_address_outlet_date_authors_and_headline(tmp_path):
    article, lines = read(tmp_path, CLIPPED + PAGE)
    assert article["url"] == "https://www.quayherald.example/news/ferry-stays?id=4"
    assert (article["outlet"], article["headline"]) == ("Quay Herald", "Ferry stays in port")
    assert article["authors"] == "Ana Ruiz; Bo Lind" and article["section"] == "Harbour"
    assert article["published"] == pd.Timestamp("2026-03-02 07:30") and article["updated"] == pd.Timestamp(
        "2026-03-03 09:00"
    )
    assert article["body"] == STORY and "2026-03-02T07:30:00+01:00" in article["published_from"]
    assert not lines["text"].str.contains("Page|URL:").any()  # the head is no line of the page


def test_an_address_alone_tells_the_outlet_and_is_no_headline(tmp_path):
    article, _ = read(tmp_path, f"URL: https://www.quayherald.example/news/ferry-stays\n{PAGE}")
    assert (article["headline"], article["outlet"]) == ("Ferry stays in port", "quayherald.example")
    assert article["outlet_from"] == "address" and article["body"] == STORY


def test_what_a_person_types_wins_over_what_the_page_says(tmp_path):
    typed = "Address: https://www.quayherald.example/a\nOUTLET: The Quay Herald\nauthor : Cy Moe\nDate: 4 March 2026\nHeadline: No ferry\nLanguage: en\n\n"
    article, _ = read(tmp_path, typed + "By Bo Lind\n\n2 March 2026\n\n" + PAGE)
    assert (article["outlet"], article["authors"], article["headline"]) == (
        "The Quay Herald",
        "Cy Moe",
        "No ferry",
    )
    assert article["published"] == pd.Timestamp("2026-03-04") and article["outlet_from"] == "the file"


def test_what_a_page_states_wrongly_of_itself_does_not_win(tmp_path):
    """A site whose meta names itself as the author, an aggregator's slogan as its name, a title that is the site's."""
    wrong = (
        "URL: https://www.quayherald.example/a\nPage title: Quay Herald\nPage site: All the news of the coast\n"
        "Page author: Quay Herald\nPage date: soon\n\n"
    )
    article, _ = read(
        tmp_path, wrong + "Quay Herald\n\nFerry stays in port\n\nBy Bo Lind\n\n2 March 2026\n\n" + STORY
    )
    assert (article["outlet"], article["authors"]) == ("Quay Herald", "Bo Lind")
    assert article["published"] == pd.Timestamp("2026-03-02")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_head_is_read_in_any_encoding_and_with_any_line_ends(tmp_path, encoding):
    text = (CLIPPED.replace("Ana Ruiz", "Zoë Müller") + PAGE).replace("\n", "\r\n")
    article, _ = read(tmp_path, text, encoding=encoding)
    assert article["authors"] == "Zoë Müller; Bo Lind" and article["body"] == STORY


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry: council meets\nDate: 2 March 2026\n\n{STORY}",  # a headline with a colon
        f"Outlet: Quay Herald\nDate: 2 March 2026\n\n{STORY}",  # no address
        f"URL: the harbour\n{STORY}",
        f"URL: javascript:alert(1)\n{STORY}",
        f"Ferry stays\nURL: https://quay.example/a\n{STORY}",  # not above it
        f"https://quay.example/a\nhttps://quay.example/b\n{STORY}",  # a list of links
        "https://quay.example/a\n",
    ],
)
def test_what_is_no_head_stays_text(text):
    assert divide_head(text) == ({}, text)


def test_a_head_without_a_page_is_refused_and_an_empty_value_is_none(tmp_path):
    article, _ = read(tmp_path, "URL: https://quay.example/a\nOutlet: Quay Herald\n")
    assert article["status"] == "failed" and "it holds no text" in article["notes"]
    fields, text = divide_head("URL: https://quay.example/a\nOutlet:\nText")
    assert fields == dict.fromkeys(("url", "page url"), "https://quay.example/a") and text == "Text"


def test_an_address_alone_above_the_page_is_its_own():
    page = {"url": "https://quay.example/a", "page url": "https://quay.example/a"}
    assert divide_head(f"https://quay.example/a\r\n\r\n{STORY}") == (page, STORY)
    assert divide_head(f"\nhttps://quay.example/a \nOutlet: Quay Herald\n\n{STORY}") == (
        {**page, "outlet": "Quay Herald"},
        STORY,
    )


def test_the_command_writes_the_page_and_its_script_to_read(tmp_path, capsys):
    assert cli.main(["clip", "--out", str(tmp_path / "clip.html")]) == 0
    html, script = ((tmp_path / f"clip.{end}").read_text(encoding="utf-8") for end in ("html", "js"))
    assert html.count('href="javascript:') == 2 and "nothing is sent anywhere" in script
    assert "fetch" not in script and "XMLHttpRequest" not in script and "<script" not in html
    assert "bookmarks bar" in capsys.readouterr().out
