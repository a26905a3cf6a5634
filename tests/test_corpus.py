"""From files to the corpus: one row a capture, whatever the order, and the researcher has the last word."""

import json
import random

import capture_makers as make
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clipbook.captures import read_captures
from clipbook.corpus import MetadataError, comparable, line_table, read_corpus
from clipbook.records import Article, Line
from clipbook.schema import TableError


def put(tmp_path, files):
    folder = tmp_path / "captures"
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def story(seed, words=120):
    """Sentences of invented words, different for every seed."""
    chance = random.Random(seed)
    syllables = ["ba", "ne", "ro", "li", "tu", "mak", "sen", "dor", "vil", "han", "pe", "cor"]

    def sentence():
        return " ".join("".join(chance.choices(syllables, k=2)) for _ in range(12)).capitalize() + "."

    return "\n\n".join(" ".join(sentence() for _ in range(3)) for _ in range(words // 36 + 1))


def rows(*texts, **columns):
    return "\n".join(
        json.dumps({"text": text, **{name: values[n] for name, values in columns.items()}})
        for n, text in enumerate(texts)
    )


def test_every_file_is_one_row_or_one_for_each_article_in_it(tmp_path):
    folder = put(
        tmp_path,
        {
            "a.txt": make.STORY,
            "b.html": make.page(),
            "export.docx": make.docx(make.nexis("One", "Two", "Three")),
            "broken.pdf": b"%PDF-1.4 nothing",
            "empty.txt": b"",
            "crawl.warc.gz": make.warc(
                {"https://a.example/1": make.page(), "https://a.example/2": make.page()}
            ),
        },
    )
    corpus = read_corpus(folder)
    found = corpus.articles.groupby("source_file").size().to_dict()
    assert found == {
        "a.txt": 1,
        "b.html": 1,
        "broken.pdf": 1,
        "crawl.warc.gz": 2,
        "empty.txt": 1,
        "export.docx": 3,
    }
    assert corpus.articles["capture_id"].is_unique
    assert corpus.articles["capture_id"].is_monotonic_increasing
    failed = corpus.articles[corpus.articles["status"] == "failed"]
    assert sorted(failed["source_file"]) == ["broken.pdf", "empty.txt"]
    assert (failed["notes"] != "").all()
    assert set(corpus.lines["capture_id"]) <= set(corpus.articles["capture_id"])


def test_the_order_of_paths_changes_nothing(tmp_path):
    folder = put(tmp_path, {f"{n}/{name}.txt": story(name + n) for n in "ab" for name in "xyz"})
    whole = read_corpus(folder)
    parts = read_corpus([folder / "b", folder / "a"])
    again = read_corpus([folder / "a", folder / "b"])
    pd.testing.assert_frame_equal(parts.articles, again.articles)
    pd.testing.assert_frame_equal(parts.lines, again.lines)
    assert sorted(whole.articles["body"]) == sorted(parts.articles["body"])


def test_an_empty_folder_gives_empty_tables_with_their_columns(tmp_path):
    corpus = read_corpus(put(tmp_path, {"README.md": "nothing"}))
    assert len(corpus.articles) == len(corpus.lines) == 0
    assert {"capture_id", "body", "status"} <= set(corpus.articles.columns)
    assert str(corpus.articles["published"].dtype).startswith("datetime64")


def test_missing_text_is_empty_and_a_missing_date_is_nat(tmp_path):
    article = read_corpus(put(tmp_path, {"bad.pdf": b"%PDF-"})).articles.iloc[0]
    assert article[["headline", "body", "authors", "url"]].tolist() == ["", "", "", ""]
    assert article["published"] is pd.NaT
    assert article["words"] == 0
    assert pd.isna(article["kept_share"])


def test_a_table_of_articles_keeps_text_dates_and_further_columns(tmp_path):
    table = rows(story(1), story(2), title=["One", "Two"], author=["By TOVE BERG", "Ana Ruiz; Jon Bell"],
                 date=["2024-03-04T09:30:00+01:00", "4 March 2024"], wave=["1", "2"])  # fmt: skip
    articles = read_corpus(put(tmp_path, {"set.jsonl": table})).articles
    assert articles["capture_id"].tolist() == ["set#1", "set#2"]
    assert articles["headline"].tolist() == ["One", "Two"]
    assert articles["authors"].tolist() == ["Tove Berg", "Ana Ruiz; Jon Bell"]
    assert articles["published"].tolist() == [pd.Timestamp("2024-03-04 09:30"), pd.Timestamp("2024-03-04")]
    assert articles["published_zone"].tolist() == ["+01:00", ""]
    assert articles["wave"].tolist() == ["1", "2"]
    assert articles["body"].tolist() == [story(1), story(2)]
    assert articles["kept_share"].tolist() == [1.0, 1.0]


METADATA = (
    "source_file,outlet,published,url,kind,notes\n"
    "a.txt,Lindmouth Courier,2024-03-04T18:00+02:00,https://a.example,daily,checked\n"
    "gone.txt,Nobody,,,,\n"
)


def test_metadata_beside_the_folder_wins_over_the_page(tmp_path):
    folder = put(tmp_path, {"a.txt": "The Harbour Post\n\n" + make.STORY, "b.txt": story(1)})
    (tmp_path / "captures.csv").write_text(METADATA)
    corpus = read_corpus(folder)
    first, second = corpus.articles.to_dict("records")
    assert (first["outlet"], first["url"], first["kind"]) == (
        "Lindmouth Courier",
        "https://a.example",
        "daily",
    )
    assert (first["published"], first["published_zone"]) == (pd.Timestamp("2024-03-04 18:00"), "+02:00")
    assert first["given_notes"] == "checked"
    assert second["kind"] == ""
    assert corpus.notes == ("captures.csv row 3 names gone.txt, which is not among the captures",)


def test_metadata_inside_the_folder_and_by_name_are_the_same(tmp_path):
    folder = put(tmp_path, {"a.txt": make.STORY, "captures.csv": METADATA.replace(",", ";")})
    inside = read_corpus(folder)
    (folder / "captures.csv").rename(tmp_path / "known.csv")
    named = read_corpus(folder, metadata=tmp_path / "known.csv")
    pd.testing.assert_frame_equal(inside.articles, named.articles)
    assert inside.articles["outlet"].tolist() == ["Lindmouth Courier"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "source_file,outlet\na.txt,x\na.txt,y\n",
            "known.csv row 2 and known.csv row 3 differ on outlet of a.txt",
        ),
        ("source_file,published\na.txt,03/04/2024\n", "row 2: published is '03/04/2024'"),
        ("source_file,published\na.txt,2024-02-30\n", "row 2"),
        ("source_file,outlet\n,x\n", "row 2: source_file is empty"),
        ("source_file,outlet\na.txt,x,y\n", "row 2: 3 cells but 2 columns"),
        ("file,outlet\na.txt,x\n", "no column source_file; its columns are file, outlet"),
        ("source_file,outlet,outlet\na.txt,x,y\n", "two columns of the same name"),
        ("source_file,language\na.txt,english\n", "row 2: language is 'english'; write its two-letter code"),
        ("source_file,outlet\nother.txt,x\n", "No row of the metadata names a capture"),
    ],
)
def test_metadata_that_cannot_be_right_names_the_row(tmp_path, text, says):
    folder = put(tmp_path, {"a.txt": make.STORY})
    (tmp_path / "known.csv").write_text(text)
    with pytest.raises(MetadataError) as caught:
        read_corpus(folder, metadata=tmp_path / "known.csv")
    assert says in str(caught.value)


