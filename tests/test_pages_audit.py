"""The audit page: every line of the capture is on it, inert, with its role and reason."""

import re
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest

from clipbook.corpus.metadata import read_metadata
from clipbook.corpus.own_tables import HEADINGS
from clipbook.pages import EvidenceTables, evidence_pages
from clipbook.pages.article import audit_page
from clipbook.pages.render import audit_file
from clipbook.schema import TableError

ARTICLE = {"capture_id": "courier/bridge", "source_file": "courier/bridge.txt", "format": "text",
           "status": "ok", "outlet": "Lindmouth Courier", "headline": "Bridge shut", "published": pd.NaT,
           "url": "https://courier.example/b", "notes": "", "duplicate_of": ""}  # fmt: skip
COLUMNS = ["line", "role", "kept", "reason", "text"]
LINES = [
    dict(zip(COLUMNS, row, strict=True))
    for row in [
        (1, "navigation", False, "a menu", "Home News Sport"),
        (2, "blank", False, "no word in it", ""),
        (3, "body", True, "reads like the story", "The bridge was shut on Monday."),
        (4, "subhead", True, "a heading inside the story", "Ferries"),
    ]
]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.paragraphs, self.links, self.inside = [], [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        names = dict(attrs)
        assert not any(name.startswith("on") or name == "style" for name in names)
        if tag == "p" and "id" in names:
            self.paragraphs.append([names["id"], names.get("class"), ""])
            self.inside = True
        if tag == "a":
            self.links.append(names.get("href"))

    def handle_endtag(self, tag):
        self.inside &= tag != "p"

    def handle_data(self, data):
        if self.inside:
            self.paragraphs[-1][2] += data


def read(html):
    reader = Reader()
    reader.feed(html.split("<aside>")[0])
    return reader


def test_kept_lines_are_plain_and_the_others_grey_with_role_and_reason():
    lines = read(audit_page(ARTICLE, LINES)).paragraphs
    assert [(name, style) for name, style, _ in lines] == [
        ("line-1", "quiet"),
        ("line-3", None),
        ("line-4", None),
    ]
    assert lines[0][2].split() == ["menus", "Home", "News", "Sport", "a", "menu"]
    assert lines[1][2].strip() == "The bridge was shut on Monday."


def test_the_row_that_corrects_a_line_or_a_field_stands_on_the_page():
    page = audit_page(ARTICLE, LINES)
    assert '<code class="row">courier/bridge,3,The bridge was shut on Monday.,no</code>' in page
    assert '<code class="row">courier/bridge,1,Home News Sport,yes</code>' in page
    assert '<code class="row">courier/bridge.txt,Lindmouth Courier,,,,</code>' in page


def test_words_kept_are_counted():
    assert "7 of 10 words kept (70%)" in audit_page(ARTICLE, LINES)


def test_whatever_a_capture_holds_stays_text():
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    article = ARTICLE | dict.fromkeys(("capture_id", "headline", "outlet", "notes", "source_file"), attack)
    lines = [line | dict.fromkeys(("text", "role", "reason"), attack) for line in LINES]
    html = audit_page(article | {"url": "javascript:alert(1)"}, lines)
    reader = Reader()
    reader.feed(html)
    assert not {"script", "img"} & set(reader.tags)
    assert "<script" not in html
    assert "<img" not in html
    assert all(link.startswith(("#", "index", "../index")) for link in reader.links)
    assert "Content-Security-Policy" in html


def test_a_capture_without_lines_says_so():
    assert "No line of this capture could be read" in audit_page(ARTICLE | {"status": "failed"}, [])


def test_a_table_without_reasons_is_refused():
    with pytest.raises(TableError, match="reason"):
        list(
            evidence_pages(
                EvidenceTables(
                    pd.DataFrame([ARTICLE | {"body": ""}]), pd.DataFrame(LINES).drop(columns="reason")
                )
            )
        )


def test_file_names_stay_in_their_folder():
    assert "/" not in audit_file("../../etc/passwd")
    assert audit_file("a") != audit_file("A")


def rows_to_copy(page):
    """The rows of ``captures.csv`` on a page, by field, with its headings first."""
    section = page.split("To correct it" if "To correct it" in page else "are wrong</summary>")[1].split(
        "</dl>"
    )[0]
    rows = re.findall(r'<dt>(\w+)</dt><dd><code class="row">(.*?)</code></dd>', section)
    return {field: unescape(row) for field, row in rows}


@pytest.mark.parametrize(
    ("field", "column", "read"),
    [("Outlet", "outlet", "Lindmouth Courier"), ("Date", "published", ""), ("Headline", "headline", 'Bridge "shut", again'),
     ("Authors", "authors", "=Ana Ruiz; Bo Lind")],
)  # fmt: skip
def test_the_row_to_copy_of_a_field_states_that_field_and_no_other(tmp_path, field, column, read):
    article = ARTICLE | {"headline": 'Bridge "shut", again', "authors": "=Ana Ruiz; Bo Lind"}
    row = rows_to_copy(audit_page(article, LINES))[field]
    path = tmp_path / "captures.csv"
    path.write_text(f"{HEADINGS['captures.csv']}\n{row}\n", encoding="utf-8")
    (known,) = read_metadata(path)
    assert known.source_file == "courier/bridge.txt"
    assert {name: value for name, value in known.values.items() if not name.endswith("_from")} == (
        {column: read} if read else {}
    )


def test_rows_of_one_file_that_fill_different_cells_are_one_and_a_capture_among_several_is_named_alone(
    tmp_path,
):
    path = tmp_path / "captures.csv"
    rows = rows_to_copy(audit_page(ARTICLE | {"capture_id": "set#2", "source_file": "set.jsonl"}, LINES))
    assert rows["Headline"].startswith("set#2,")
    path.write_text("\n".join([HEADINGS["captures.csv"], rows["Outlet"], rows["Headline"]]), encoding="utf-8")
    assert [known.row for known in read_metadata(path)] == [2, 3]
