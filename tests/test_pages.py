"""Pages: everything captured is escaped, every link leads somewhere, and a bar leads to its sentences."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from docx import Document
from markupsafe import Markup
from pages_corpus import BODY, build_site, tables

import clipbook
from clipbook.pages import (
    evidence_link,
    evidence_pages,
    evidence_record,
    figures_index,
    gallery_page,
    report_document,
    report_of,
    report_page,
)
from clipbook.pages.reading import Mark, cast, frame_signs, reading_view
from clipbook.pages.render import (
    EvidenceLinks,
    escape,
    html,
    local,
    number,
    records,
    render,
    slug,
    web_address,
)

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
ITALIC, ITALIC_END, BOLD, BOLD_END = map(Markup, ("<i>", "</i>", "<b>", "</b>"))
VOID = {"meta", "img", "br", "input", "source", "rect"}


class Structure(HTMLParser):
    """What a page consists of; fails on tags that are closed out of order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.attributes = ([], [], [], [], set())
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "srcset") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_site(tmp_path_factory.mktemp("site"), tables()).parent


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    body = BODY.replace("Monday", SCRIPT)
    corpus = tables(outlet=SCRIPT, speaker=SCRIPT, headline=SCRIPT, url="javascript:alert(1)", body=body)
    return build_site(tmp_path_factory.mktemp("hostile"), corpus, title=SCRIPT).parent


def pages(folder: Path):
    return sorted(folder.rglob("*.html"))


def article(folder: Path) -> str:
    return (folder / "evidence" / evidence_link("post/bridge-shut")).read_text(encoding="utf-8")


def test_every_page_is_well_formed_with_one_heading_and_no_id_twice(site, hostile):
    for path in [*pages(site), *pages(hostile)]:
        found = Structure(path.read_text(encoding="utf-8"))
        assert found.tags.count("h1") == 1, path
        assert len(found.ids) == len(set(found.ids)), path


def test_every_link_leads_to_a_file_and_a_place_that_exist(site):
    for path in pages(site):
        for target in Structure(path.read_text(encoding="utf-8")).links:
            if target.startswith(("https://example.org", "data:")):
                continue
            file, _, place = unquote(target).partition("#")
            reached = (path.parent / file).resolve() if file else path
            assert reached.is_file(), f"{path.name} links to {target}"
            if place:
                assert place in Structure(reached.read_text(encoding="utf-8")).ids, f"{path.name}: {target}"


def test_nothing_captured_becomes_markup(hostile):
    for path in pages(hostile):
        text = path.read_text(encoding="utf-8")
        found = Structure(text)
        assert found.tags.count("script") == (path.name == "index.html" and "findings" in found.ids), path
        assert not {name for name in found.attributes if name.startswith("on")}, path
        assert not [link for link in found.links if link.lower().startswith("javascript")], path
        assert found.tags.count("img") <= 1, path


def test_every_page_forbids_scripts_and_what_it_does_not_bring(site):
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
        assert "default-src 'none'" in unescape(policy)
        assert "unsafe" not in policy and "http" not in policy
        assert text.index("Content-Security-Policy") < text.index("<style>")
        assert " style=" not in text


