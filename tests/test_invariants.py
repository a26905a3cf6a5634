"""Properties that hold for every page, assembled at random from invented fragments."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from invariants import STATUSES, article_faults, quote_faults, span_faults
from table_runs import computed

from clipbook import framing, keywords
from clipbook.corpus import article_table, line_table, read_article, read_corpus
from clipbook.keywords.terms import count_terms
from clipbook.quotes import article_quotes, find_quotes, quote_share, speech
from clipbook.readability import readability_table
from clipbook.readability.counting import running_sentences
from clipbook.records import Capture
from clipbook.text.sentences import quoted_stretches, sentence_spans, sentence_table
from clipbook.text.words import count_words, word_spans, words_of

OUTLETS = ("The Harbour Post", "Lindmouth Courier", "Quay Echo")
FIRST = ("Ana", "Bo", "Tove", "Émile", "Zoë", "J.")
LAST = ("Ruiz", "Lind", "Berg", "O’Dell", "McVay", "Åkerman")
CLAUSES = (
    "the old bridge is not safe",
    "nobody told us about the cracks",
    "fares will rise by 3.5 per cent in the spring",
    "we waited from 10:30 a.m. until the last ferry had gone",
    "it costs $4.2m a year, which the council does not have",
    "they call it a ‘plan’ and we call it a mistake",
    "so why did it take five years?",
)
CLUTTER = (
    "Home | News | Sport | Weather", "Share this article", "Advertisement", "Read more: Ferry fares to rise",
    "© 2024 The Harbour Post. All rights reserved.", "Sign up for our newsletter", "12 comments", "Most read",
    "Photograph: Tove Berg/Quay Echo", "3 min read", "https://post.example/news?id=4", "•", "* * *", "—",
    "\u200b", "= 1 + 1", "@tove_berg", "“”", "''", "<b>bold</b>", "日本語の行です。", "…", "LIVE",
    "ﬁnal ﬂood", "a\u0301b\u0323",
)  # fmt: skip
DATES = (
    "4 March 2024 09:30",
    "Updated 17.45 CET, 5 March 2024",
    "2024-03-04T09:30:00+01:00",
    "Mon 4 Mar 2024",
)
MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("„", "“"), ("''", "''"), ("“", ""), ("", "”"))
VERBS = ("said", "told the Post", "asked", "")
FORMS = ("{q} {who} {verb}.", "{who} {verb}: {q}", "{q} {verb} {who}, the engineer.", "{q}")

names = st.builds(lambda first, last: f"{first} {last}", st.sampled_from(FIRST), st.sampled_from(LAST))
clauses = st.sampled_from(CLAUSES)


def _sentence(parts: list[str]) -> str:
    text = ", and ".join(parts)
    return text[0].upper() + text[1:] + ("" if text.endswith("?") else ".")


sentences = st.lists(clauses, min_size=1, max_size=3).map(_sentence)


@st.composite
def quotations(draw: st.DrawFn) -> str:
    opening, closing = draw(st.sampled_from(MARKS))
    said, who, verb = (
        draw(sentences),
        draw(names),
        draw(st.sampled_from(("said", "told the Post", "asked", ""))),
    )
    form = draw(
        st.sampled_from(("{q} {who} {verb}.", "{who} {verb}: {q}", "{q} {verb} {who}, the engineer.", "{q}"))
    )
    return form.format(q=f"{opening}{said.rstrip('.')},{closing}", who=who, verb=verb)


paragraphs = st.lists(st.one_of(sentences, sentences, quotations()), min_size=1, max_size=4).map(" ".join)
fragments = st.one_of(
    paragraphs,
    paragraphs,
    paragraphs,
    st.sampled_from(CLUTTER),
    st.sampled_from(DATES),
    st.sampled_from(OUTLETS),
    names.map(lambda name: f"By {name}"),
    sentences.map(str.upper),
    sentences.map(lambda text: text.rstrip(".")),
    st.just(""),
    st.text(max_size=20),
)
pages = st.builds(
    lambda parts, breaks: breaks.join(parts),
    st.lists(fragments, min_size=1, max_size=14),
    st.sampled_from(("\n", "\n\n")),
)
stories = st.lists(paragraphs, min_size=4, max_size=8).map("\n\n".join)
bodies = st.one_of(pages, stories, st.text(alphabet="“”‘’\"'«»„`ab S.,!?\n—", max_size=80))

MORE = int(os.environ.get("CLIPBOOK_EXAMPLES", "1"))  # times as many examples, drawn anew each time
ALL = list(HealthCheck)
many = settings(max_examples=60 * MORE, deadline=None, derandomize=MORE == 1, suppress_health_check=ALL)
some = settings(max_examples=15 * MORE, deadline=None, derandomize=MORE == 1, suppress_health_check=ALL)
few = settings(max_examples=6 * MORE, deadline=None, derandomize=MORE == 1, suppress_health_check=ALL)


def as_html(page: str) -> str:
    lines = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in page.split("\n") if line.strip())
    return f"<!DOCTYPE html><html><head><title>A page</title></head><body><main>{lines}</main></body></html>"


def parsed(page: str, *, html: bool = False) -> pd.DataFrame:
    filled = {"html": as_html(page)} if html else {"text": page}
    return article_table([read_article(Capture("a", "a.txt", "text", **filled))])


def frame(**bodies_by_id: str) -> pd.DataFrame:
    """A table of articles whose bodies are given, without any parsing."""
    table = article_table([read_article(Capture(name, name, "text", text="Words.")) for name in bodies_by_id])
    return table.assign(body=list(bodies_by_id.values()), headline="", status="ok", language="en")


def stored(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def of(table: pd.DataFrame, capture_id: str) -> pd.DataFrame:
    return table[table["capture_id"] == capture_id].reset_index(drop=True)


@many
@given(pages, st.booleans())
def test_the_body_is_the_kept_lines(page, html):
    filled = {"html": as_html(page)} if html else {"text": page}
    article = read_article(Capture("a", "a", "text", **filled))
    assert article_faults(article) == []


@many
@given(bodies)
def test_every_quotation_sentence_and_word_stands_where_its_offsets_say(body):
    assert span_faults(body, sentence_spans(body)) == []
    assert span_faults(body, word_spans(body)) == []
    quotes = article_quotes(body, indirect=True)
    assert quote_faults(body, quotes) == []
    assert not any("\n" in body[start:end] for start, end in sentence_spans(body))


@some
@given(st.lists(stories, min_size=1, max_size=3))
def test_cues_and_hard_sentences_stand_where_their_offsets_say(texts):
    articles = frame(**{f"a{n}": text for n, text in enumerate(texts)})
    quotes = find_quotes(articles)
    evidence = framing.frame_evidence(articles, framing.load_codebook("generic"), quotes)
    field = articles.set_index("capture_id")
    for row in evidence.itertuples():
        text = field.at[row.capture_id, row.field]
        assert text[row.sentence_start : row.sentence_end] == row.text
        assert row.sentence_start <= row.start < row.end <= row.sentence_end
    cut = sentence_table(articles, quotes)
    assert all(field.at[row.capture_id, "body"][row.start : row.end] == row.text for row in cut.itertuples())
    assert cut["quoted_share"].between(0, 1).all()
    for row in keywords.keyword_table(articles).itertuples():
        assert row.count >= 1 and row.keyword in field.at[row.capture_id, "body"]
    assert all(s < e for spans in quoted_stretches(quotes).values() for s, e in spans)


@some
@given(st.lists(stories, min_size=1, max_size=4), st.lists(st.sampled_from(OUTLETS), min_size=4, max_size=4))
def test_shares_sum_to_one_and_hold_all_quoted_words(texts, outlets):
    articles = frame(**{f"a{n}": text for n, text in enumerate(texts)}).assign(outlet=outlets[: len(texts)])
    quotes = find_quotes(articles)
    for by in ("capture_id", "outlet"):
        shares = quote_share(quotes, articles, by=by)
        total = shares.groupby("group")["share"].sum()
        assert (total - 1).abs().max() < 1e-9 if len(total) else speech(quotes)["words"].sum() == 0
        assert shares["words"].sum() == speech(quotes)["words"].sum()
        known = shares if by == "capture_id" else shares[shares["low"].notna()]
        assert ((known["low"] <= known["share"] + 1e-9) & (known["share"] <= known["high"] + 1e-9)).all()


STORED = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "composed": lambda text: unicodedata.normalize("NFC", text).encode(),
    "no-break": lambda text: text.replace(" ", "\u00a0").encode(),
}


@some
@given(pages.filter(lambda text: bool(text.strip())), st.sampled_from(sorted(STORED)))
def test_how_a_page_is_stored_changes_no_result(tmp_path_factory, page, form):
    page = page.replace("\r", "").replace("\x00", "")
    folders = [tmp_path_factory.mktemp("stored") for _ in range(2)]
    plain = read_corpus(stored(folders[0], {"a.txt": page}))
    other = read_corpus(stored(folders[1], {"a.txt": STORED[form](page)}))
    pd.testing.assert_frame_equal(plain.lines, other.lines)
    apart = ["sha256", "notes"]
    pd.testing.assert_frame_equal(plain.articles.drop(columns=apart), other.articles.drop(columns=apart))
    pd.testing.assert_frame_equal(find_quotes(plain.articles), find_quotes(other.articles))


@few
@given(st.lists(st.one_of(pages, stories), min_size=2, max_size=4, unique=True), st.randoms())
def test_the_order_of_files_changes_no_table(tmp_path_factory, texts, chance):
    folder = tmp_path_factory.mktemp("order")
    files = {f"{n}.txt": text for n, text in enumerate(texts)}
    stored(folder, files)
    paths = [folder / name for name in files]
    one = computed(paths)
    chance.shuffle(paths)
    for name, table in computed(paths).items():
        pd.testing.assert_frame_equal(one[name], table, obj=name)


PER_ARTICLE = ("articles", "lines", "sentences", "frame_scores", "frame_evidence", "readability")
"""Tables whose rows about an article rest on that article alone."""


@some
@given(
    st.lists(st.one_of(pages, stories), min_size=1, max_size=3), st.sampled_from(["", "U.S. well-known – 5%"])
)
def test_all_tables_count_the_same_words_of_an_article(texts, headline):
    articles = article_table(
        [read_article(Capture(f"a{n}", f"a{n}", "text", text=text)) for n, text in enumerate(texts)]
    ).assign(headline=headline, status="ok", language="en")
    quotes, lines = (
        find_quotes(articles),
        line_table([read_article(Capture("a0", "a0", "text", text=texts[0]))]),
    )
    scores = framing.frame_scores(articles, framing.load_codebook("generic"), quotes)
    read = readability_table(articles, quotes)
    terms = count_terms(articles)
    shares = quote_share(quotes, articles, by="capture_id")
    cut = sentence_table(articles, quotes)
    title = len(words_of(headline).word)
    assert sum(map(count_words, lines[lines["kept"]]["text"])) == articles["words"][0]
    for row in articles.itertuples():
        assert (
            row.words
            == len(words_of(row.body).word)
            == sum(map(count_words, of(cut, row.capture_id)["text"]))
        )
        scopes = of(scores, row.capture_id).groupby("scope")["words"].first()
        assert scopes["whole"] == row.words + title == scopes["narration"] + scopes["quoted"]
        said = speech(of(quotes, row.capture_id))
        assert (
            scopes["quoted"]
            == said["words"].sum()
            == shares[shares["group"] == row.capture_id]["words"].sum()
        )
        running = sum(words_of(row.body).count(*span) for span in running_sentences(row.body))
        parts = of(read, row.capture_id).groupby("scope")["words"].first()
        assert parts["whole"] == running == parts["narration"] + parts["quoted"] <= row.words
    counted = dict(zip(terms.articles["capture_id"], terms.words, strict=True))
    assert counted == {
        row.capture_id: row.words + title for row in articles.itertuples() if row.body or title
    }


@few
@given(stories, st.lists(pages, min_size=1, max_size=2))
def test_another_article_changes_no_row_about_this_one(tmp_path_factory, story, others):
    """Speakers and keywords apart, which use the corpus by design: see the two tests below."""
    folder = tmp_path_factory.mktemp("another")
    before = computed(stored(folder, {"a.txt": story}))
    after = computed(stored(folder, {f"b{n}.txt": text for n, text in enumerate(others)}))
    judged = ["status", "duplicate_of"]  # whether it is a copy depends on what else there is
    for name in PER_ARTICLE:
        kept = of(after[name], "a")
        drop = judged if name == "articles" else []
        pd.testing.assert_frame_equal(
            kept.drop(columns=drop),
            of(before[name], "a").drop(columns=drop),
            obj=name,
            check_dtype=False,  # an empty column has no type of its own
        )
    spoken = [of(tables["quotes"], "a").drop(columns="speaker") for tables in (before, after)]
    pd.testing.assert_frame_equal(*spoken, check_dtype=False)
    shares = [tables["quote_share"].query("group == 'a'") for tables in (before, after)]
    assert shares[0]["words"].sum() == shares[1]["words"].sum()


@pytest.mark.parametrize(("outlet", "name"), [("Gull", "Ana Ruiz"), ("Tern", "Ruiz")])
def test_another_article_gives_a_speaker_a_fuller_name_only(outlet, name):
    """A surname alone is Ana Ruiz where the same outlet names her in full two days later; no words change hands."""
    alone = frame(a="“It is not safe,” said Ms Ruiz. “We told them,” said Bo Lind.").assign(
        outlet="Gull", published=pd.Timestamp("2031-03-04")
    )
    other = frame(b="“Nobody asked me,” said Ana Ruiz, the engineer.").assign(
        outlet=outlet, published=pd.Timestamp("2031-03-06")
    )
    both = pd.concat([alone, other], ignore_index=True)
    before, after = find_quotes(alone), of(find_quotes(both), "a")
    assert after["speaker"].tolist() == [name, "Bo Lind"]
    shared = ["start", "end", "text", "words", "kind", "speaker_words"]
    pd.testing.assert_frame_equal(before[shared], after[shared])


@few
@given(stories, st.lists(stories, min_size=1, max_size=2))
def test_another_article_changes_the_choice_of_keywords_but_not_what_is_counted(story, others):
    """How rare a word is is judged in the corpus by design, so ranks and scores may move; counts may not."""
    alone = keywords.keyword_table(frame(a=story)).itertuples()
    table = keywords.keyword_table(frame(a=story, **{f"b{n}": text for n, text in enumerate(others)}))
    counts = {keyword.keyword: keyword.count for keyword in alone}
    for row in of(table, "a").itertuples():
        assert row.keyword in story and row.count == counts.get(row.keyword, row.count)


SPACED = "“The old bridge is not safe,”  Ana Ruiz, the engineer.\n\nThe old bridge is not safe."


@some
@given(stories)
@example("\n\n".join([SPACED, *["The old bridge is not safe."] * 2]))  # two spaces within its headline
def test_reading_an_exported_article_again_gives_the_same_article(tmp_path_factory, story):
    """A body written into a table of texts and read from it again is the same body, measured the same."""
    folder = tmp_path_factory.mktemp("again")
    first = read_corpus(stored(folder / "one", {"a.txt": story})).articles
    row = first.iloc[0]
    export = json.dumps({"text": row["body"], "title": row["headline"], "author": row["authors"]})
    again = read_corpus(stored(folder / "two", {"a.jsonl": export})).articles
    assert again["body"].tolist() == first["body"].tolist()
    assert again["headline"].tolist() == first["headline"].tolist()
    assert again["words"].tolist() == first["words"].tolist()
    pd.testing.assert_frame_equal(find_quotes(again), find_quotes(first))
    pd.testing.assert_frame_equal(readability_table(again), readability_table(first))


@some
@given(stories)
def test_a_body_saved_as_a_page_keeps_its_words_in_order(story):
    """What the lines' judge keeps of a page that is nothing but an article is in that article, in order."""
    row = parsed(story).iloc[0]
    remaining = iter(story.split())
    assert all(word in remaining for word in row["body"].split())
    assert row["status"] in STATUSES
