"""``import clipbook as cb``: what a researcher uses, each with an example that runs; three questions in three lines."""

import doctest
import subprocess
import sys

import pandas as pd
import pytest

import clipbook as cb
from clipbook.schema import TableError

PUBLIC = [name for name in cb.__all__ if name != "__version__"]
ERRORS = (
    "captures.limits.UnreadableError corpus.MetadataError framing.CodebookError framing.CodingError parameters.ParameterError "
    "schema.TableError tables.BusyError workbook.NoCapturesError workbook.WorkbookError"
)


SAID = "“It leaks,” Ana Ruiz said."


def test_tab_lists_what_a_researcher_uses_and_help_says_it_on_one_screen():
    assert dir(cb) == sorted(cb.__all__) and 35 <= len(cb.__all__) <= 50
    shown = cb.__doc__.splitlines()
    assert len(shown) <= 30 and max(map(len, shown)) <= 120
    assert [name for name in PUBLIC if name not in cb.__doc__] == []


def test_nothing_is_loaded_until_it_is_used():
    code = "import sys, clipbook; assert 'pandas' not in sys.modules; clipbook.count_words; import clipbook.text.words"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        _ = cb.frobnicate


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_has_an_example_that_runs(name):
    public = getattr(cb, name)
    found = doctest.DocTestFinder(recurse=False).find(
        public, name, globs={**vars(sys.modules[public.__module__])}
    )
    examples = [example for test in found for example in test.examples]
    assert examples, f"{name} has no example"
    runner = doctest.DocTestRunner(verbose=False)
    for test in found:
        runner.run(test, out=pytest.fail)


def test_a_text_or_a_list_of_texts_will_do():
    said = cb.find_quotes("“It leaks,” Ana Ruiz said.")
    assert said[["text", "speaker"]].values.tolist() == [["It leaks,", "Ana Ruiz"]]
    both = cb.find_quotes(["“It leaks,” Ana Ruiz said.", "“We pay,” said Bo Lind."])
    assert both[["capture_id", "speaker"]].values.tolist() == [["1", "Ana Ruiz"], ["2", "Bo Lind"]]
    long = "The harbour at Westry stays shut until spring, the port office said. " * 20
    scores = cb.readability_table([long, long]).query("measure == 'fre' and scope == 'whole'")
    assert len(scores) == 2 and scores["value"].notna().all()
    assert "harbour" in set(cb.keyword_table(long)["keyword"].str.lower()) or len(cb.keyword_table(long))
    assert set(cb.frame_scores([long, long])["capture_id"]) == {"1", "2"}
    with pytest.raises(TableError, match="type int"):
        cb.find_quotes(["text", 3])


def test_a_name_misspelt_is_answered_with_the_nearest():
    with pytest.raises(AttributeError, match="did you mean find_quotes"):
        _ = cb.find_quote
    with pytest.raises(ValueError, match="no measure 'flesch'; choose one of fre"):
        cb.readability_contrasts(cb.readability_table(SAID), pd.DataFrame(), measure="flesch")


@pytest.mark.parametrize("measure", [cb.find_quotes, cb.readability_table, cb.frame_scores, cb.keyword_table])
def test_what_is_no_text_or_stands_twice_is_refused(measure):
    with pytest.raises(TableError, match=r"type float is no text \(an empty cell"):
        measure([SAID, float("nan")])
    with pytest.raises(TableError, match="type int is no text"):
        measure(3)
    twice = pd.DataFrame({"capture_id": ["1", "1"], "outlet": ["Quay", "Moor"], "headline": "", "body": SAID})
    with pytest.raises(TableError, match="capture_id 1 stands in several rows"):
        measure(twice.assign(language="en"))


def test_a_list_in_the_place_of_a_table_is_refused():
    with pytest.raises(TableError, match=r"A table is needed here, as .*read_corpus"):
        cb.sentence_table([SAID])


@pytest.mark.parametrize("name", ERRORS.split())
def test_all_errors_have_one_base_and_show_no_traceback(name):
    room, _, error = f"clipbook.{name}".rpartition(".")
    kind = getattr(__import__(room, fromlist=[error]), error)
    assert issubclass(kind, cb.ClipbookError)
    assert kind("Say what to do.")._render_traceback_() == [f"{error}: Say what to do."]


@pytest.fixture(scope="module")
def book(root, tmp_path_factory):
    """The sample, with its speakers."""
    import shutil

    data = tmp_path_factory.mktemp("study") / "data"
    shutil.copytree(root / "data", data, ignore=shutil.ignore_patterns("tables"))
    return cb.open_workbook("04_quotes", data / "captures", data.parent / "figures")


def test_womens_share_of_quoted_words_by_outlet(book):
    shares = cb.quote_share(book.quotes, book.compared(), by="outlet", speaker="gender")
    women = shares[shares["speaker"] == "female"].set_index("group")["share"]
    said = (
        book.compared("quotes")
        .query("kind in ['direct', 'mixed']")
        .merge(book.articles[["capture_id", "outlet"]])
    )
    words = said.groupby("outlet")["words"].sum()
    # the five of the tidy captures, those without an outlet (Agnethe Morrow), and the Ledger as the export spells it
    assert set(women.index) <= set(words.index) and len(women) == 5 + 2
    sure = said[said["confidence"] >= 0.5]  # the others count as "unsure"
    own = sure[sure["gender"] == "female"].groupby("outlet")["words"].sum()
    pd.testing.assert_series_equal(
        women.sort_index(), (own / words.loc[own.index]).sort_index(), check_names=False
    )


def test_conflict_cues_in_headlines_by_outlet(book):
    scores = cb.frame_scores(book.compared().assign(body="")).query("frame == 'conflict'")
    by_outlet = (
        scores.merge(book.articles[["capture_id", "outlet"]]).groupby("outlet")[["score", "cues"]].mean()
    )
    # those seven, the one article of the Courier, and the wire as the export calls it
    assert len(by_outlet) == 5 + 4 and (by_outlet["score"] >= 0).all() and by_outlet["cues"].max() > 0
    first = scores.iloc[0]
    headline = book.articles.set_index("capture_id")["headline"][first["capture_id"]]
    assert first["words"] == cb.count_words(headline)


def test_flesch_by_author_and_month(book):
    scores = book.compared("readability", measure=["fre"], scope=["whole"]).merge(
        book.articles, on="capture_id"
    )
    scores = scores.assign(
        month=scores["published"].dt.to_period("M"), author=scores["authors"].str.split("; ")
    )
    by_author = scores.explode("author").groupby(["author", "month"])["value"].mean()
    assert len(by_author) > 5 and by_author.between(0, 100).all()