def test_the_only_script_is_the_gallerys_own_and_allowed_by_its_hash(site, hostile):
    own = Path(clipbook.__file__).with_name("templates") / "gallery.js"
    digest = base64.b64encode(hashlib.sha256(own.read_bytes()).digest()).decode()
    for path in (site / "index.html", hostile / "index.html"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<script>(.*?)</script>", text, re.DOTALL) == [own.read_text(encoding="utf-8")]
        policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
        assert f"script-src 'sha256-{digest}';" in policy and "require-trusted-types-for 'script'" in policy


def test_findings_come_first_and_a_bar_of_the_figure_leads_to_its_row(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    place = slug("04_quotes/share")
    assert text.index(f'<li><a href="#{place}">Ana Ruiz speaks most</a>') < text.index(
        'aria-label="Questions"'
    )
    ways = re.findall(rf'<a href="#{place}-row-(\d)" tabindex="-1"><rect', text)
    assert ways == ["0", "1"]
    for row, name in (("0", "Ana Ruiz"), ("1", "Bo Lind")):
        assert re.search(rf'<tr id="{place}-row-{row}"><td><a href="[^"]+"><bdi>{name}</bdi>', text)


def test_the_evidence_is_listed_with_counts_and_a_long_list_is_folded():
    corpus = tables()
    one = corpus.quotes.iloc[:1]
    many = pd.concat([corpus.quotes, *(one.assign(speaker=f"Voice {n}") for n in range(35))])
    listed = dict(evidence_pages(replace(corpus, quotes=many)))["index.html"]
    speakers = listed.partition("<h2>Speakers</h2>")[2].partition("</section>")[0]
    assert re.search(r'<bdi>Ana Ruiz</bdi></a> <span class="quiet">2</span>', speakers)  # counted by hand
    assert "<summary>7 more speakers</summary>" in speakers  # of 37, thirty are shown at once


def test_every_file_name_is_plain(hostile):
    for path in hostile.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9._-]{1,120}", path.name)


def test_the_gallery_shows_caption_reading_limits_downloads_and_provenance(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    for shown in (
        "Who gets to speak?",
        "Reading of Ana",
        "Limits of Ana",
        "Two captures",
        "F1 0.80",
        "a" * 64,
    ):
        assert shown in text
    assert 'alt="Two bars: Ana Ruiz speaks most"' in text
    for ending in ("svg", "png", "csv"):
        assert f'href="04_quotes/share.{ending}"' in text
    assert 'srcset="04_quotes/share.dark.svg"' in text


def test_a_gallery_without_figures_says_so(tmp_path):
    assert "no figures yet" in gallery_page({}, tmp_path)


def test_a_figure_whose_files_are_gone_is_not_linked(tmp_path):
    record = {"notebooks": {"01": {"title": "One", "figures": {"gone": {"title": "T", "alt": "A"}}}}}
    text = gallery_page(record, tmp_path)
    assert "has not been drawn" in text and "gone.svg" not in text


def test_a_bar_leads_to_its_sentences_in_one_link(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    target = re.search(r'<a href="(evidence/speaker-ana-ruiz[^"#]+)#', text)[1]
    listed = (site / target).read_text(encoding="utf-8")
    assert "It is not safe," in listed and "We told them so." in listed
    assert "Nobody told me" not in listed


def test_a_sentence_leads_back_to_the_figures_it_counts_in(site):
    place = slug("04_quotes/share")
    back = f'<a href="../index.html#{place}"><bdi>Ana Ruiz speaks most</bdi></a>'
    assert f'{back} <span class="quiet">for Harbour Post, Ana Ruiz, Bo Lind</span>' in article(site)
    listed = next((site / "evidence").glob("speaker-ana-ruiz*")).read_text(encoding="utf-8")
    assert back in listed
    assert f'id="{place}"' in (site / "index.html").read_text(encoding="utf-8")


def test_the_article_shows_its_layers_numbers_and_left_out_lines(site):
    text = article(site)
    assert text.count('class="q s1"') >= 2 and 'class="q s2"' in text
    assert '<mark class="cue">safe</mark>' in text
    assert "hard 1" in text and '<b class="kw">harbour bridge</b>' in text
    assert "Home | News" in text and "menus" in text
    assert "2 March 2026, 14:30" in text
    assert "8 words, 73%" in text and "3 words, 27%" in text
    assert 'href="https://example.org/a" rel="noopener noreferrer nofollow"' in text


def test_a_cue_in_the_headline_is_marked_and_listed():
    corpus = tables()
    evidence = corpus.frame_evidence
    evidence.loc[1] = ["post/bridge-shut", "conflict", "shut", "headline", 7, 11, 0, 11, "Bridge shut"]
    made = dict(evidence_pages(corpus))
    page_of_article = made[evidence_link("post/bridge-shut")]
    assert 'Bridge <span id="h7"></span><mark class="cue">shut</mark>' in page_of_article
    listed = next(text for name, text in made.items() if name.startswith("frame-conflict"))
    assert f'href="{evidence_link("post/bridge-shut", 7, "headline")}"' in listed


def test_a_list_shows_the_words_that_are_meant_within_their_sentence(site):
    listed = next((site / "evidence").glob("speaker-bo-lind*")).read_text(encoding="utf-8")
    assert '“<mark class="cue">Nobody told me,</mark>” said Bo Lind.' in listed
    assert "3 words, named before the verb, confidence 90%" in listed
    listed = next((site / "evidence").glob("frame-human-interest*")).read_text(encoding="utf-8")
    assert '“It is not <mark class="cue">safe</mark>,” said Ana Ruiz, the engineer.' in listed


def test_two_cues_of_a_sentence_are_marked_in_one_passage():
    corpus = tables()
    evidence = corpus.frame_evidence
    evidence.loc[1] = {**evidence.loc[0], "cue": "not", "start": evidence.loc[0, "start"] - 4}
    evidence.loc[1, "end"] = evidence.loc[1, "start"] + 3
    listed = dict(evidence_pages(corpus))["frame-human-interest-" + slug("human_interest")[-10:] + ".html"]
    assert '<mark class="cue">not</mark> <mark class="cue">safe</mark>' in listed
    assert listed.count("<blockquote>") == 1


def test_a_cue_carries_the_sign_of_its_frame_and_the_sign_is_explained(site):
    text = article(site)
    assert '<span class="tag"><abbr title="human interest">HI</abbr></span>' in text
    assert "<b>HI</b> human interest" in text


def test_signs_of_frames_differ():
    frames = ["conflict", "consumption", "cost", "crime", "crisis", "a_b", "a_bee"]
    signs = frame_signs([{"frame": frame} for frame in frames])
    assert [signs[name] for name in ("conflict", "a_b")] == ["Co", "AB"]
    assert len(set(signs.values())) == len(frames)


def test_what_will_be_linked_is_known_before_the_pages_are_written(site):
    record = json.loads((site / "evidence" / "links.json").read_text(encoding="utf-8"))
    assert evidence_record(tables()) == record


def test_a_failed_capture_has_a_page_that_says_why(site):
    text = (site / "evidence" / evidence_link("post/second")).read_text(encoding="utf-8")
    assert "No article text was found" in text and "the file is empty" in text


def test_the_links_record_names_every_kind(site):
    record = json.loads((site / "evidence" / "links.json").read_text(encoding="utf-8"))
    assert set(record) == {"capture", "outlet", "speaker", "frame", "term", "part"}
    assert set(record["speaker"]) == {"Ana Ruiz", "Bo Lind"}
    assert set(record["term"]) == {"harbour bridge"}
    assert record["capture"]["Bridge shut"] == record["capture"]["post/bridge-shut"]


def test_the_report_is_one_file_with_methods_and_references(site):
    text = (site / "report.html").read_text(encoding="utf-8")
    assert [link for link in Structure(text).links if not link.startswith(("data:", "#"))] == []
    assert "2 captures (1 failed, 1 ok) of 1 outlets" in text
    assert "from 2026-03-02 to 2026-03-02 (1 with a date), 30 words in all" in text
    assert "Moe, C. (2020)" in text and text.count("F1 0.80") == 1


def test_the_report_has_a_head_one_table_of_results_and_says_what_is_not_shown_and_why(site):
    record = json.loads((site / "provenance.json").read_text(encoding="utf-8"))
    record["study"] = {"authors": ["Cy Moe", "Di Roe"], "question": "Who is asked?"}
    section = record["notebooks"]["04_quotes"]
    section |= {
        "parameters": {"compare": "outlet", "step": ""},
        "method": "Words are counted.",
        "nothing": {"when": "No dates."},
    }
    record["notebooks"]["05_keywords"] = {
        "title": "Topics",
        "figures": {},
        "nothing": {"topics": "Too few articles."},
    }
    report = report_of(record, site, title="Bridges", date="3 May 2026")
    text = report_page(report)
    assert (
        "<h1>Bridges</h1>" in text and "<p>Cy Moe, Di Roe, 3 May 2026</p>" in text and "Who is asked?" in text
    )
    assert re.search(r"<td>Figure 1</td><td>Who speaks[^<]*</td><td>Ana Ruiz speaks most</td>", text)
    assert "Not shown, when: No dates." in text and "Not shown, topics: Too few articles." in text
    assert "Words are counted. Settings: compare outlet.</p>" in text
    document = Document(BytesIO(report_document(report)))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for shown in (
        "Cy Moe, Di Roe, 3 May 2026",
        "Who is asked?",
        "Not shown, topics: Too few articles.",
        "F1 0.80",
    ):
        assert shown in told
    assert [cell.text for cell in document.tables[0].rows[1].cells][::2] == [
        "Figure 1",
        "Ana Ruiz speaks most",
    ]


def test_the_report_is_also_a_document_with_the_same_words(site):
    record = json.loads((site / "provenance.json").read_text(encoding="utf-8"))
    report = report_of(record, site, articles=tables().articles, references=["Moe\x00, C. (2020)."])
    stored = report_document(report)
    assert stored == report_document(report)
    document = Document(BytesIO(stored))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for shown in ("Figure 1. Ana Ruiz speaks most", "Reading. Reading of Ana", "30 words in all", "Moe, C."):
        assert shown in text
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Two bars: Ana Ruiz speaks most"


def test_two_builds_give_the_same_bytes(site, tmp_path):
    again = build_site(tmp_path / "again", tables()).parent
    for path in pages(site):
        assert path.read_bytes() == (again / path.relative_to(site)).read_bytes()


def test_marks_that_overlap_are_closed_in_their_place():
    view = reading_view(
        "ab cd ef\n\ngh",
        [(0, 8), (10, 12)],
        [
            Mark(0, 5, ITALIC, ITALIC_END, before=Markup("["), depth=1),
            Mark(3, 11, BOLD, BOLD_END, after=Markup("]"), depth=2),
        ],
    )
    Structure(view)
    shown = re.sub(r'<span class="s" id="t\d+">|</span>|<span id="t\d+">', "", view)
    assert shown == ('<p dir="auto">[<i>ab </i><i><b>cd</b></i><b> ef</b></p>\n<p dir="auto"><b>g</b>]h</p>')


def test_every_character_of_the_text_is_in_the_view():
    body = "a < b & c.\nSecond line.\n\nThird “one”."
    marks = [Mark(2, 30, ITALIC, ITALIC_END), Mark(-5, 99)]
    view = reading_view(body, [(0, 10), (11, 23), (25, 37)], marks)
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", view, re.S)
    read = [unescape(re.sub(r"<[^>]*>", "", text)) for text in paragraphs]
    assert "\n\n".join(read) == body


def test_places_can_be_linked_where_sentences_and_marks_begin():
    view = reading_view("One. Two.", [(0, 4), (5, 9)], [Mark(6, 8, ITALIC, ITALIC_END)])
    assert Structure(view).ids == ["t0", "t5", "t6"]
    assert evidence_link("x", 6).endswith("#t6")


def test_speakers_are_ordered_by_words_and_nobody_takes_no_colour():
    quotes = tables().quotes
    quotes.loc[len(quotes)] = quotes.iloc[0].to_dict() | {"speaker": "unattributed", "words": 90}
    voices = cast(records(quotes))
    assert [(name, voice.style, voice.words) for name, voice in voices.items()] == [
        ("unattributed", "s0", 90), ("Ana Ruiz", "s1", 8), ("Bo Lind", "s2", 3),
    ]  # fmt: skip


def test_text_is_escaped_and_control_marks_are_dropped():
    assert escape("<a href='x'>\x00\u202e&") == "&lt;a href=&#39;x&#39;&gt;&amp;"
    assert escape(None) == "" and escape(float("nan")) == ""


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc", "https://", "http://["],
)
def test_only_web_addresses_become_links(address):
    assert web_address(address) == ""


def test_a_web_address_is_a_link_that_gives_nothing_away():
    text = article_with_address("HTTPS://example.org/?a=1&b=2")
    link = '<a href="HTTPS://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">the page on the web</a>'
    assert link in text


def article_with_address(url):
    return dict(evidence_pages(tables(url=url)))[evidence_link("post/bridge-shut")]


def test_slugs_are_safe_short_and_differ_where_names_differ():
    names = [
        "a/b",
        "a-b",
        "A/B",
        "../../etc/passwd",
        "con",
        "",
        "é",
        "日本",
        "x" * 5000,
        "y" + "x" * 5000,
        "<script>",
    ]
    slugs = [slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{1,70}", made) for made in slugs)
    assert slug("a/b") == slug("a/b")


def test_local_links_never_leave_the_folder_by_a_scheme():
    assert local("javascript:alert(1)") == "javascript%3Aalert%281%29"
    assert local("/etc/passwd") == "./etc/passwd"
    assert local("a b.html", "t3") == "a%20b.html#t3"


def test_numbers_are_short_and_missing_ones_a_dash():
    assert [number(value) for value in (1234567, 0.34402, 61.234, 1234.5, 7.0, float("nan"), "text")] == [
        "1,234,567", "0.344", "61.2", "1,234", "7", "–", "text",
    ]  # fmt: skip


def test_a_row_links_by_its_column_and_goes_to_the_place_it_names():
    links = EvidenceLinks(
        {"capture": {"a": "article-a.html"}, "outlet": {"Post": "outlet-p.html"}}, "evidence/"
    )
    assert links.find("capture_id", "a", {"start": "12"}) == "evidence/article-a.html#t12"
    assert links.find("capture_id", "a", {}) == "evidence/article-a.html"
    assert links.find("group", "Post", {"group": "Post"}) == "evidence/outlet-p.html"
    assert links.find("capture_id", "a", {"start": 3, "field": "headline"}) == "evidence/article-a.html#h3"
    assert links.find("words", "a", {}) == "" and links.find("capture_id", "gone", {}) == ""


def test_a_speaker_leads_to_the_part_of_an_outlet_only_where_there_is_one():
    part = f"speaker-s.html#{slug('Post')}"
    links = EvidenceLinks({"speaker": {"Ana": "speaker-s.html"}, "part": {part: "Post"}})
    assert links.find("speaker", "Ana", {"group": "Post"}) == part
    assert links.find("speaker", "Ana", {"group": "Echo"}) == "speaker-s.html"


def test_a_page_names_its_language_and_has_a_way_past_the_header():
    text = render("page.html", title="<T>", language="fr")
    assert '<html lang="fr">' in text and "<title>&lt;T&gt;</title>" in text
    assert 'href="#main"' in text


def test_whatever_a_template_is_given_is_escaped_unless_it_is_markup():
    assert render("cell.html", cell="<b>\u202e") == "&lt;b&gt;"
    assert render("cell.html", cell=html("<b>{}</b>", "<i>")) == "<b>&lt;i&gt;</b>"


def test_the_index_for_a_code_host_names_pictures_and_data_and_holds_no_markup_of_a_capture(hostile):
    record = json.loads((hostile / "provenance.json").read_text(encoding="utf-8"))
    text = figures_index(record, hostile)
    assert re.findall(r"\]\(([^)]*)\)", text) == ["04_quotes/share.png", "04_quotes/share.csv"]
    assert not re.search(r"(?<!\\)<", text)
