"""The outlet of a page, and of the pages of a corpus; every page here is invented."""

import pandas as pd
import pytest

from clipbook.article import parse_article
from clipbook.article.outlet import Outlet, stated_outlet
from clipbook.article.outlet_keys import host_name, name_key
from clipbook.article.outlet_names import shown_names
from clipbook.corpus.settle_outlets import outlet_questions, outlets_read, settle_outlets
from clipbook.records import Capture

STORY = """Ferry to Osk island stops for the winter

The ferry to the island of Osk will not sail before March, the harbour office said on Monday, after divers found cracks in
the hull that had been painted over twice.

Islanders who work on the mainland will have to take the longer road across the dam, which is closed at high water and has
no light at night.

“We were told on Friday evening,” said Ines Dahl, who runs the bakery next to the pier and gets her flour by boat.

The harbour office said that a smaller boat could be hired from April, if the council agrees to pay for its crew.
"""


def _outlet(above: str, below: str = "", story: str = STORY) -> tuple[str, str]:
    article = parse_article(Capture("a", "a.txt", "text", text=f"{above}\n\n{story}\n{below}"))
    return article.outlet, article.outlet_from


def test_a_name_with_follow_about_and_copyright_lines_is_the_outlet():
    name, source = _outlet(
        "Tarn Valley Herald\nNews\nSport",
        "About Tarn Valley Herald\nFollow Tarn Valley Herald\n© 2024 Tarn Valley Herald Ltd",
    )
    assert name == "Tarn Valley Herald"
    assert source.startswith("page text: ")


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 Norvik Holdings Ltd. All rights reserved.",
        "© 2024 WordPress",
        "Norvik Press © 2024 Alla rättigheter förbehållna",
        "© 2024 Tüm hakları saklıdır",
        "Norvik US, Inc. © 2024",
        "Follow us on Facebook",
        "World",
        "Share\nNorvik Careers\nAbout Norvik\nPart of the Norvik network\n© 2024 Norvik Ltd",
        "Subscribe to the Herald\nHerald newsletters\nWrite to desk@tarnherald.example",
    ],
)
def test_owner_platform_and_section_are_no_outlet(line):
    assert _outlet("News\nSport", line) == ("", "")


def test_the_day_on_which_somebody_told_is_no_part_of_the_name():
    story = STORY.replace(
        "Islanders who", "“We had no choice,” the mayor told The Tarn Herald on Thursday.\n\nIslanders who"
    )
    assert _outlet("News\nSport", "About The Tarn Herald", story)[0] in ("The Tarn Herald", "Tarn Herald")


def test_a_name_that_begins_with_a_small_letter_is_seen_on_all_its_lines():
    page = ["eHerald maps", "The eHerald shop", "News", "© 2024 eHerald"]
    shown = shown_names(page, [False] * 4, "", ())
    assert shown.names["eherald"].lines == {page[0], page[1], page[3]}


def test_labels_that_run_into_each_other_are_read_one_by_one():
    name, _ = _outlet(
        "HomeNewsSport", "FollowTarn Herald\nContact usPress CodeTermsTarn Herald app\nAbout Tarn Herald"
    )
    assert name == "Tarn Herald"


def test_the_short_form_leads_to_the_name_whose_copyright_the_page_states():
    below = (
        "Subscribe to The Valley\nWork at The Valley\n© 2024 The Valley and Coast Inc. All rights reserved."
    )
    assert _outlet("News\nSport", below)[0] == "The Valley and Coast"


def test_a_reporters_handle_and_a_word_of_a_label_are_no_outlet():
    below = "Mia Dahl @MiaDahl\nFollow @MiaDahl\nAbout Our Team\nTerms of Use\nNew Terms of Use"
    assert _outlet("News\nSport", below) == ("", "")


def test_an_unsigned_byline_names_the_outlet():
    assert _outlet("By Oskavisen") == ("Oskavisen", "unsigned byline")


@pytest.mark.parametrize("first", ["URL: https://www.tarnherald.example/osk", "tarnherald.example"])
def test_the_address_above_the_text_names_the_outlet_as_the_page_spells_it(first):
    name, source = _outlet(f"{first}\nTarn Herald", "About Tarn Herald")
    assert (name, source) == ("Tarn Herald", "address above the text")