def test_a_name_with_a_space_of_another_width_is_the_name_that_people_type(tmp_path):
    """Systems put narrow no-break spaces into the names of saved pages; spreadsheets keep or lose them."""
    folder = put(tmp_path, {"9.41\u202fPM page\u00a01.txt": make.STORY})
    for typed in ("9.41 PM page 1.txt", "9.41\u202fPM page\u00a01.txt"):
        (tmp_path / "known.csv").write_text(f"source_file,outlet\n{typed},Echo\n", encoding="utf-8")
        articles = read_corpus(folder, metadata=tmp_path / "known.csv").articles
        assert articles[["source_file", "outlet"]].values.tolist() == [["9.41 PM page 1.txt", "Echo"]]


@pytest.mark.parametrize("written", ["en-GB", "EN", "en_US", "en"])
def test_a_language_counts_however_its_code_is_written(tmp_path, written):
    folder = put(tmp_path, {"a.txt": make.STORY})
    (tmp_path / "known.csv").write_text(f"source_file,language\na.txt,{written}\n")
    assert read_corpus(folder, metadata=tmp_path / "known.csv").articles["language"].tolist() == ["en"]


@pytest.mark.parametrize("published", ["9999-12-31", "31 December 9999", "0001-01-01"])
def test_a_year_that_stands_for_no_date_is_refused_with_its_row(tmp_path, published):
    folder = put(
        tmp_path, {"a.txt": make.STORY, "captures.csv": f"source_file,published\na.txt,{published}\n"}
    )
    with pytest.raises(
        MetadataError, match=rf"row 2: published is '{published}', and no news is of that year"
    ):
        read_corpus(folder)


