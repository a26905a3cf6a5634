"""A wrong setting of a notebook is refused with the choices, the nearest first."""

import pandas as pd
import pytest

from clipbook.errors import ClipbookError
from clipbook.parameters import ParameterError, check_parameters, choose, groupings, with_periods

ARTICLES = pd.DataFrame(
    {
        "capture_id": ["quay/a", "quay/b", "moor/c"], "outlet": ["Quay Times", "Quay Times", "Moor Post"],
        "camp": ["north", "north", "south"], "body": ["The ferry sank.", "Nothing else.", "A ferry came."],
        "published": pd.to_datetime(["2026-03-01 00:00", None, "2026-03-15 08:00"]), "section": "", "language": "en",
        "format": "text", "status": "ok", "outlet_from": "title", "compared": [True, True, True], "left_out": "",
    }
)  # fmt: skip
TABLES = {
    "quotes": pd.DataFrame(columns=["capture_id", "speaker", "kind", "role"]),
    "keywords": pd.DataFrame({"keyword": ["ferry", "council"]}),
}


def check(**given):
    check_parameters(given, ARTICLES, TABLES.__getitem__)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"measure": "flesh"}, "measure is 'flesh'; choose one of "),
        ({"article": "quay/x"}, "article is 'quay/x'; choose one of quay/a, quay/b, moor/c."),
        ({"page": "more/c"}, "page is 'more/c'; choose one of moor/c, "),
        ({"compare": "kamp"}, "compare is 'kamp'; choose one of camp, "),
        ({"compare": "outlet_from"}, "compare is 'outlet_from'; choose one of outlet, "),
        ({"group": "Moor"}, "group is 'Moor'; choose one of Moor Post, Quay Times."),
        ({"compare": "camp", "group": "Moor Post"}, "group is 'Moor Post'; choose one of "),
        ({"group_by": "rôle"}, "group_by is 'rôle'; choose one of role, speaker."),
        ({"term": "fery"}, "term is 'fery'; choose one of ferry, council."),
        ({"step": "weekly"}, "step is 'weekly'; choose one of week, "),
        ({"compare": "period"}, "divide is ''; with compare = 'period' it is the first day of the second period"),
        ({"compare": "period", "divide": "15 March"}, "divide is '15 March'"),
        ({"most": 0}, "most is 0; give a number of articles, at least 1."),
        ({"most": "many"}, "most is 'many'"),
        ({"seed": -1}, "seed is -1"),
    ],
)  # fmt: skip
def test_a_setting_that_the_study_does_not_know_is_refused_with_the_choices(given, said):
    with pytest.raises(ParameterError) as refused:
        check(**given)
    assert said in str(refused.value)
    assert isinstance(refused.value, ClipbookError)


def test_settings_that_are_empty_or_known_pass():
    check(measure="", article="", compare="outlet", group="", term="", step="", most=5, seed=0)
    check(
        measure="smog",
        article="quay/b",
        compare="camp",
        group="south",
        term="FERRY",
        step="week",
        group_by="role",
    )
    check(compare="period", divide="2026-03-15", group="")


def test_the_columns_of_the_researcher_come_before_those_of_clipbook():
    assert groupings(ARTICLES) == ["outlet", "camp", "period", "section", "language", "format"]


def test_a_long_list_of_choices_is_cut_and_counted():
    with pytest.raises(ParameterError, match=r"choose one of a1, .* and 88 more\."):
        choose("a1x", [f"a{i}" for i in range(100)], "article")


def test_a_day_divides_two_periods_and_undated_articles_are_in_neither():
    periods = with_periods(ARTICLES, "2026-03-15")["period"].tolist()
    assert periods == ["before 15 March 2026", "", "from 15 March 2026 on"]
