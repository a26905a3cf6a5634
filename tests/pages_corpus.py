"""A small corpus for the page tests, harmless or hostile, with figures saved beside it."""

import json
from pathlib import Path

import pandas as pd

from clipbook.charts import findings, forms, style
from clipbook.charts.figure import find_spots
from clipbook.files import write_csv, write_json, write_text
from clipbook.pages import EvidenceTables, evidence_pages, gallery_page, plotted_data, report_of, report_page

BODY = (
    "The harbour bridge shut on Monday.\n\n"
    "“It is not safe,” said Ana Ruiz, the engineer. “We told them so.”\n\n"
    "“Nobody told me,” said Bo Lind.\nThe council meets again on Friday."
)


def span(body, words):
    start = body.index(words)
    return start, start + len(words)


def tables(
    *,
    outlet="Harbour Post",
    speaker="Ana Ruiz",
    headline="Bridge shut",
    url="https://example.org/a",
    body=BODY,
    ids=("post/bridge-shut", "post/second"),
):
    """Two articles, three quotations, one cue, one hard sentence and one keyword, all counted by hand."""
    ids = list(ids)
    articles = pd.DataFrame(
        {
            "capture_id": ids,
            "source_file": [f"{name}.txt" for name in ids],
            "outlet": [outlet, outlet],
            "headline": [headline, ""],
            "standfirst": ["What we know", ""],
            "authors": ["Cy Moe", ""],
            "published": pd.to_datetime(["2026-03-02 14:30", None]),
            "url": [url, ""],
            "language": ["en", ""],
            "body": [body, ""],
            "words": [30, 0],
            "kept_share": [0.75, float("nan")],
            "status": ["ok", "failed"],
            "notes": ["", "the file is empty"],
            "sha256": ["a" * 64, "b" * 64],
        }
    )
    lines = pd.DataFrame(
        [
            (ids[0], 1, "navigation", False, "menu words", "Home | News"),
            (ids[0], 2, "body", True, "a sentence", body.splitlines()[0] if body else ""),
        ],
        columns=["capture_id", "line", "role", "kept", "reason", "text"],
    )
    said = [("It is not safe,", speaker), ("We told them so.", speaker), ("Nobody told me,", "Bo Lind")]
    quotes = pd.DataFrame(
        [
            (ids[0], *span(body, text), text, len(text.split()), "direct", who, "named before the verb", 0.9)
            for text, who in said
        ],
        columns=["capture_id", "start", "end", "text", "words", "kind", "speaker", "rule", "confidence"],
    )
    cue, sentence = span(body, "safe"), span(body, "“It is not safe,” said " + "Ana Ruiz, the engineer.")
    evidence = pd.DataFrame(
        [(ids[0], "human_interest", "safe", "body", *cue, *sentence, body[slice(*sentence)])],
        columns=[
            "capture_id",
            "frame",
            "cue",
            "field",
            "start",
            "end",
            "sentence_start",
            "sentence_end",
            "text",
        ],
    )
    last = span(body, "The council meets again on Friday.")
    return EvidenceTables(
        articles,
        lines,
        quotes=quotes,
        frame_scores=pd.DataFrame(
            [(ids[0], "human_interest", "whole", 0.25, 1)],
            columns=["capture_id", "frame", "scope", "score", "hits"],
        ),
        frame_evidence=evidence,
        readability=pd.DataFrame(
            [(ids[0], "whole", "flesch", 61.2, 50.0, 70.0, 30)],
            columns=["capture_id", "scope", "measure", "value", "low", "high", "words"],
        ),
        hardest=pd.DataFrame(
            [(ids[0], 1, *last, body[slice(*last)], 6, 1, "council")],
            columns=["capture_id", "rank", "start", "end", "text", "words", "long_words", "hard_words"],
        ),
        keywords=pd.DataFrame({"capture_id": [ids[0]], "rank": [1], "keyword": ["harbour bridge"]}),
    )


def build_site(
    folder: Path, corpus: EvidenceTables, *, notebook="04_quotes", title="Ana Ruiz speaks most"
) -> Path:
    """Write a figure, the evidence, the gallery and the report; gives the gallery's path."""
    notebook = "04_quotes"
    said = corpus.quotes.groupby("speaker", as_index=False)["words"].sum()
    data = said.assign(outlet=corpus.articles["outlet"].iloc[0], share=said["words"] / said["words"].sum())
    fig, ax = style.new_figure(forms.rows_height(len(data)))
    forms.bars(ax, data["speaker"], data["share"], [*map(findings.percent, data["share"])])
    style.finish(fig, ax, title=title, subtitle="Share of quoted words.", source="n = 1 article")
    spots = find_spots(fig, data)
    (folder / notebook).mkdir(parents=True)
    (folder / notebook / "share.svg").write_bytes(style.svg_bytes(fig))
    (folder / notebook / "share.dark.svg").write_bytes(style.darkened(style.svg_bytes(fig)))
    (folder / notebook / "share.png").write_bytes(style.png_bytes(fig, dpi=60))
    write_csv(folder / notebook / "share.csv", data)
    words = {
        "title": title, "alt": f"Two bars: {title}", "reading": f"Reading of {title}",
        "limits": f"Limits of {title}", "source": "Two captures", "n": 2, "spots": spots,
    }  # fmt: skip
    section = {
        "title": f"Who speaks: {title}", "question": "Who gets to speak?", "accuracy": "F1 0.80, n = 150.",
        "parameters": {"captures": title}, "figures": {"share": words},
    }  # fmt: skip
    provenance = {
        "captures": json.loads(corpus.articles[["source_file", "sha256"]].to_json(orient="records")),
        "versions": {"clipbook": "0.1.0"},
        "notebooks": {notebook: section},
    }
    for name, text in evidence_pages(corpus, plotted_data(provenance, folder)):
        write_text(folder / "evidence" / name, text)
    write_json(folder / "provenance.json", provenance)
    write_text(folder / "index.html", gallery_page(provenance, folder))
    report = report_of(provenance, folder, articles=corpus.articles, references=[f"Moe, C. (2020). {title}."])
    write_text(folder / "report.html", report_page(report))
    return folder / "index.html"