@pytest.mark.parametrize(
    ("stated", "url", "name"),
    [
        (
            ["Tarn Herald | News for the valley", "Norvik Media"],
            "https://tarnherald.example/a",
            "Tarn Herald",
        ),
        (["Norvik Media", "Tarn Herald"], "https://m.tarnherald.example/a", "Tarn Herald"),
        (["The valley's best how-to for riders"], "https://tarnherald.example/a", "tarnherald.example"),
        (["tarnherald.example", "The Tarn Herald"], "", "The Tarn Herald"),
        (["Osk Evening News"], "https://oen.example/a", "Osk Evening News"),
        (["Norvik Medien", "Öskinger Börse"], "https://oeskinger-boerse.de/a", "Öskinger Börse"),
        ([], "", ""),
    ],
)
def test_the_address_tells_the_name_from_slogan_and_owner(stated, url, name):
    assert stated_outlet(stated, url, Outlet("", "")).name == name


def test_spellings_and_hosts_have_one_key():
    assert {name_key(name)[0] for name in ("The Tarn Herald", "TarnHerald", "tarnherald.co.uk")} == {
        "tarnherald"
    }
    assert host_name("www.tarn-herald.co.uk") == "tarn-herald"
    assert host_name("no host") == ""


def _table(*rows: tuple[str, ...]) -> pd.DataFrame:
    names = ["source_file", "url", "outlet", "outlet_from", "outlet_maybe"]
    return pd.DataFrame([(*row, "", "", "", "")[:5] for row in rows], columns=names)


def test_two_folders_called_as_their_pages_name_the_rest():
    table = _table(
        ("tarn-herald/1.txt", "", "Tarn Herald", "page text: own"),
        ("tarn-herald/2.txt",),
        ("oen/1.txt", "", "Osk Evening News", "page metadata"),
        ("oen/2.txt", "", "Norvik", "page text: copyright"),
        ("2016/1.txt",),
    )
    settled = settle_outlets(table)
    assert settled["outlet"].to_dict() == {1: "Tarn Herald", 3: "Osk Evening News"}
    assert set(settled["outlet_from"]) == {"folder"}


def test_one_folder_alone_or_a_topic_names_nothing():
    table = _table(
        ("tarn-herald/1.txt", "", "Tarn Herald", "page text: own"), ("tarn-herald/2.txt",), ("climate/3.txt",)
    )
    assert settle_outlets(table).empty


def test_the_files_name_counts_where_other_pages_give_the_outlet():
    table = _table(
        ("2026-03-02_Tarn Herald_12.txt",), ("b.txt", "", "Tarn Herald", "page metadata"), ("2026_x.txt",)
    )
    settled = settle_outlets(table)
    assert settled[["outlet", "outlet_from"]].to_dict("index") == {
        0: {"outlet": "Tarn Herald", "outlet_from": "file name"}
    }


def test_spellings_are_joined_by_letters_or_by_site_and_otherwise_asked():
    table = _table(
        ("1", "", "tarnherald.example", "address"),
        ("2", "", "Tarn Herald", "page metadata"),
        ("3", "https://osk.example/a", "Osk", "page metadata"),
        ("4", "https://osk.example/b", "Osk News", "page metadata"),
        ("5", "https://osk.example/c", "Osk News", "page metadata"),
        ("6", "", "Ferry", "page metadata"),
        ("7", "", "Ferry Times", "page metadata"),
    )
    settled = settle_outlets(table)
    assert settled["outlet"].to_dict() == {0: "Tarn Herald", 2: "Osk News"}
    asked = outlet_questions(table.iloc[5:])
    assert asked[["outlet", "perhaps"]].to_numpy().tolist() == [["Ferry", "Ferry Times"]]


def test_what_the_researcher_states_stays():
    table = _table(("1", "", "TARN HERALD", "captures.csv"), ("2", "", "Tarn Herald", "page metadata"))
    assert settle_outlets(table)["outlet"].to_dict() == {1: "TARN HERALD"}


def test_outlets_are_listed_with_their_evidence_the_least_certain_first():
    table = _table(
        ("1", "", "Osk News", "page metadata"),
        ("2", "", "Tarn Herald", "page text: own, legal"),
        ("3", "", "Tarn Herald", "page metadata"),
        ("4", "", "", "", "Ferry Post 0.41; Dahl 0.03"),
        ("5", "", "Osk", "page text: told"),
        ("6", "", "", "", "Osk Mail 0.20"),
        ("7", "", "", "", "Ferry Post 0.55"),
    ).assign(capture_id=list("abcdefg"))
    listed = outlets_read(table)
    assert listed["outlet"].tolist() == ["", "Osk", "Tarn Herald", "Osk News"]
    assert listed["guessed"].tolist() == [0, 1, 1, 0]
    assert listed["perhaps"].tolist() == ["Ferry Post 0.55; Osk Mail 0.20", "Osk News", "", "Osk"]
    assert listed["read_from"].tolist()[2] == "page text 1, page metadata 1"
    assert listed["example"].tolist() == ["d", "e", "b", "a"]
