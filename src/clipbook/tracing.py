"""From the figures of a study on tables back to its captures: some for every name that a figure shows.

A page for each of 100,000 captures would help nobody; a few for every bar, drawn at random, let a reader check it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from clipbook.corpus import comparable
from clipbook.pages import ROWS_SHOWN, VOICED, EvidenceTables, Figures, occurrences
from clipbook.readability import hardest_sentences
from clipbook.study_tables import StudyTables

EACH = 5  # captures for a name, or for a name in an outlet where a figure tells outlets apart
_NAMES = {"speaker": "speaker", "frame": "frame", "term": "term", "keyword": "term"}  # column -> kind
_TABLES = ("articles", "lines", "quotes", "frame_scores", "frame_evidence", "readability", "keywords")
_PLACE = ["capture_id", "outlet"]


class Named(NamedTuple):
    """A name that a figure shows, and the outlet it is shown for; "" where it is shown for none."""

    kind: str  # capture, outlet, speaker, frame, term
    name: str
    outlet: str = ""


def evidence_of_figures(written: StudyTables, figures: Figures) -> EvidenceTables:
    """Draw the captures that show what stands behind the figures, with their measures.

    Parameters
    ----------
    written : StudyTables
        The tables that the figures were made from.
    figures : dict of str to (str, DataFrame)
        As made by `pages.plotted_data`.

    Returns
    -------
    EvidenceTables
        With every capture that is named in the rows that the gallery shows, and `EACH` captures, or all where there
        are fewer, of every outlet, speaker, frame and term there. The draw depends on nothing but ``capture_id``.
    """
    heads = written.read("articles", columns=[*_PLACE, "status"])
    shown = list(dict.fromkeys(_shown(figures, set(heads["outlet"]))))
    drawn = _drawn(written, in_random_order(comparable(heads)), shown)
    drawn.update(name for kind, name, _ in shown if kind == "capture")
    own: Any = {name: written.read(name, {"capture_id": drawn}) for name in _TABLES}
    return EvidenceTables(
        **own,
        keyness=written.read("keyness", {"term": _names(shown, "term")}),
        hardest=hardest_sentences(own["articles"]),
        drawn_from=len(heads),
    )


def _shown(figures: Figures, outlets: set[str]) -> Iterator[Named]:
    for _, data in figures.values():
        for row in data.head(ROWS_SHOWN).astype(str).to_dict("records"):
            group = row.get("outlet") or row.get("group", "")
            outlet = group if group in outlets else ""
            if outlet:
                yield Named("outlet", outlet, outlet)
            if row.get("capture_id"):
                yield Named("capture", row["capture_id"])
            named = ((kind, row.get(column)) for column, kind in _NAMES.items())
            yield from (Named(kind, name, outlet) for kind, name in named if name)


def _names(shown: Iterable[Named], kind: str) -> list[str]:
    return list(dict.fromkeys(one.name for one in shown if one.kind == kind))


def in_random_order(articles: pd.DataFrame) -> pd.DataFrame:
    """Put articles into an order that is random, but the same in every run and for every kind of name."""
    return articles.iloc[pd.util.hash_array(articles["capture_id"].to_numpy(object)).argsort(kind="stable")]


def _drawn(written: StudyTables, articles: pd.DataFrame, shown: list[Named]) -> set[str]:
    outlets = _names(shown, "outlet")
    quotes = {"speaker": _names(shown, "speaker"), "kind": VOICED}
    scores = {"frame": _names(shown, "frame"), "scope": ["whole"]}
    own = articles.loc[articles["outlet"].isin(outlets), _PLACE]
    found_in = [own.assign(kind="outlet", name=own["outlet"])]
    said = written.parts("quotes", quotes, ["capture_id", "speaker"])
    found_in += [_holders(part, articles, "speaker") for part in said]
    scored = written.parts("frame_scores", scores, ["capture_id", "frame", "hits"])
    hit = (part[part["hits"] > 0] for part in scored)
    holding = pd.concat([*found_in, *(_holders(part, articles, "frame") for part in hit)]).drop_duplicates()
    place = pd.Series(range(len(articles)), index=articles["capture_id"])
    holding = holding.iloc[holding["capture_id"].map(place).argsort(kind="stable")]
    asked = pd.DataFrame([one for one in shown if one.kind != "capture"], columns=Named._fields)
    found: set[str] = set()
    for one, where in ((True, ["kind", "name", "outlet"]), (False, ["kind", "name"])):
        some = asked[(asked["outlet"] != "") == one][where]
        rows = holding.merge(some.drop_duplicates(), on=where)
        found.update(rows.groupby(where, sort=False)["capture_id"].head(EACH))
    return found | _saying(written, [one for one in shown if one.kind == "term"])


def _holders(table: pd.DataFrame, articles: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Say which of the articles hold which names of a kind."""
    pairs = table[["capture_id", kind]].rename(columns={kind: "name"}).drop_duplicates()
    return pairs.merge(articles[_PLACE], on="capture_id").assign(kind=kind)


def _saying(written: StudyTables, terms: list[Named]) -> set[str]:
    """Find articles in which each term stands, reading on until there are enough of each."""
    left: dict[str, dict[str, int]] = {}
    for _, term, outlet in terms:
        left.setdefault(outlet, {})[term.casefold()] = EACH
    found = set()
    for part in written.parts("articles", columns=[*_PLACE, "status", "body"]):
        mixed = in_random_order(comparable(part))[[*_PLACE, "body"]]
        for capture_id, outlet, body in mixed.itertuples(index=False):
            text = body.casefold()
            for open_terms in filter(None, (left.get(outlet), left.get("") if outlet else None)):
                for term in [term for term in open_terms if term in text and any(occurrences(text, term))]:
                    found.add(capture_id)
                    open_terms[term] -= 1
                    if not open_terms[term]:
                        del open_terms[term]
    return found