@pytest.mark.parametrize("place", ["captures.csv", "../captures.csv"])
def test_a_captures_csv_that_names_no_files_is_not_passed_over(tmp_path, place):
    folder = put(tmp_path, {"a.txt": make.STORY, place: "Source_File,outlet\na.txt,Echo\n"})
    with pytest.raises(
        MetadataError, match=r"captures\.csv has no column source_file; its columns are Source_File"
    ):
        read_corpus(folder)


def test_a_table_of_articles_that_is_given_by_its_name_is_read_whatever_the_name(tmp_path):
    table = f'title,text\nHarbour,"{story(1)}"\n'
    folder = put(tmp_path, {"captures.csv": table})
    assert read_corpus(folder / "captures.csv").articles["headline"].tolist() == ["Harbour"]


def test_two_lists_of_what_is_known_are_not_one(tmp_path):
    known = "source_file,outlet\na.txt,Echo\n"
    folders = [
        put(tmp_path / month, {"a.txt": make.STORY, "captures.csv": known}) for month in ("jan", "feb")
    ]
    with pytest.raises(MetadataError, match=r"more than one list .*jan.*captures\.csv.*feb"):
        read_corpus(folders)


def test_only_well_read_originals_are_compared():
    articles = pd.DataFrame({"capture_id": list("abcd"), "status": ["ok", "thin", "failed", "duplicate"]})
    assert comparable(articles)["capture_id"].tolist() == ["a"]
    with pytest.raises(TableError, match="status"):
        comparable(articles.drop(columns="status"))


def test_lines_keep_their_place_and_reason():
    article = Article("a", "a.txt", "text", lines=(Line(1, "body", True, "reads like the story", "Words."),))
    assert line_table([article]).to_dict("records") == [
        {"capture_id": "a", "line": 1, "role": "body", "kept": True, "reason": "reads like the story",
         "text": "Words."}
    ]  # fmt: skip


ENDINGS = [
    ".txt", ".html", ".csv", ".pdf", ".docx", ".rtf", ".eml", ".mhtml", ".warc", ".warc.gz", ".zip", ".gz", ".jsonl", ".xyz",
]  # fmt: skip
CONTENTS = [
    make.STORY.encode(),
    make.page().encode(),
    make.eml(),
    make.rtf(make.nexis("One", "Two")),
    make.warc({"https://a.example": make.page()}),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([stem + ending for stem in "abc" for ending in [*ENDINGS, ""]]),
        st.one_of(st.binary(max_size=200), st.sampled_from(CONTENTS)),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_the_bytes_every_file_is_accounted_for(tmp_path_factory, files):
    folder = put(tmp_path_factory.mktemp("any"), files)
    captures = list(read_captures([folder]))
    assert {capture.source_file for capture in captures} == set(files)
    assert len({capture.capture_id for capture in captures}) == len(captures)
    assert all(bool(c.failure) != bool(c.text or c.html) for c in captures)
    assert list(read_captures([folder / name for name in reversed(files)])) == captures


def test_a_text_in_windows_1252_is_measured_as_the_same_in_utf_8(tmp_path):
    """Other ways to store a text are drawn in test_invariants."""
    text = "By Zoë Bëll\n\n" + make.STORY + "\n\nShare this"
    plain = read_corpus(put(tmp_path / "plain", {"a.txt": text}))
    other = read_corpus(put(tmp_path / "other", {"a.txt": text.encode("cp1252")}))
    pd.testing.assert_frame_equal(plain.lines, other.lines)
    stored_as = ["sha256", "notes"]
    pd.testing.assert_frame_equal(
        plain.articles.drop(columns=stored_as), other.articles.drop(columns=stored_as)
    )


def test_another_capture_changes_no_row_but_its_own(tmp_path):
    folder = put(tmp_path, {"a.txt": story(1), "c.txt": story(2)})
    before = read_corpus(folder).articles
    after = read_corpus(put(tmp_path, {"b.txt": story(3), "d.html": make.page(), "e.pdf": b"%PDF"})).articles
    kept = after[after["capture_id"].isin(before["capture_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, before)
