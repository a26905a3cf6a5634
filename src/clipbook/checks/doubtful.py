"""What is doubtful in a corpus, as rows for the researcher's own tables; their empty cells wait for an answer."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from clipbook.corpus.own_tables import first_words
from clipbook.quotes.quotations import SPEECH, SURE_FROM, UNATTRIBUTED
from clipbook.schema import need_columns

MOST_WORDS = 0.8  # of all attributed words, held by the speakers who are listed
MOST_ROWS = 100  # of unsure quotations
_SEVERAL = "(may be a newsletter or roundup)"  # of the notes that `article.items` gives


def doubtful_captures(articles: pd.DataFrame) -> pd.DataFrame:
    """List the captures whose outlet or date is missing, whose outlet is spelled in two ways, or that may hold several items.

    They are laid out for ``captures.csv``.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``source_file``, ``outlet``, ``outlet_maybe``, ``published``, ``headline``, ``status``, ``notes``.

    Returns
    -------
    DataFrame
        ``source_file`` (or the capture's own name where its file holds several), ``outlet`` and ``published`` to fill in, and,
        for the eye alone, ``# found``, ``# maybe``, ``# headline``, ``# why``.
    """
    need_columns(articles, ["capture_id", "source_file", "outlet", "outlet_maybe", "published", "headline", "status", "notes"], made_by="corpus.read_corpus")  # fmt: skip
    rows = articles[articles["status"] != "failed"].reset_index(drop=True)
    spellings = _other_spellings(rows["outlet"])
    other = rows["outlet"].map(lambda outlet: spellings.get(outlet, "")).astype("str")
    reasons = zip(
        np.where(rows["outlet"] == "", "no outlet", ""), np.where(rows["published"].isna(), "no date", ""),
        np.where(other != "", "also spelled " + other, ""), rows["notes"].str.extract(_SEVERAL, expand=False).fillna(""), strict=True,
    )  # fmt: skip
    why = pd.Series(["; ".join(filter(None, each)) for each in reasons], rows.index, dtype="str")
    several = rows["source_file"].duplicated(keep=False)
    day = rows["published"].dt.strftime("%Y-%m-%d").fillna("")
    found = rows["outlet"].str.cat(day, sep=" ").str.strip()
    table = pd.DataFrame(
        {
            "source_file": rows["source_file"].where(~several, rows["capture_id"]), "outlet": "", "published": "",
            "# found": found, "# maybe": rows["outlet_maybe"], "# headline": rows["headline"], "# why": why,
        }
    )  # fmt: skip
    return table[why != ""].reset_index(drop=True)


def doubtful_quotes(quotes: pd.DataFrame) -> pd.DataFrame:
    """List the quotations whose words count as "unsure", the longest first, for ``quote_fixes.csv``.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``start``, ``text``, ``words``, ``kind``, ``speaker``, ``confidence``.

    Returns
    -------
    DataFrame
        ``capture_id``, ``text`` (its first words), ``start``, ``speaker`` and ``kind`` to fill in, ``# found``, ``# words``.
    """
    need_columns(quotes, ["capture_id", "start", "text", "words", "kind", "speaker", "confidence"], made_by="quotes.find_quotes")  # fmt: skip
    speech = quotes["kind"].isin(SPEECH) & (quotes["speaker"] != UNATTRIBUTED)
    rows = quotes[speech & (quotes["confidence"] < SURE_FROM)]
    rows = rows.sort_values("words", ascending=False, kind="stable").head(MOST_ROWS)
    return pd.DataFrame(
        {
            "capture_id": rows["capture_id"], "text": [first_words(text) for text in rows["text"]],
            "start": rows["start"].astype("str"), "speaker": "", "kind": "", "# found": rows["speaker"],
            "# words": rows["words"].astype("str"),
        }
    ).reset_index(drop=True)  # fmt: skip


def speakers_to_name(quotes: pd.DataFrame) -> pd.DataFrame:
    """List the speakers who hold most of the quoted words, and names that may be two people's, for ``speakers.csv``.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``words``, ``kind``, ``speaker``.

    Returns
    -------
    DataFrame
        ``alias``; ``speaker``, the same name, or empty where it is not known whose it is; ``role`` and ``camp`` to fill in;
        ``# words``, ``# so far`` (share of attributed words with those above, to 80 %), ``# articles``, ``# why``. Nothing
        is said of a person's gender: a name does not tell it, and a guess would be wrong about some people and most often
        about those whom news know least.

    Examples
    --------
    >>> said = pd.DataFrame({"capture_id": "a", "words": [70, 20, 10], "kind": "direct", "speaker": ["Ana Ruiz", "Bo Lind", "Ruiz"]})
    >>> speakers_to_name(said)[["alias", "speaker", "# why"]].values.tolist()
    [['Ana Ruiz', 'Ana Ruiz', ''], ['Bo Lind', 'Bo Lind', ''], ['Ruiz', '', 'may be Ana Ruiz']]
    """
    need_columns(quotes, ["capture_id", "words", "kind", "speaker"], made_by="quotes.find_quotes")
    said = quotes[quotes["kind"].isin(SPEECH) & (quotes["speaker"] != UNATTRIBUTED)]
    told = said.groupby("speaker").agg(words=("words", "sum"), articles=("capture_id", "nunique"))
    told = told.sort_values("words", ascending=False, kind="stable")
    share = told["words"].cumsum() / max(told["words"].sum(), 1)
    maybe = pd.Series({name: _full_names(name, told.index) for name in told.index}, dtype="str")
    wanted = (share.shift(fill_value=0.0) < MOST_WORDS) | (maybe != "")
    rows = told[wanted]
    own = maybe[wanted]
    return pd.DataFrame(
        {
            "alias": rows.index, "speaker": pd.Series(rows.index, rows.index).where(own == "", ""), "role": "", "camp": "",
            "# words": rows["words"].astype("str"), "# so far": share[wanted].map("{:.0%}".format),
            "# articles": rows["articles"].astype("str"), "# why": ("may be " + own).where(own != "", ""),
        }
    ).reset_index(drop=True)  # fmt: skip


def _full_names(name: str, names: pd.Index) -> str:
    """Give the full names that end in a surname alone."""
    if len(name.split()) > 1 or not name[:1].isupper():
        return ""
    return " or ".join(sorted(full for full in names if full != name and full.split()[-1:] == [name]))


def _other_spellings(outlets: pd.Series) -> dict[str, str]:
    """Give, for the rarer spellings of an outlet, the commonest one."""
    counts = outlets[outlets != ""].value_counts()
    commonest: dict[str, str] = {}
    other = {}
    for outlet in counts.index:
        key = re.sub(r"^the|\W|_", "", outlet.casefold())
        first = commonest.setdefault(key, outlet)
        if first != outlet:
            other[outlet] = first
    return other
